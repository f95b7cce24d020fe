import { sql, type Transaction } from "kysely";
import type { InventoryTables } from "./migrations.ts";

const having = new WeakSet<object>();

/**
 * Waits until no other transaction changes reservations and stock, and keeps others waiting until this one ends. One transaction may handle
 * many events, so that neither their reservations nor their products are locked in any order that all have in common.
 */
export async function takeTurn(trx: Transaction<InventoryTables>): Promise<void> {
  if (having.has(trx)) return;
  await sql`SELECT pg_advisory_xact_lock(hashtext('stock'))`.execute(trx);
  having.add(trx);
}
