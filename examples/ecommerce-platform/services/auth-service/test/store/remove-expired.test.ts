import type { Database } from "@speckit/service-kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLoginFailures } from "../../src/store/login-failures.ts";
import { createPasswordResets } from "../../src/store/password-resets.ts";
import { removeExpired } from "../../src/store/remove-expired.ts";
import { createSessionStore } from "../../src/store/sessions.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, authOutbox, register, ten } from "../support/auth-database.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
let database: Database<AuthTables>;
beforeAll(async () => {
  database = await authDatabase();
  const ada = await register(database, "ada@example.com");
  const onEnd = async () => {};
  const sessions = createSessionStore({ database, successorOf: (token) => `${token}+`, onEnd });
  const session = await sessions.start(ada, ten());
  await sessions.refresh(session?.refreshToken ?? "", ten(day));
  await createLoginFailures(database).settle({ email: ada.email, address: "192.0.2.1" }, false, ten());
  await createPasswordResets({ database, outbox: authOutbox(), onEnd }).request(ada.email, ten());
});
afterAll(() => database.close());

const tables = ["sessions", "refresh_tokens", "login_failures", "password_resets", "accounts"] as const;

async function rowsAt(now: Date) {
  await removeExpired(database, now);
  const counts = tables.map(
    async (table) => (await database.db.selectFrom(table).selectAll().execute()).length,
  );
  return Object.fromEntries((await Promise.all(counts)).map((count, index) => [tables[index], count]));
}

const all = { sessions: 1, refresh_tokens: 2, login_failures: 2, password_resets: 1, accounts: 1 };

// In this order: each moment finds what the one before left.
test.each([
  { when: "at once", now: ten(), left: all },
  { when: "after half an hour", now: ten(30 * minute + 1), left: { ...all, login_failures: 0 } },
  {
    when: "after an hour",
    now: ten(60 * minute + 1),
    left: { ...all, login_failures: 0, password_resets: 0 },
  },
  {
    when: "when the used refresh token would have expired",
    now: ten(7 * day + 1),
    left: { ...all, refresh_tokens: 1, login_failures: 0, password_resets: 0 },
  },
  {
    when: "when its successor has",
    now: ten(8 * day + 1),
    left: { sessions: 0, refresh_tokens: 0, login_failures: 0, password_resets: 0, accounts: 1 },
  },
])("$when only what nobody asks for is removed", async ({ now, left }) => {
  expect(await rowsAt(now)).toEqual(left);
});
