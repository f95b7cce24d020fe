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

test("P6: Order Reading: a new profile gives its user a name", async () => {
  await shop.deliver(event("user.profile.created"));

  expect(await known()).toEqual([{ first_name: "Ada", last_name: "Byron", profile_version: 1 }]);
});

test("Idempotency: user.profile.created: a second delivery adds nothing", async () => {
  const created = event("user.profile.created");
  await Promise.all([shop.deliver(created), shop.deliver(created)]);
  await shop.deliver(event("user.profile.created"));

  expect(await known()).toHaveLength(1);
});

test("Idempotency: user.profile.created: a higher profileVersion in the cache stays", async () => {
  await shop.deliver(event("user.profile.updated"));
  await shop.deliver(event("user.profile.created"));

  expect(await known()).toEqual([{ first_name: "Ada", last_name: "Lovelace", profile_version: 2 }]);
});
