import type { Pool } from "pg";
import type { BusMessage, DeadLetter, Delivery, QueueDepth } from "../bus.ts";

/** A delivery, its row, and the number under which it is held. */
export interface HeldDelivery {
  readonly row: string;
  readonly holder: number;
  readonly delivery: Delivery;
}

interface MessageRow {
  readonly row: string;
  readonly message_id: string;
  readonly topic: string;
  readonly body: string;
  readonly headers: string;
  readonly attempt: number;
}

/** Stores messages for every consumer bound to their topics; returns these consumers. One statement, so all or none. */
export async function store(pool: Pool, messages: readonly BusMessage[]): Promise<string[]> {
  const { rows } = await pool.query<{ consumer: string }>({
    name: "bus-store",
    text: `WITH stored AS (
             INSERT INTO message (consumer, message_id, topic, body, headers)
             SELECT binding.consumer, new.message_id, new.topic, new.body, new.headers
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
               WITH ORDINALITY AS new (message_id, topic, body, headers, place)
             JOIN binding ON binding.topic = new.topic
             ORDER BY new.place
             RETURNING consumer)
           SELECT DISTINCT consumer FROM stored`,
    values: [
      messages.map(({ id }) => id),
      messages.map(({ topic }) => topic),
      messages.map(({ body }) => JSON.stringify(body)),
      messages.map(({ headers }) => JSON.stringify(headers)),
    ],
  });
  return rows.map(({ consumer }) => consumer);
}

/** Takes the messages that are due first and that nobody holds. */
export async function take(
  pool: Pool,
  consumer: string,
  holder: number,
  limit: number,
): Promise<HeldDelivery[]> {
  const { rows } = await pool.query<MessageRow>({
    name: "bus-take",
    text: `WITH next AS (
             SELECT id FROM message
             WHERE consumer = $1 AND held_by IS NULL AND due_at <= now()
             ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED),
           taken AS (
             UPDATE message SET held_by = $2 FROM next WHERE message.id = next.id
             RETURNING message.*)
           SELECT id::text AS row, message_id, topic, body, headers, attempt FROM taken ORDER BY due_at, taken.id`,
    values: [consumer, holder, limit],
  });
  return rows.map(({ row, message_id: id, topic, body, headers, attempt }) => ({
    row,
    holder,
    delivery: {
      id,
      topic,
      body: JSON.parse(body) as object,
      headers: JSON.parse(headers) as Record<string, string>,
      attempt,
    },
  }));
}

/** Whoever holds it by now: its effect has happened. */
export async function remove(pool: Pool, rows: readonly string[]): Promise<void> {
  await pool.query({
    name: "bus-remove",
    text: "DELETE FROM message WHERE id = ANY($1::bigint[])",
    values: [rows],
  });
}

/** Lets a message go that is still held, for `attempt`, after a pause. */
export async function putBack(
  pool: Pool,
  { row, holder }: HeldDelivery,
  { attempt, afterMs }: { attempt: number; afterMs: number },
): Promise<void> {
  await pool.query(
    `UPDATE message SET held_by = NULL, attempt = $3, due_at = now() + make_interval(secs => $4::float8 / 1000)
     WHERE id = $1 AND held_by = $2`,
    [row, holder, attempt, afterMs],
  );
}

/** Lets everything go that `holder` holds, except `rows`. */
export async function putBackOthers(pool: Pool, holder: number, rows: readonly string[]): Promise<void> {
  await pool.query("UPDATE message SET held_by = NULL WHERE held_by = $1 AND id <> ALL($2::bigint[])", [
    holder,
    rows,
  ]);
}

/** Makes a message that is still held a dead letter. */
export async function bury(pool: Pool, { row, holder }: HeldDelivery, reason: string): Promise<void> {
  await pool.query(
    `WITH gone AS (DELETE FROM message WHERE id = $1 AND held_by = $2 RETURNING *)
     INSERT INTO dead_letter (consumer, message_id, topic, body, headers, attempts, reason)
     SELECT consumer, message_id, topic, body, headers, attempt, $3 FROM gone`,
    [row, holder, reason],
  );
}

export async function listDead(pool: Pool, consumer?: string): Promise<DeadLetter[]> {
  const { rows } = await pool.query<Omit<DeadLetter, "body" | "headers"> & { body: string; headers: string }>(
    `SELECT message_id AS id, consumer, topic, reason, attempts, body, headers,
            to_char(failed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "failedAt"
     FROM dead_letter WHERE $1::text IS NULL OR consumer = $1 ORDER BY dead_letter.id`,
    [consumer ?? null],
  );
  return rows.map((row) => ({
    ...row,
    body: JSON.parse(row.body) as object,
    headers: JSON.parse(row.headers) as Record<string, string>,
  }));
}

export async function replayDead(pool: Pool, consumer: string, messageId?: string): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH gone AS (
       DELETE FROM dead_letter WHERE consumer = $1 AND ($2::text IS NULL OR message_id = $2) RETURNING *)
     INSERT INTO message (consumer, message_id, topic, body, headers)
     SELECT consumer, message_id, topic, body, headers FROM gone ORDER BY id`,
    [consumer, messageId ?? null],
  );
  return rowCount ?? 0;
}

export async function countMessages(pool: Pool, consumers: readonly string[]): Promise<QueueDepth[]> {
  const { rows } = await pool.query<QueueDepth>(
    `SELECT consumer,
            (SELECT count(*)::int FROM message WHERE message.consumer = c.consumer AND held_by IS NULL) AS waiting,
            (SELECT count(*)::int FROM dead_letter WHERE dead_letter.consumer = c.consumer) AS dead
     FROM unnest($1::text[]) AS c (consumer)`,
    [consumers],
  );
  return rows;
}

// Beyond this a message is taken to be what ends its consumers.
const mostLosses = 100;

/**
 * Lets messages go whose holder is gone: whose lock (see lease.ts) nobody has. Each such loss is counted, and a message that has lost its
 * holder a hundred times becomes a dead letter. Returns how many can be taken again.
 */
export async function sweep(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE message SET held_by = NULL, losses = losses + 1
     WHERE held_by IN (
       SELECT held_by FROM (SELECT DISTINCT held_by FROM message WHERE held_by IS NOT NULL) AS held
       WHERE NOT EXISTS (
         SELECT FROM pg_locks
         WHERE locktype = 'advisory' AND objsubid = 2 AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND classid = hashtext(current_schema())::oid AND objid = held.held_by::oid))`,
  );
  if (!rowCount) return 0;
  await pool.query(
    `WITH gone AS (DELETE FROM message WHERE held_by IS NULL AND losses >= $1 RETURNING *)
     INSERT INTO dead_letter (consumer, message_id, topic, body, headers, attempts, reason)
     SELECT consumer, message_id, topic, body, headers, attempt, $2 FROM gone`,
    [mostLosses, `Its consumer disappeared ${mostLosses} times while it worked on it.`],
  );
  return rowCount;
}
