import { randomUUID } from "node:crypto";
import type { Database } from "@speckit/service-kit";
import { type Severable, severable, silentLog } from "@speckit/service-kit/testing";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "../../src/store/accounts.ts";
import { openRevocationCopy, type RevocationCopy } from "../../src/store/revocation-copy.ts";
import { createRevocations, revokedSince } from "../../src/store/revocations.ts";
import { createSessionStore, type HeldSession } from "../../src/store/sessions.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, register } from "../support/auth-database.ts";

const redisUrl = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const answers = await redisAnswers();

async function redisAnswers(): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => {});
  const isThere = await redis.connect().then(
    () => true,
    () => false,
  );
  redis.disconnect();
  return isThere;
}

const clock = () => new Date();
const soon = { timeout: 30_000 };
let database: Database<AuthTables>;
let ada: Account;
beforeAll(async () => {
  database = await authDatabase();
  ada = await register(database, "ada@example.com");
});
afterAll(() => database.close());

function sessionsWith(copies: readonly RevocationCopy[]) {
  const onEnd = async (ids: readonly string[]) => {
    for (const copy of copies) await copy.add(ids);
  };
  return createSessionStore({ database, successorOf: String, onEnd });
}

async function logIn(): Promise<HeldSession> {
  const session = await sessionsWith([]).start(ada, clock());
  if (!session) throw new Error("The password has changed.");
  return session;
}

function logOut(session: HeldSession, ...copies: RevocationCopy[]) {
  return sessionsWith(copies).end({ ...ada, ...session }, session.refreshToken, clock());
}

const claimsOf = ({ sessionId }: HeldSession) => ({ sid: sessionId, sub: ada.userId, roles: ada.roles });

describe("P5: User Logout, without Redis", () => {
  test("the row says what holds, however many ask at the same moment", async () => {
    const revocations = createRevocations(database);
    const [open, closed] = [await logIn(), await logIn()];
    await logOut(closed);
    const asked = Array.from({ length: 50 }, (_, index) =>
      revocations.rolesNow(claimsOf(index % 2 ? open : closed)),
    );
    const roles = await Promise.all(asked);
    expect(roles).toEqual(Array.from({ length: 50 }, (_, index) => (index % 2 ? ["customer"] : undefined)));
  });

  test("a session of another account is none", async () => {
    const claims = { ...claimsOf(await logIn()), sub: randomUUID() };
    expect(await createRevocations(database).rolesNow(claims)).toBeUndefined();
  });

  test("an unknown session is none", async () => {
    const claims = { ...claimsOf(await logIn()), sid: randomUUID() };
    expect(await createRevocations(database).rolesNow(claims)).toBeUndefined();
  });
});

