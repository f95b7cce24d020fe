import type { Database } from "@speckit/service-kit";
import { collectEvents } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createLoginFailures } from "../../src/store/login-failures.ts";
import { createPasswordResets, type PasswordResets } from "../../src/store/password-resets.ts";
import { createSessionStore } from "../../src/store/sessions.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, authOutbox, contracts, register, ten } from "../support/auth-database.ts";

interface Requested {
  readonly userId: string;
  readonly email: string;
  readonly resetToken: string;
  readonly expiresAt: string;
}

const minute = 60_000;
const email = "ada@example.com";
let database: Database<AuthTables>;
let resets: PasswordResets;
let ended: string[] = [];

beforeEach(async () => {
  await database?.close();
  database = await authDatabase();
  ended = [];
  const onEnd = async (sessionIds: readonly string[]) => void ended.push(...sessionIds);
  resets = createPasswordResets({ database, outbox: authOutbox(), onEnd });
});
afterAll(() => database.close());

const events = () => collectEvents<Requested>(database);
const lastToken = async () => (await events()).at(-1)?.data.resetToken ?? "";
const passwordHash = async () =>
  (
    await database.db
      .selectFrom("accounts")
      .select("password_hash")
      .where("email", "=", email)
      .executeTakeFirst()
  )?.password_hash;

describe("P7: Password Reset", () => {
  test("a request stores the reset with its event, which is as the contract says", async () => {
    const { userId } = await register(database, email);
    await resets.request(email, ten());
    const [event] = await events();
    expect(contracts.validate(event)).toEqual({ ok: true });
    expect(event).toMatchObject({
      eventType: "auth.password-reset.requested",
      data: { userId, email, expiresAt: ten(30 * minute).toISOString() },
    });
    expect(await resets.isUsable(event?.data.resetToken ?? "", ten())).toBe(true);
  });

  test("the event is stored with the reset or not at all", async () => {
    await register(database, email);
    await sql`DROP TABLE outbox`.execute(database.db);
    await expect(resets.request(email, ten())).rejects.toThrow("outbox");
    expect(await database.db.selectFrom("password_resets").selectAll().execute()).toEqual([]);
  });

  test("beside the event, which goes when it is published, only a hash of the token is stored", async () => {
    await register(database, email);
    await resets.request(email, ten());
    const token = await lastToken();
    const { rows } = await sql<{ text: string }>`
      SELECT password_resets::text AS text FROM password_resets`.execute(database.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).not.toContain(token);
    expect(rows[0]?.text).not.toContain(Buffer.from(token).toString("hex"));
  });

  test("an unknown email gets nothing", async () => {
    await resets.request("nobody@example.com", ten());
    expect(await events()).toEqual([]);
  });

  test("an account gets three mails within an hour, however many ask at the same moment", async () => {
    await register(database, email);
    await Promise.all(Array.from({ length: 10 }, () => resets.request(email, ten())));
    expect(await events()).toHaveLength(3);
    await resets.request(email, ten(59 * minute));
    expect(await events()).toHaveLength(3);
    await resets.request(email, ten(60 * minute));
    expect(await events()).toHaveLength(4);
  });

  test("a confirmation sets the password, ends all sessions, lifts the lock and voids the other tokens", async () => {
    const account = await register(database, email);
    const failures = createLoginFailures(database);
    const origin = { email, address: "192.0.2.1" };
    for (let count = 0; count < 10; count += 1) await failures.settle(origin, false, ten());
    const sessions = createSessionStore({ database, successorOf: String, onEnd: async () => {} });
    const held = [await sessions.start(account, ten()), await sessions.start(account, ten())];
    await resets.request(email, ten());
    const other = await lastToken();
    await resets.request(email, ten());

    expect(await resets.confirm(await lastToken(), "hash of the new password", ten(minute))).toBe(true);
    expect(await passwordHash()).toBe("hash of the new password");
    expect(ended.toSorted()).toEqual(held.map((session) => session?.sessionId).toSorted());
    expect(await failures.lockOf(origin, ten(minute))).toBeUndefined();
    expect(await resets.confirm(other, "hash of another", ten(minute))).toBe(false);
  });

  test.each([
    { token: "an unknown token", confirm: () => resets.confirm("pr_unknown", "hash of a thief", ten()) },
    {
      token: "a token after 30 minutes",
      confirm: async () => resets.confirm(await lastToken(), "hash of a thief", ten(30 * minute)),
    },
  ])("$token changes nothing", async ({ confirm }) => {
    await register(database, email);
    await resets.request(email, ten());
    expect(await confirm()).toBe(false);
    expect(await passwordHash()).toBe("hash of ada@example.com");
  });

  test("of five confirmations with one token at the same moment one succeeds", async () => {
    await register(database, email);
    await resets.request(email, ten());
    const token = await lastToken();
    const confirmed = await Promise.all(
      ["1", "2", "3", "4", "5"].map((hash) => resets.confirm(token, hash, ten())),
    );
    expect(confirmed.filter(Boolean)).toHaveLength(1);
    expect(await passwordHash()).toBe(String(confirmed.indexOf(true) + 1));
  });
});
