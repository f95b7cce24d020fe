import type { Database } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLoginFailures, type LoginFailures } from "../../src/store/login-failures.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, ten } from "../support/auth-database.ts";

let database: Database<AuthTables>;
let failures: LoginFailures;
beforeAll(async () => {
  database = await authDatabase();
  failures = createLoginFailures(database);
});
afterAll(() => database.close());

const minute = 60_000;

describe("P6: Repeated Wrong Passwords", () => {
  test("the 10th wrong password locks the email for 15 minutes, from every address", async () => {
    const origin = { email: "ada@example.com", address: "192.0.2.1" };
    for (let count = 1; count <= 10; count += 1) {
      expect(await failures.lockOf(origin, ten())).toBeUndefined();
      expect(await failures.settle(origin, false, ten())).toBeUndefined();
    }

    const elsewhere = { ...origin, address: "198.51.100.7" };
    expect(await failures.lockOf(elsewhere, ten(minute))).toEqual(ten(15 * minute));
    expect(await failures.settle(elsewhere, true, ten(minute))).toEqual(ten(15 * minute));
    expect(await failures.lockOf({ ...origin, email: "grace@example.com" }, ten(minute))).toBeUndefined();
    expect(await failures.lockOf(origin, ten(15 * minute))).toBeUndefined();
  });

  test("two hundred guesses at the same moment are told ten outcomes", async () => {
    const settled = await Promise.all(
      Array.from({ length: 200 }, (_, guess) =>
        failures.settle({ email: "alan@example.com", address: `10.0.0.${guess}` }, false, ten()),
      ),
    );
    expect(settled.filter((locked) => locked === undefined)).toHaveLength(10);
  });

  test("the right password is no failure, however many log in at the same moment", async () => {
    const origin = { email: "mary@example.com", address: "192.0.2.2" };
    const settled = await Promise.all(Array.from({ length: 30 }, () => failures.settle(origin, true, ten())));
    expect(settled.every((locked) => locked === undefined)).toBe(true);
  });

  test("300 wrong passwords from one address lock it for every email", async () => {
    const address = "192.0.2.3";
    await Promise.all(
      Array.from({ length: 300 }, (_, guess) =>
        failures.settle({ email: `customer-${guess}@example.com`, address }, false, ten()),
      ),
    );
    expect(await failures.lockOf({ email: "linus@example.com", address }, ten())).toEqual(ten(15 * minute));
    expect(
      await failures.lockOf({ email: "linus@example.com", address: "192.0.2.4" }, ten()),
    ).toBeUndefined();
  });
});
