import type { Kysely, Selectable, Transaction } from "kysely";
import { type DeletedProfile, type Found, isProfile, type Profile } from "../domain/profile.ts";
import type { AvatarDetails } from "./avatars.ts";
import type { UserTables } from "./migrations.ts";

type Row = Selectable<UserTables["profiles"]>;

/** A profile with what is known about its avatar. */
export interface ShownProfile extends Profile {
  readonly avatar: AvatarDetails | null;
}

export async function findProfile(db: Kysely<UserTables>, userId: string): Promise<ShownProfile | undefined> {
  const row = await db
    .selectFrom("profiles")
    .leftJoin("avatars", "avatars.user_id", "profiles.user_id")
    .selectAll("profiles")
    .select(["image_format", "size_bytes", "avatars.updated_at as avatar_updated_at"])
    .where("profiles.user_id", "=", userId)
    .executeTakeFirst();
  const profile = row && profileOf(row);
  if (!row || !isProfile(profile)) return undefined;
  const { image_format: imageFormat, size_bytes: sizeBytes, avatar_updated_at: updatedAt } = row;
  const avatar = imageFormat && sizeBytes && updatedAt ? { imageFormat, sizeBytes, updatedAt } : null;
  return { ...profile, avatar };
}

/** What there is for a user, which nobody else changes until the transaction ends. */
export async function lockProfile(trx: Transaction<UserTables>, userId: string): Promise<Found> {
  const row = await trx
    .selectFrom("profiles")
    .selectAll()
    .where("user_id", "=", userId)
    .forUpdate()
    .executeTakeFirst();
  return row && profileOf(row);
}

/**
 * Stores a profile, or what stays of it, in the place of its version before. False when there is another version: then somebody else was
 * first, which can only be where there was none to lock.
 */
export async function saveProfile(
  trx: Transaction<UserTables>,
  profile: Profile | DeletedProfile,
): Promise<boolean> {
  const { user_id, ...columns } = rowOf(profile);
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("profiles")
    .values({ user_id, ...columns })
    .onConflict((conflict) =>
      conflict
        .column("user_id")
        .doUpdateSet(columns)
        .where("profiles.profile_version", "=", profile.profileVersion - 1),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

function profileOf(row: Row): Profile | DeletedProfile {
  const { user_id: userId, profile_version: profileVersion, deleted_at: deletedAt } = row;
  if (deletedAt) return { userId, profileVersion, deletedAt };
  // A check of the table: nothing of these is null unless the profile is deleted.
  const { first_name, last_name, email, created_at, updated_at } = row as {
    [Column in keyof Row]: NonNullable<Row[Column]>;
  };
  return {
    userId,
    firstName: first_name,
    lastName: last_name,
    email,
    profileVersion,
    createdAt: created_at,
    updatedAt: updated_at,
  };
}

function rowOf(profile: Profile | DeletedProfile): Row {
  const kept = { user_id: profile.userId, profile_version: profile.profileVersion };
  return isProfile(profile)
    ? {
        ...kept,
        first_name: profile.firstName,
        last_name: profile.lastName,
        email: profile.email,
        created_at: profile.createdAt,
        updated_at: profile.updatedAt,
        deleted_at: null,
      }
    : {
        ...kept,
        first_name: null,
        last_name: null,
        email: null,
        created_at: null,
        updated_at: null,
        deleted_at: profile.deletedAt,
      };
}
