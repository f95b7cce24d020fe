import type { Database } from "@speckit/service-kit";
import { sql } from "kysely";
import type { AccessClaims } from "../domain/access-token.ts";
import type { Role } from "../domain/account.ts";
import { batched } from "./batched.ts";
import type { RevocationCopy } from "./revocation-copy.ts";
import type { AuthTables } from "./tables.ts";

export interface Revocations {
  /** The roles that hold now for whom a token speaks; undefined when its session is over. */
  rolesNow(claims: Pick<AccessClaims, "sid" | "sub" | "roles">): Promise<readonly Role[] | undefined>;
}

/**
 * Asks the copy, and the database where there is none or where it cannot say. What the copy does not list has the roles that its token
 * says, since a change of roles ends the sessions of an account.
 */
export function createRevocations(database: Database<AuthTables>, copy?: RevocationCopy): Revocations {
  const openSession = batched((sessionIds) => openSessions(database, sessionIds));
  return {
    async rolesNow({ sid, sub, roles }) {
      const isRevoked = await copy?.isRevoked(sid);
      if (isRevoked !== undefined) return isRevoked ? undefined : roles;
      const session = await openSession(sid);
      return session?.user_id === sub ? session.roles : undefined;
    },
  };
}

async function openSessions({ db }: Database<AuthTables>, sessionIds: readonly string[]) {
  const rows = await db
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.user_id", "sessions.user_id")
    .select(["sessions.session_id", "sessions.user_id", "accounts.roles"])
    .where("sessions.session_id", "=", sql<string>`ANY(${sessionIds}::uuid[])`)
    .where("sessions.revoked_at", "is", null)
    .execute();
  return new Map(rows.map((row) => [row.session_id, row]));
}

/** The ids of the sessions that were revoked at `since` or later. */
export async function revokedSince({ db }: Database<AuthTables>, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom("sessions")
    .select("session_id")
    .where("revoked_at", ">=", since)
    .execute();
  return rows.map(({ session_id }) => session_id);
}
