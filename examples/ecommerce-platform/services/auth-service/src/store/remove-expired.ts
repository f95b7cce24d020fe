import type { Database } from "@speckit/service-kit";
import { failuresMatterMs } from "../domain/lock-out.ts";
import { requestWindowMs } from "../domain/password-reset.ts";
import type { AuthTables } from "./tables.ts";

/**
 * Removes rows that nothing asks for any more. A used refresh token stays until it would have expired, so that its theft is noticed; a
 * session stays as long as one of its refresh tokens, which is longer than any of its access tokens is valid.
 */
export async function removeExpired({ db }: Database<AuthTables>, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await db.deleteFrom("refresh_tokens").where("expires_at", "<", now).execute();
  await db
    .deleteFrom("sessions")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("refresh_tokens")
            .select("session_id")
            .whereRef("refresh_tokens.session_id", "=", "sessions.session_id"),
        ),
      ),
    )
    .execute();
  await db.deleteFrom("login_failures").where("failed_at", "<", before(failuresMatterMs)).execute();
  await db.deleteFrom("password_resets").where("requested_at", "<", before(requestWindowMs)).execute();
}
