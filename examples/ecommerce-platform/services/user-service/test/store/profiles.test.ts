import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createProfile, deleteProfile, type Profile, replaceProfile } from "../../src/domain/profile.ts";
import { findProfile, lockProfile, saveProfile } from "../../src/store/profiles.ts";
import { ada, adasNames, grace, openUsers, otherNames, type Users } from "../support/users.ts";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());
beforeEach(() => users.empty());

const save = (profile: Parameters<typeof saveProfile>[1]) =>
  users.database.transaction((trx) => saveProfile(trx, profile));
const lock = (userId: string) => users.database.transaction((trx) => lockProfile(trx, userId));
const newProfile = () => createProfile(undefined, ada, adasNames, users.clock()).profile;

test("P1: Profile Creation: a profile is found by its user, without an avatar at first", async () => {
  expect(await lock(ada.userId)).toBeUndefined();
  expect(await save(newProfile())).toBe(true);
  expect(await findProfile(users.database.db, ada.userId)).toEqual({ ...newProfile(), avatar: null });
  expect(await findProfile(users.database.db, grace.userId)).toBeUndefined();
});

test("P3: Profile Update: a version takes the place of the one before, and of no other", async () => {
  const first = newProfile();
  const second = replaceProfile(first, otherNames, users.clock()).profile;
  await save(first);
  expect(await save({ ...second, profileVersion: 3 })).toBe(false);
  expect(await save(second)).toBe(true);
  expect(await save(second)).toBe(false);
  expect(await lock(ada.userId)).toEqual(second);
});

test("P4: Profile Deletion: of a deleted profile no name and no address is left", async () => {
  const profile = newProfile();
  await save(profile);
  const deleted = deleteProfile(profile, users.clock()).profile;
  expect(await save(deleted)).toBe(true);
  expect(await findProfile(users.database.db, ada.userId)).toBeUndefined();
  expect(await lock(ada.userId)).toEqual(deleted);
  expect(await users.everything()).not.toMatch(/Ada|Lovelace|example/);
});

test("Failure mode: Two creations at the same moment: of twenty one is stored", async () => {
  const stored = await Promise.all(
    Array.from({ length: 20 }, (_, index) => save({ ...newProfile(), firstName: `Ada ${index}` })),
  );
  expect(stored.filter(Boolean)).toHaveLength(1);
  expect((await findProfile(users.database.db, ada.userId))?.firstName).toBe(`Ada ${stored.indexOf(true)}`);
});

test("the database refuses a deleted profile that keeps a name, and a profile without one", async () => {
  await save(newProfile());
  const { pool } = users.database;
  await expect(pool.query("UPDATE profiles SET deleted_at = now()")).rejects.toThrow("profiles_check");
  await expect(pool.query("UPDATE profiles SET last_name = NULL")).rejects.toThrow("profiles_check");
});

test("changes at the same moment each get a version of their own", async () => {
  await save(newProfile());
  await Promise.all(
    Array.from({ length: 20 }, () =>
      users.database.transaction(async (trx) => {
        const before = (await lockProfile(trx, ada.userId)) as Profile;
        expect(await saveProfile(trx, replaceProfile(before, otherNames, users.clock()).profile)).toBe(true);
      }),
    ),
  );
  expect(await lock(ada.userId)).toMatchObject({ profileVersion: 21 });
});
