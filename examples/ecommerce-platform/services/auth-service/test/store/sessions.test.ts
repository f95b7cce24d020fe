import type { Database } from "@speckit/service-kit";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deriveFrom } from "../../src/auth-secret.ts";
import type { Account } from "../../src/store/accounts.ts";
import { createPasswordResets } from "../../src/store/password-resets.ts";
import { createSessionStore, type HeldSession, type SessionStore } from "../../src/store/sessions.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, authOutbox, register, ten } from "../support/auth-database.ts";

let database: Database<AuthTables>;
let ada: Account;
let grace: Account;
let sessions: SessionStore;
let ended: string[] = [];

beforeAll(async () => {
  database = await authDatabase();
  [ada, grace] = [await register(database, "ada@example.com"), await register(database, "grace@example.com")];
  const { successorOf } = deriveFrom("a secret of at least thirty-two bytes");
  sessions = createSessionStore({
    database,
    successorOf,
    onEnd: async (sessionIds) => void ended.push(...sessionIds),
  });
});
beforeEach(() => {
  ended = [];
});
afterAll(() => database.close());

async function start(account: Account): Promise<HeldSession> {
  const session = await sessions.start(account, ten());
  if (!session) throw new Error("The password has changed.");
  return session;
}

async function isEnded({ sessionId }: HeldSession): Promise<boolean> {
  const row = await database.db
    .selectFrom("sessions")
    .select("revoked_at")
    .where("session_id", "=", sessionId)
    .executeTakeFirstOrThrow();
  return row.revoked_at !== null;
}

async function successorOf({ refreshToken }: HeldSession, now = ten()): Promise<string> {
  const refreshed = await sessions.refresh(refreshToken, now);
  if (refreshed.kind !== "refreshed") throw new Error(`The refresh was ${refreshed.kind}.`);
  return refreshed.session.refreshToken;
}

describe("P4: Token Refresh", () => {
  test("Failure mode: Two refreshes at the same moment: of twenty one uses the token up, and all get its successor", async () => {
    const session = await start(ada);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => successorOf(session)));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(session.refreshToken);
    expect(await isEnded(session)).toBe(false);
    expect((await sessions.refresh(tokens[0] ?? "", ten(60_000))).kind).toBe("refreshed");
  });

  test("a replaced token gets the same successor for 10 seconds, and then ends the session", async () => {
    const session = await start(ada);
    const successor = await successorOf(session);
    expect(await successorOf(session, ten(10_000))).toBe(successor);
    expect(await sessions.refresh(session.refreshToken, ten(10_001))).toEqual({
      kind: "stolen",
      sessionId: session.sessionId,
    });
    expect(await isEnded(session)).toBe(true);
    expect(ended).toEqual([session.sessionId]);
    expect(await sessions.refresh(successor, ten(10_002))).toEqual({ kind: "refused" });
  });

  test("a refresh says whose session it is", async () => {
    const refreshed = await sessions.refresh((await start(ada)).refreshToken, ten());
    expect(refreshed).toMatchObject({
      owner: { userId: ada.userId, email: "ada@example.com", roles: ["customer"] },
    });
  });

  test.each([
    { token: "an unknown token", refresh: () => sessions.refresh("rt_unknown", ten()) },
    {
      token: "a token after 7 days",
      refresh: async () => sessions.refresh((await start(ada)).refreshToken, ten(7 * 86_400_000)),
    },
  ])("$token is refused", async ({ refresh }) => {
    expect(await refresh()).toEqual({ kind: "refused" });
  });

  test("only hashes are stored", async () => {
    const session = await start(ada);
    const successor = await successorOf(session);
    const { rows } = await sql<{
      text: string;
    }>`SELECT refresh_tokens::text AS text FROM refresh_tokens`.execute(database.db);
    const stored = rows.map(({ text }) => text).join("\n");
    expect(rows.length).toBeGreaterThan(1);
    for (const token of [session.refreshToken, successor]) {
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(Buffer.from(token).toString("hex"));
    }
  });
});

describe("P5: User Logout", () => {
  test("ends the session of the caller", async () => {
    const session = await start(ada);
    await sessions.end({ ...ada, ...session }, session.refreshToken, ten());
    expect(ended).toEqual([session.sessionId]);
    expect(await sessions.refresh(session.refreshToken, ten())).toEqual({ kind: "refused" });
  });

  test("ends the session of the refresh token too, where it is the same account's", async () => {
    const [laptop, phone] = [await start(ada), await start(ada)];
    await sessions.end({ ...ada, ...laptop }, phone.refreshToken, ten());
    expect(ended.toSorted()).toEqual([laptop.sessionId, phone.sessionId].toSorted());
  });

  test("Failure mode: Foreign refresh token at logout: the caller's session ends, the foreign one stays", async () => {
    const [own, foreign] = [await start(ada), await start(grace)];
    await sessions.end({ ...ada, ...own }, foreign.refreshToken, ten());
    expect(ended).toEqual([own.sessionId]);
    expect(await isEnded(foreign)).toBe(false);
  });

  test("a replaced refresh token still names its session", async () => {
    const [caller, other] = [await start(ada), await start(ada)];
    await successorOf(other);
    await sessions.end({ ...ada, ...caller }, other.refreshToken, ten());
    expect(await isEnded(other)).toBe(true);
  });

  test("crossed logouts at the same moment both succeed", async () => {
    for (let round = 0; round < 20; round += 1) {
      const [one, other] = [await start(ada), await start(ada)];
      await Promise.all([
        sessions.end({ ...ada, ...one }, other.refreshToken, ten()),
        sessions.end({ ...ada, ...other }, one.refreshToken, ten()),
      ]);
      expect([await isEnded(one), await isEnded(other)]).toEqual([true, true]);
    }
  });
});

describe("P7: Password Reset", () => {
  test("a password that was changed meanwhile starts no session", async () => {
    expect(await sessions.start({ ...ada, passwordHash: "hash of before" }, ten())).toBeUndefined();
  });

  test("no session with the old password outlives a reset at the same moment", async () => {
    const resets = createPasswordResets({ database, outbox: authOutbox(), onEnd: async () => {} });
    for (let round = 0; round < 20; round += 1) {
      const account = await register(database, `round-${round}@example.com`);
      await resets.request(account.email, ten());
      const token = await mailedToken(database, account.userId);
      const [session] = await Promise.all([
        sessions.start(account, ten()),
        resets.confirm(token, "hash of the new password", ten()),
      ]);
      expect(session === undefined || (await isEnded(session))).toBe(true);
    }
  });
});

async function mailedToken({ pool }: Database<AuthTables>, userId: string): Promise<string> {
  const { rows } = await pool.query<{ body: string }>("SELECT body FROM outbox WHERE body LIKE $1", [
    `%${userId}%`,
  ]);
  return JSON.parse(rows[0]?.body ?? "").data.resetToken;
}

test("roles that an operator changes end the sessions of the account", async () => {
  const session = await start(grace);
  await sql`UPDATE accounts SET roles = '{customer,administrator}' WHERE user_id = ${grace.userId}`.execute(
    database.db,
  );
  expect(await isEnded(session)).toBe(true);
});
