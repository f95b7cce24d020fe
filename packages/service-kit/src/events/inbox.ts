import { sql, type Transaction } from "kysely";
import type { Pool } from "pg";
import type { Logger } from "../telemetry/logger.ts";

/** How long a delivered event is remembered. A copy that comes later than this has its effect again. */
const inboxDays = 14;

const everyMs = 60 * 60 * 1000;
const slice = 5_000;

/** Notes events in the transaction of their effect; returns the ids that were not noted before. Sorted, so that two never wait for each other. */
export async function noteInInbox<Tables>(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ event_id: string }>`
    INSERT INTO inbox (event_id) SELECT unnest(${[...eventIds].sort()}::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id`.execute(
    trx,
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

/** Forgets what is older than `inboxDays`, now and every hour. */
export function keepInboxSmall(pool: Pool, log: Logger): { stop(): void } {
  const clean = () =>
    forgetOld(pool).catch((error: unknown) =>
      log.warn({ err: error }, "old rows stay in the inbox for another hour"),
    );
  const timer = setInterval(clean, everyMs);
  timer.unref();
  void clean();
  return { stop: () => clearInterval(timer) };
}

/** In slices, so that no lock is held for long. */
export async function forgetOld(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM inbox WHERE event_id IN (
         SELECT event_id FROM inbox WHERE received_at < now() - make_interval(days => $1) LIMIT $2)`,
      [inboxDays, slice],
    );
    if ((rowCount ?? 0) < slice) return;
  }
}