describe.skipIf(!answers)("P5: User Logout, with Redis (skipped where none answers)", () => {
  let way: Severable;
  let copy: RevocationCopy;
  let redis: Redis;
  let keyPrefix: string;

  const openCopy = (readRevoked = (since: Date) => revokedSince(database, since)) =>
    openRevocationCopy({ url: way.url, keyPrefix, clock, log: silentLog(), revokedSince: readRevoked });

  beforeEach(async () => {
    keyPrefix = `test:${randomUUID()}:`;
    redis = new Redis(redisUrl);
    way = await severable(redisUrl);
    copy = openCopy();
    await copy.renew();
  });
  afterEach(async () => {
    await copy.close();
    await way.close();
    await empty();
    redis.disconnect();
  });

  async function empty() {
    const keys = await redis.keys(`${keyPrefix}*`);
    if (keys.length > 0) await redis.del(keys);
  }

  const rolesOf = (session: HeldSession) => createRevocations(database, copy).rolesNow(claimsOf(session));

  test("a complete copy is asked, and knows a logout at once", async () => {
    const session = await logIn();
    expect(await copy.isRevoked(session.sessionId)).toBe(false);
    expect(await rolesOf(session)).toEqual(["customer"]);
    await logOut(session, copy);
    expect(await copy.isRevoked(session.sessionId)).toBe(true);
    expect(await rolesOf(session)).toBeUndefined();
  });

  test("Failure mode: Revocation list down: the database is asked, and a logout holds at once", async () => {
    const session = await logIn();
    await way.cut();
    expect(await rolesOf(session)).toEqual(["customer"]);
    expect(await copy.isRevoked(session.sessionId)).toBeUndefined();
    await logOut(session, copy);
    expect(await rolesOf(session)).toBeUndefined();
    await expect(copy.check()).rejects.toThrow();
  });

  test("Failure mode: Revocation list down: one that hangs costs a moment once, then the database is asked", async () => {
    const session = await logIn();
    way.hang();
    expect(await rolesOf(session)).toEqual(["customer"]);
    await logOut(session, copy);
    expect(await rolesOf(session)).toBeUndefined();
  });

  test("after it was down the copy is asked once it has what it missed", async () => {
    const session = await logIn();
    await way.cut();
    await logOut(session, copy);
    await way.mend();
    expect(await copy.isRevoked(session.sessionId)).toBeUndefined();
    await expect.poll(() => renewed(session.sessionId), soon).toBe(true);
  });

  test("a copy that could not be reached at the start is asked once it can", async () => {
    const session = await logIn();
    await way.cut();
    const late = openCopy();
    await late.renew();
    expect(await late.isRevoked(session.sessionId)).toBeUndefined();
    await way.mend();
    await expect.poll(() => renewed(session.sessionId, late), soon).toBe(false);
    await late.close();
  });

  const renewed = async (sessionId: string, renewable = copy) => {
    await renewable.renew();
    return renewable.isRevoked(sessionId);
  };

  test("Failure mode: Revocation list emptied: it is not asked until it has been filled again", async () => {
    const session = await logIn();
    await logOut(session, copy);
    await empty();
    expect(await copy.isRevoked(session.sessionId)).toBeUndefined();
    expect(await rolesOf(session)).toBeUndefined();
    await copy.renew();
    expect(await copy.isRevoked(session.sessionId)).toBe(true);
  });

  test("Failure mode: Revocation list emptied: a filling during which it is emptied again does not count", async () => {
    const session = await logIn();
    const filled = openCopy(async (since) => {
      const ids = await revokedSince(database, since);
      await logOut(session, copy);
      await empty();
      return ids;
    });
    await empty();
    await filled.renew();
    expect(await filled.isRevoked(session.sessionId)).toBeUndefined();
    await filled.close();
  });

  test("Failure mode: Revocation list reached by one instance only: what the other could not copy is copied with the next renewal", async () => {
    const session = await logIn();
    await logOut(session);
    await copy.renew();
    expect(await copy.isRevoked(session.sessionId)).toBe(true);
  });

  test("a server that was restarted with its mark but without an entry is filled before it is asked", async () => {
    const session = await logIn();
    await logOut(session, copy);
    await way.cut();
    await redis.del(`${keyPrefix}revoked:${session.sessionId}`);
    await redis.persist(`${keyPrefix}complete`);
    await way.mend();
    await expect.poll(() => copy.check(), soon).toBeUndefined();
    expect(await redis.exists(`${keyPrefix}complete`)).toBe(1);
    expect(await copy.isRevoked(session.sessionId)).toBeUndefined();
    await copy.renew();
    expect(await copy.isRevoked(session.sessionId)).toBe(true);
  });

  test("the mark of a copy that nobody can renew goes after five seconds, and then it is not asked", async () => {
    const session = await logIn();
    const leftMs = await redis.pttl(`${keyPrefix}complete`);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(5_000);
    await redis.del(`${keyPrefix}complete`);
    expect(await copy.isRevoked(session.sessionId)).toBeUndefined();
  });

  test("Failure mode: Database down: the copy is not asked either", async () => {
    const session = await logIn();
    const blind = openCopy(() => Promise.reject(new Error("connection refused")));
    await blind.renew();
    expect(await blind.isRevoked(session.sessionId)).toBeUndefined();
    await blind.close();
  });

  test("many look-ups of one moment are one question", async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, logIn));
    const before = way.questions();
    await Promise.all(sessions.map(({ sessionId }) => copy.isRevoked(sessionId)));
    expect(way.questions() - before).toBe(1);
  });
});
