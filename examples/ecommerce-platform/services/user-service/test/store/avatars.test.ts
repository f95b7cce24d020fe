import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createProfile, deleteProfile } from "../../src/domain/profile.ts";
import { deleteAvatar, findAvatar, saveAvatar } from "../../src/store/avatars.ts";
import { findProfile, saveProfile } from "../../src/store/profiles.ts";
import { jpeg, png } from "../support/images.ts";
import { ada, adasNames, grace, openUsers, type Users } from "../support/users.ts";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());
beforeEach(async () => {
  await users.empty();
  const { profile } = createProfile(undefined, ada, adasNames, users.clock());
  await users.database.transaction((trx) => saveProfile(trx, profile));
});

const save = (userId: string, image: Buffer, imageFormat: "png" | "jpeg") =>
  saveAvatar(users.database.db, userId, { image, imageFormat, updatedAt: users.clock() });

test("P5: Avatar Upload: an avatar is replaced as a whole, and shown with the profile", async () => {
  await save(ada.userId, png, "png");
  users.advance(1000);
  const details = { imageFormat: "jpeg", sizeBytes: jpeg.length, updatedAt: users.clock() };
  expect(await save(ada.userId, jpeg, "jpeg")).toEqual(details);
  expect(await findAvatar(users.database.db, ada.userId)).toEqual({ imageFormat: "jpeg", image: jpeg });
  expect((await findProfile(users.database.db, ada.userId))?.avatar).toEqual(details);
});

test("there is no avatar without a profile", async () => {
  expect(await save(grace.userId, png, "png")).toBeUndefined();
  expect(await findAvatar(users.database.db, grace.userId)).toBeUndefined();
});

test("P4: Profile Deletion: the avatar goes with the profile, also when it arrives at the same moment", async () => {
  const { profile } = createProfile(undefined, ada, adasNames, users.clock());
  const deletion = users.database.transaction(async (trx) => {
    await trx
      .selectFrom("profiles")
      .select("user_id")
      .where("user_id", "=", ada.userId)
      .forUpdate()
      .execute();
    await deleteAvatar(trx, ada.userId);
    await saveProfile(trx, deleteProfile(profile, users.clock()).profile);
  });
  await Promise.all([deletion, ...Array.from({ length: 5 }, () => save(ada.userId, png, "png"))]);
  expect(await findAvatar(users.database.db, ada.userId)).toBeUndefined();
});
