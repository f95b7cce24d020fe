import { randomUUID } from "node:crypto";
import type { Database, Outbox } from "@speckit/service-kit";
import type { Transaction } from "kysely";
import { isUsable, mayHaveAnother, requestWindowMs, resetExpiry } from "../domain/password-reset.ts";
import { hashOfToken, newOpaqueToken } from "./opaque-token.ts";
import { endSessionsOf } from "./sessions.ts";
import type { AuthTables } from "./tables.ts";

export interface PasswordResets {
  /** Stores a reset and the event that has its token mailed. Does nothing for an unknown email, or after three within the hour. */
  request(email: string, now: Date): Promise<void>;
  /** Says whether `confirm` would find the token usable, so that nobody has passwords hashed for nothing. */
  isUsable(resetToken: string, now: Date): Promise<boolean>;
  /**
   * Sets the password, uses up this token and all others of the account, ends its sessions and lifts its lock. False, and nothing
   * changes, when the token is unknown, used or expired.
   */
  confirm(resetToken: string, passwordHash: string, now: Date): Promise<boolean>;
}

export interface PasswordResetsOptions {
  readonly database: Database<AuthTables>;
  readonly outbox: Outbox;
  /** Told of sessions that ended, after the commit. */
  readonly onEnd: (sessionIds: readonly string[]) => Promise<void>;
}

export function createPasswordResets({ database, outbox, onEnd }: PasswordResetsOptions): PasswordResets {
  return {
    request: (email, now) =>
      database.transaction(async (trx) => {
        const account = await lockAccount(trx, email);
        if (!account || !mayHaveAnother(await countRequests(trx, account.user_id, now))) return;
        const event = await addReset(trx, { userId: account.user_id, email }, now);
        await outbox.add(trx, [event]);
      }),

    async isUsable(resetToken, now) {
      return isUsable((await findReset(database.db, resetToken))?.reset, now);
    },

    async confirm(resetToken, passwordHash, now) {
      const ended = await database.transaction((trx) => confirm(trx, { resetToken, passwordHash }, now));
      if (ended) await onEnd(ended);
      return ended !== undefined;
    },
  };
}

type Trx = Transaction<AuthTables>;

/** Requests and confirmations of one account happen one after the other. */
function lockAccount(trx: Trx, email: string) {
  return trx
    .selectFrom("accounts")
    .select("user_id")
    .where("email", "=", email)
    .forUpdate()
    .executeTakeFirst();
}

async function countRequests(trx: Trx, userId: string, now: Date): Promise<number> {
  const { count } = await trx
    .selectFrom("password_resets")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("user_id", "=", userId)
    .where("requested_at", ">", new Date(now.getTime() - requestWindowMs))
    .executeTakeFirstOrThrow();
  return count;
}

interface Recipient {
  readonly userId: string;
  readonly email: string;
}

async function addReset(trx: Trx, { userId, email }: Recipient, now: Date) {
  const resetId = randomUUID();
  const resetToken = newOpaqueToken("pr");
  const expiresAt = resetExpiry(now);
  await trx
    .insertInto("password_resets")
    .values({
      reset_id: resetId,
      user_id: userId,
      token_hash: hashOfToken(resetToken),
      requested_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  return {
    type: "auth.password-reset.requested",
    data: { resetId, userId, email, resetToken, expiresAt: expiresAt.toISOString() },
  };
}

async function findReset(db: Pick<Trx, "selectFrom">, resetToken: string) {
  const row = await db
    .selectFrom("password_resets")
    .innerJoin("accounts", "accounts.user_id", "password_resets.user_id")
    .select(["expires_at", "used_at", "accounts.user_id", "email"])
    .where("token_hash", "=", hashOfToken(resetToken))
    .executeTakeFirst();
  return (
    row && {
      userId: row.user_id,
      email: row.email,
      reset: { expiresAt: row.expires_at, usedAt: row.used_at },
    }
  );
}

interface Confirmation {
  readonly resetToken: string;
  readonly passwordHash: string;
}

/** The ids of the sessions that ended; undefined when the token does not hold. */
async function confirm(trx: Trx, { resetToken, passwordHash }: Confirmation, now: Date) {
  const owner = await findReset(trx, resetToken);
  if (!owner) return undefined;
  await lockAccount(trx, owner.email);
  // Another confirmation may have used the token while this one waited for the account.
  if (!isUsable((await findReset(trx, resetToken))?.reset, now)) return undefined;

  const { userId, email } = owner;
  await trx
    .updateTable("accounts")
    .set({ password_hash: passwordHash })
    .where("user_id", "=", userId)
    .execute();
  await trx
    .updateTable("password_resets")
    .set({ used_at: now })
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .execute();
  await trx.deleteFrom("login_failures").where("kind", "=", "email").where("value", "=", email).execute();
  return endSessionsOf(trx, userId, now);
}
