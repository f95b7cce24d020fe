import type { Pool } from "pg";
import type { Envelope } from "../events/envelope.ts";

/** The events that wait in a service's outbox, in the order they were stored. Start no relay on it: that would take them away. */
export async function collectEvents<Data = Record<string, unknown>>({
  pool,
}: {
  readonly pool: Pool;
}): Promise<Envelope<Data>[]> {
  const { rows } = await pool.query<{ body: string }>("SELECT body FROM outbox ORDER BY id");
  return rows.map(({ body }) => JSON.parse(body) as Envelope<Data>);
}
