/** What people say about themselves. */
export interface Names {
  readonly firstName: string;
  readonly lastName: string;
  /** The contact address; mails go to the address of the account. */
  readonly email: string;
}

export interface Profile extends Names {
  readonly userId: string;
  /** Grows by one with each event of the profile, also across deletion and new creation. */
  readonly profileVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What stays of a profile that was deleted. */
export interface DeletedProfile {
  readonly userId: string;
  readonly profileVersion: number;
  readonly deletedAt: Date;
}

/** What there is for a user; undefined when there never was a profile. */
export type Found = Profile | DeletedProfile | undefined;

export function isProfile(found: Found): found is Profile {
  return found !== undefined && "firstName" in found;
}

interface Account {
  readonly userId: string;
  /** The address of the account. */
  readonly email: string;
}

/** A new profile, and `user.profile.created`. `before` is what a deletion left. */
export function createProfile(before: DeletedProfile | undefined, account: Account, names: Names, now: Date) {
  const { firstName, lastName, email } = names;
  const { userId } = account;
  const profileVersion = (before?.profileVersion ?? 0) + 1;
  const profile: Profile = {
    userId,
    firstName,
    lastName,
    email,
    profileVersion,
    createdAt: now,
    updatedAt: now,
  };
  const data = { userId, firstName, lastName, email, accountEmail: account.email, profileVersion };
  return { profile, event: { type: "user.profile.created", data } };
}

/** The profile with other names and address, and `user.profile.updated`. */
export function replaceProfile(profile: Profile, { firstName, lastName, email }: Names, now: Date) {
  const { userId } = profile;
  const profileVersion = profile.profileVersion + 1;
  const replaced: Profile = { ...profile, firstName, lastName, email, profileVersion, updatedAt: now };
  const data = { userId, firstName, lastName, email, status: "active", profileVersion };
  return { profile: replaced, event: { type: "user.profile.updated", data } };
}

/** What stays of the profile, and `user.profile.updated`, which tells others to remove their copies. */
export function deleteProfile({ userId, profileVersion: before }: Profile, now: Date) {
  const profileVersion = before + 1;
  const deleted: DeletedProfile = { userId, profileVersion, deletedAt: now };
  const data = { userId, firstName: null, lastName: null, email: null, status: "deleted", profileVersion };
  return { profile: deleted, event: { type: "user.profile.updated", data } };
}
