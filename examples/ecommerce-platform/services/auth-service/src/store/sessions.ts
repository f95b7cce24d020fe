import { randomUUID } from "node:crypto";
import type { Database } from "@speckit/service-kit";
import type { Transaction } from "kysely";
import type { TokenOwner } from "../domain/account.ts";
import { judgeRefresh, refreshTokenMs } from "../domain/refresh-rotation.ts";
import type { Account } from "./accounts.ts";
import { hashOfToken, newOpaqueToken } from "./opaque-token.ts";
import type { AuthTables } from "./tables.ts";

/** A session as its client holds it from now on. */
export interface HeldSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** A session, and the account that it is said to be of. */
export interface SessionOwner {
  readonly userId: string;
  readonly sessionId: string;
}

export type Refreshed =
  | { readonly kind: "refreshed"; readonly session: HeldSession; readonly owner: TokenOwner }
  | { readonly kind: "refused" }
  /** The session has been ended for it. */
  | { readonly kind: "stolen"; readonly sessionId: string };

export interface SessionStore {
  /** Starts a session for whoever gave the password of `account`; undefined when that is no longer the password. */
  start(account: Account, now: Date): Promise<HeldSession | undefined>;
  refresh(refreshToken: string, now: Date): Promise<Refreshed>;
  /** Ends the caller's session, and that of the refresh token where it is the same account's. */
  end(caller: SessionOwner, refreshToken: string, now: Date): Promise<void>;
}

export interface SessionStoreOptions {
  readonly database: Database<AuthTables>;
  /** The token that follows a refresh token: always the same for the same one, and known to nobody else. */
  readonly successorOf: (refreshToken: string) => string;
  /** Told of sessions that ended, after the commit. */
  readonly onEnd: (sessionIds: readonly string[]) => Promise<void>;
}

export function createSessionStore({ database, successorOf, onEnd }: SessionStoreOptions): SessionStore {
  return {
    start: (account, now) => database.transaction((trx) => start(trx, account, now)),

    async refresh(refreshToken, now) {
      const refreshed = await database.transaction((trx) =>
        refresh(trx, { presented: refreshToken, successor: successorOf(refreshToken) }, now),
      );
      if (refreshed.kind === "stolen") await onEnd([refreshed.sessionId]);
      return refreshed;
    },

    async end(caller, refreshToken, now) {
      await onEnd(await database.transaction((trx) => end(trx, caller, refreshToken, now)));
    },
  };
}

type Trx = Transaction<AuthTables>;

async function start(
  trx: Trx,
  { userId, passwordHash }: Account,
  now: Date,
): Promise<HeldSession | undefined> {
  // The lock makes a new password wait, so that its end of all sessions sees this one; or this one sees the new password.
  const stillHolds = await trx
    .selectFrom("accounts")
    .select("user_id")
    .where("user_id", "=", userId)
    .where("password_hash", "=", passwordHash)
    .forShare()
    .executeTakeFirst();
  if (!stillHolds) return undefined;

  const session = { sessionId: randomUUID(), refreshToken: newOpaqueToken("rt") };
  await trx
    .insertInto("sessions")
    .values({ session_id: session.sessionId, user_id: userId, created_at: now, revoked_at: null })
    .execute();
  await addToken(trx, session, now);
  return session;
}

interface Exchange {
  readonly presented: string;
  readonly successor: string;
}

async function refresh(trx: Trx, { presented, successor }: Exchange, now: Date): Promise<Refreshed> {
  const found = await lockToken(trx, presented);
  const verdict = judgeRefresh(found?.token, now);
  if (!found || verdict === "refuse") return { kind: "refused" };
  const { sessionId, owner } = found;

  if (verdict === "stolen") {
    await trx.updateTable("sessions").set({ revoked_at: now }).where("session_id", "=", sessionId).execute();
    return { kind: "stolen", sessionId };
  }

  const session = { sessionId, refreshToken: successor };
  if (verdict === "replace") {
    await useUp(trx, presented, now);
    await addToken(trx, session, now);
  }
  return { kind: "refreshed", session, owner };
}

/** Of several that present one token at the same moment, each waits here for the one before. */
async function lockToken(trx: Trx, refreshToken: string) {
  const row = await trx
    .selectFrom("refresh_tokens as token")
    .innerJoin("sessions as session", "session.session_id", "token.session_id")
    .innerJoin("accounts as account", "account.user_id", "session.user_id")
    .select(["token.session_id", "token.expires_at", "token.used_at", "session.revoked_at"])
    .select(["account.user_id", "account.email", "account.roles"])
    .where("token.token_hash", "=", hashOfToken(refreshToken))
    .forUpdate("token")
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    sessionId: row.session_id,
    owner: { userId: row.user_id, email: row.email, roles: row.roles },
    token: { expiresAt: row.expires_at, usedAt: row.used_at, sessionRevokedAt: row.revoked_at },
  };
}

async function useUp(trx: Trx, refreshToken: string, now: Date) {
  await trx
    .updateTable("refresh_tokens")
    .set({ used_at: now })
    .where("token_hash", "=", hashOfToken(refreshToken))
    .execute();
}

async function addToken(trx: Trx, { sessionId, refreshToken }: HeldSession, now: Date) {
  await trx
    .insertInto("refresh_tokens")
    .values({
      token_hash: hashOfToken(refreshToken),
      session_id: sessionId,
      expires_at: new Date(now.getTime() + refreshTokenMs),
      used_at: null,
    })
    .execute();
}

async function end(trx: Trx, { userId, sessionId }: SessionOwner, refreshToken: string, now: Date) {
  // Whoever ends sessions of an account takes its row first: two that end several would otherwise wait for each other.
  await trx.selectFrom("accounts").select("user_id").where("user_id", "=", userId).forUpdate().execute();
  const ofToken = trx
    .selectFrom("refresh_tokens")
    .select("session_id")
    .where("token_hash", "=", hashOfToken(refreshToken));
  return revoke(trx, userId, now)
    .where(({ eb, or }) => or([eb("session_id", "=", sessionId), eb("session_id", "in", ofToken)]))
    .execute()
    .then(idsOf);
}

/** Ends every session of an account whose row the transaction has locked; the ids are for `onEnd` after the commit. */
export function endSessionsOf(trx: Trx, userId: string, now: Date): Promise<string[]> {
  return revoke(trx, userId, now).execute().then(idsOf);
}

function revoke(trx: Trx, userId: string, now: Date) {
  return trx
    .updateTable("sessions")
    .set({ revoked_at: now })
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .returning("session_id");
}

function idsOf(rows: readonly { readonly session_id: string }[]): string[] {
  return rows.map(({ session_id }) => session_id);
}
