import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { event, openConsumers } from "../support/events.ts";

let shop: Awaited<ReturnType<typeof openConsumers>>;

beforeAll(async () => {
  shop = await openConsumers();
});
beforeEach(() => shop.database.pool.query("TRUNCATE user_cache"));
afterAll(() => shop.close());

const known = () =>
  shop.database.db.selectFrom("user_cache").select(["first_name", "last_name", "profile_version"]).execute();

const deleted = { status: "deleted", email: null, firstName: null, lastName: null, profileVersion: 3 };

test("P6: Order Reading: a changed profile replaces the names", async () => {
  await shop.deliver(event("user.profile.created"));
  await shop.deliver(event("user.profile.updated"));

  expect(await known()).toEqual([{ first_name: "Ada", last_name: "Lovelace", profile_version: 2 }]);
});

test("P6: Order Reading: a deleted profile leaves no name, whatever the event still says", async () => {
  await shop.deliver(event("user.profile.created"));
  await shop.deliver(event("user.profile.updated", { ...deleted, firstName: "Ada", lastName: "Lovelace" }));

  expect(await known()).toEqual([{ first_name: null, last_name: null, profile_version: 3 }]);
});

test("Idempotency: user.profile.updated: the same or a higher profileVersion in the cache stays", async () => {
  await shop.deliver(event("user.profile.updated", deleted));
  await shop.deliver(event("user.profile.updated", { profileVersion: 3 }));
  await shop.deliver(event("user.profile.updated", { profileVersion: 2 }));

  expect(await known()).toEqual([{ first_name: null, last_name: null, profile_version: 3 }]);
});
