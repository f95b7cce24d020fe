import type { Database } from "@speckit/service-kit";
import { type Kysely, sql, type Transaction } from "kysely";
import { type FailureKind, failureLimits, lockedUntil } from "../domain/lock-out.ts";
import type { AuthTables } from "./tables.ts";

/** Where a login comes from and whom it names. */
export interface LoginOrigin {
  /** In lower case, with or without an account. */
  readonly email: string;
  /** The network address of the client. */
  readonly address: string;
}

export interface LoginFailures {
  /** Until when logins of this origin are locked; undefined while they are not. */
  lockOf(origin: LoginOrigin, now: Date): Promise<Date | undefined>;
  /**
   * Notes how a password turned out, unless a lock holds by now: then says until when, and the outcome must stay untold. Logins with one
   * email settle one after the other, so that a thousand guesses at the same moment are told no more than ten outcomes.
   */
  settle(origin: LoginOrigin, isRight: boolean, now: Date): Promise<Date | undefined>;
}

export function createLoginFailures(database: Database<AuthTables>): LoginFailures {
  return {
    lockOf: (origin, now) => lockOf(database.db, origin, now),

    settle: (origin, isRight, now) =>
      database.transaction(async (trx) => {
        await takeTurn(trx, "email", origin.email);
        // Always after the email's, so that no two logins wait for each other.
        if (!isRight) await takeTurn(trx, "address", origin.address);
        const locked = await lockOf(trx, origin, now);
        if (!locked && !isRight) await note(trx, origin, now);
        return locked;
      }),
  };
}

async function lockOf(db: Kysely<AuthTables>, { email, address }: LoginOrigin, now: Date) {
  const [ofEmail, ofAddress] = [
    await failuresOf(db, "email", email),
    await failuresOf(db, "address", address),
  ];
  const locks = [lockedUntil(ofEmail, now), lockedUntil(ofAddress, now)];
  return locks.filter((until) => until !== undefined).sort((one, other) => +other - +one)[0];
}

async function failuresOf(db: Kysely<AuthTables>, kind: FailureKind, value: string) {
  const ofThem = db
    .selectFrom("login_failures")
    .select("failed_at")
    .where("kind", "=", kind)
    .where("value", "=", value)
    .orderBy("failed_at", "desc");
  const limitBefore = await ofThem
    .offset(failureLimits[kind] - 1)
    .limit(1)
    .executeTakeFirst();
  if (!limitBefore) return undefined;
  const last = await ofThem.limit(1).executeTakeFirstOrThrow();
  return { last: last.failed_at, limitBefore: limitBefore.failed_at };
}

async function takeTurn(trx: Transaction<AuthTables>, kind: FailureKind, value: string) {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`login ${kind} ${value}`}, 0))`.execute(trx);
}

async function note(trx: Transaction<AuthTables>, { email, address }: LoginOrigin, now: Date) {
  await trx
    .insertInto("login_failures")
    .values([
      { kind: "email", value: email, failed_at: now },
      { kind: "address", value: address, failed_at: now },
    ])
    .execute();
}
