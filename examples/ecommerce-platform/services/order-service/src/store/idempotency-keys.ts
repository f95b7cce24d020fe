import { createHash } from "node:crypto";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { canonicalBody } from "../domain/idempotency.ts";
import type { OrderTables } from "./migrations.ts";

/** An Idempotency-Key as one customer used it, with the hash of the body that came with it. */
export interface KeyUse {
  readonly userId: string;
  readonly key: string;
  readonly bodyHash: Buffer;
}

/** The order that a key stands for. */
export interface KeyHolder {
  readonly orderId: string;
  readonly bodyHash: Buffer;
}

/** Bodies that mean the same have the same hash (SHA-256). */
export function hashBody(body: unknown): Buffer {
  return createHash("sha256").update(canonicalBody(body)).digest();
}

/** How long a key stands for its order. */
const lifetime = sql`interval '24 hours'`;

/**
 * The statement that takes a key for an order and returns its `order_id`; it returns no row when somebody holds the
 * key. Of several at once one takes it and the others wait for that one's transaction. A key that is held stays locked
 * until the end of the caller's transaction, so that its holder can be read then.
 */
export function takeKey(use: KeyUse, orderId: string): RawBuilder<{ order_id: string }> {
  return sql`
    INSERT INTO idempotency_keys (user_id, key, body_hash, order_id)
    VALUES (${use.userId}, ${use.key}, ${use.bodyHash}, ${orderId})
    ON CONFLICT (user_id, key) DO UPDATE
      SET (body_hash, order_id, created_at) = (excluded.body_hash, excluded.order_id, excluded.created_at)
      WHERE idempotency_keys.created_at <= now() - ${lifetime}
    RETURNING order_id`;
}

/** Who holds a key, if it is not older than 24 hours. */
export async function findKeyHolder(
  db: Kysely<OrderTables>,
  { userId, key }: Pick<KeyUse, "userId" | "key">,
): Promise<KeyHolder | undefined> {
  const { rows } = await sql<KeyHolder>`
    SELECT order_id AS "orderId", body_hash AS "bodyHash" FROM idempotency_keys
    WHERE user_id = ${userId} AND key = ${key} AND created_at > now() - ${lifetime}`.execute(db);
  return rows[0];
}

/** Deletes the keys that are older than 24 hours; tells how many there were. */
export async function forgetOldKeys(db: Kysely<OrderTables>): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM idempotency_keys WHERE created_at <= now() - ${lifetime}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
