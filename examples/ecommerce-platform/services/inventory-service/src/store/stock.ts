import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Line, Stock } from "../domain/stock.ts";
import type { InventoryTables } from "./migrations.ts";

type Trx = Transaction<InventoryTables>;

/** A product of an order as it was when its row was locked. */
export interface HeldRow {
  readonly sku: string;
  readonly available: number;
}

export function stockOf(rows: readonly HeldRow[]): Stock {
  return new Map(rows.map(({ sku, available }) => [sku, available]));
}

/**
 * Common table expressions that take all lines off the stock or none, if `condition` holds: `held` is what was there, `taken` what was
 * taken. All rows are locked before one is changed, and in the order of their SKUs: so whatever two orders have in common, one of them waits
 * for the other and neither for both. Under READ COMMITTED a row that was waited for is read again, so `available` is never out of date.
 */
export function taking(
  lines: readonly Line[],
  condition: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    wanted AS (${tableOf(lines)}),
    held AS (
      SELECT sku, available, quantity FROM products JOIN wanted USING (sku) WHERE ${condition}
      ORDER BY sku FOR UPDATE OF products
    ),
    verdict AS (
      SELECT count(*) FILTER (WHERE available >= quantity) = (SELECT count(*) FROM wanted) AS enough FROM held
    ),
    taken AS (
      UPDATE products SET available = products.available - held.quantity
      FROM held, verdict WHERE products.sku = held.sku AND verdict.enough
      RETURNING products.sku, held.quantity
    )`;
}

/** Takes all lines off the stock or none, and says what was there before: it sufficed for all lines or nothing was taken. */
export async function takeStock(trx: Trx, lines: readonly Line[]): Promise<Stock> {
  const { rows } = await sql<HeldRow>`WITH ${taking(lines)} SELECT sku, available FROM held`.execute(trx);
  return stockOf(rows);
}

/** Adds lines to the stock, each sku once. Rows are locked in the order of their SKUs, as when stock is taken. */
export async function giveBack(trx: Trx, lines: readonly Line[]): Promise<void> {
  await sql`
    WITH returned AS (${tableOf(lines)}),
    held AS (
      SELECT sku, quantity FROM products JOIN returned USING (sku) ORDER BY sku FOR UPDATE OF products
    )
    UPDATE products SET available = products.available + held.quantity
    FROM held WHERE products.sku = held.sku`.execute(trx);
}

function tableOf(lines: readonly Line[]): RawBuilder<unknown> {
  const skus = lines.map(({ sku }) => sku);
  const quantities = lines.map(({ quantity }) => quantity);
  return sql`SELECT * FROM unnest(${skus}::text[], ${quantities}::bigint[]) AS lines (sku, quantity)`;
}
