import type { Database } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountStore, createAccountStore } from "../../src/store/accounts.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, ten } from "../support/auth-database.ts";

let database: Database<AuthTables>;
let accounts: AccountStore;
beforeAll(async () => {
  database = await authDatabase();
  accounts = createAccountStore(database);
});
afterAll(() => database.close());

const ada = { email: "ada@example.com", passwordHash: "$argon2id$ada", roles: ["customer"] as const };

describe("P3: Account Registration", () => {
  test("an account is found by its address", async () => {
    const userId = await accounts.add(ada, ten());
    expect(await accounts.find("ada@example.com")).toEqual({ userId, ...ada });
    expect(await accounts.find("grace@example.com")).toBeUndefined();
  });

  test("of ten registrations with one address at the same moment one succeeds", async () => {
    const grace = { ...ada, email: "grace@example.com" };
    const ids = await Promise.all(Array.from({ length: 10 }, () => accounts.add(grace, ten())));
    expect(ids.filter((id) => id !== undefined)).toHaveLength(1);
  });
});
