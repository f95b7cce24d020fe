import pg from "pg";
import type { BusMessage } from "../bus/bus.ts";

/** A connection of a relay, beside the pool. Of several on one outbox one may publish, until it ends. */
export interface OutboxSession {
  /** True when this session may publish, from now on if nobody else might before. */
  acquire(): Promise<boolean>;
  /** The oldest events, in the order they were stored. */
  first(limit: number): Promise<OutboxBatch>;
  remove(ids: readonly string[]): Promise<void>;
  /** Wakes the relay that may publish. */
  tellOther(): Promise<void>;
  end(): Promise<void>;
}

export interface OutboxBatch {
  readonly ids: readonly string[];
  readonly messages: readonly BusMessage[];
}

export interface OutboxSessionEvents {
  /** Another instance has stored events, and may not publish them itself. */
  onNews(): void;
  /** The connection broke; the session is of no use any more. */
  onLost(error: Error): void;
}

interface Row {
  readonly id: string;
  readonly event_id: string;
  readonly topic: string;
  readonly body: string;
  readonly headers: string;
}

// Any constant does, as long as all versions of the kit agree on it; locks are a database's own.
const relayLock = 7_241_600_002;
const channel = "outbox";

/** PostgreSQL takes the lock back when the connection ends, also when the process was killed. */
export async function openOutboxSession(
  pool: pg.Pool,
  { onNews, onLost }: OutboxSessionEvents,
): Promise<OutboxSession> {
  // A removal that a crash of the server undoes means that an event goes out twice, which consumers expect.
  const client = new pg.Client({ ...pool.options, options: "-c synchronous_commit=off" });
  client.on("error", onLost);
  client.on("notification", onNews);
  await client.connect();
  let mine = false;

  return {
    async acquire() {
      if (mine) return true;
      const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS locked", [relayLock]);
      mine = rows[0]?.locked === true;
      if (mine) await client.query(`LISTEN ${channel}`);
      return mine;
    },
    async first(limit) {
      const { rows } = await client.query<Row>({
        name: "outbox-first",
        text: "SELECT id::text, event_id, topic, body, headers FROM outbox ORDER BY outbox.id LIMIT $1",
        values: [limit],
      });
      return { ids: rows.map(({ id }) => id), messages: rows.map(messageOf) };
    },
    async remove(ids) {
      await client.query({
        name: "outbox-remove",
        text: "DELETE FROM outbox WHERE id = ANY($1::bigint[])",
        values: [ids],
      });
    },
    async tellOther() {
      await client.query(`NOTIFY ${channel}`);
    },
    end: () => client.end(),
  };
}

function messageOf({ event_id: id, topic, body, headers }: Row): BusMessage {
  return {
    id,
    topic,
    body: JSON.parse(body) as object,
    headers: JSON.parse(headers) as Record<string, string>,
  };
}
