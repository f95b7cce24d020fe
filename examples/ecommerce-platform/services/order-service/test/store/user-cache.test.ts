import type { Database } from "@speckit/service-kit";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OrderTables } from "../../src/store/migrations.ts";
import { type ProfileNews, rememberUser } from "../../src/store/user-cache.ts";
import { ada, openShop } from "../support/shop.ts";

let database: Database<OrderTables>;

beforeAll(async () => {
  ({ database } = await openShop());
});
beforeEach(() => database.pool.query("TRUNCATE user_cache"));
afterAll(() => database.close());

const { userId } = ada;
const made: ProfileNews = { userId, firstName: "Ada", lastName: "Byron", profileVersion: 1 };
const married: ProfileNews = { userId, firstName: "Ada", lastName: "Lovelace", profileVersion: 2 };
const deleted: ProfileNews = { userId, firstName: null, lastName: null, profileVersion: 3 };

test.each([
  { given: "news in order", news: [made, married], firstName: "Ada", lastName: "Lovelace" },
  { given: "older news after newer", news: [married, made], firstName: "Ada", lastName: "Lovelace" },
  { given: "a deletion", news: [made, married, deleted], firstName: null, lastName: null },
  { given: "older news after a deletion", news: [deleted, married], firstName: null, lastName: null },
  {
    given: "two stories of one version",
    news: [made, { ...made, lastName: "King" }],
    firstName: "Ada",
    lastName: "Byron",
  },
])("P6: Order Reading: after $given the newest version is known", async ({ news, firstName, lastName }) => {
  for (const one of news) await rememberUser(database.db, one);

  expect(await database.db.selectFrom("user_cache").select(["first_name", "last_name"]).execute()).toEqual([
    { first_name: firstName, last_name: lastName },
  ]);
});

test("news of a user in any order and number, all at once, leave the newest version", async () => {
  const anyNews = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(anyNews, async (versions) => {
      await database.pool.query("TRUNCATE user_cache");
      await Promise.all(
        versions.map((profileVersion) =>
          rememberUser(database.db, {
            userId,
            firstName: "Ada",
            lastName: `the ${profileVersion}th`,
            profileVersion,
          }),
        ),
      );
      const newest = Math.max(...versions);
      expect(await database.db.selectFrom("user_cache").selectAll().execute()).toEqual([
        { user_id: userId, first_name: "Ada", last_name: `the ${newest}th`, profile_version: newest },
      ]);
    }),
    { numRuns: 25 },
  );
});
