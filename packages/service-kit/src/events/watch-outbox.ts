import type { Pool } from "pg";
import type { Metrics } from "../telemetry/metrics.ts";

/** Measures how far a relay is behind, when somebody reads the metrics. */
export function watchOutbox(pool: Pool, metrics: Metrics): void {
  const age = metrics.gauge({
    name: "outbox_oldest_seconds",
    help: "Age of the oldest event that is not published; 0 when there is none, NaN when the database does not answer.",
    async collect() {
      age.set(await oldestSeconds(pool).catch(() => Number.NaN));
    },
  });
}

async function oldestSeconds(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ age: number }>(
    "SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 AS age FROM outbox ORDER BY id LIMIT 1",
  );
  return rows[0]?.age ?? 0;
}
