import { type Kysely, type RawBuilder, sql } from "kysely";
import type { OrderStatus } from "../domain/order-status.ts";
import type { OrderLine } from "../domain/place-order.ts";
import type { OrderTables } from "./migrations.ts";

export interface Customer {
  readonly firstName: string;
  readonly lastName: string;
}

/** An order as it stands. Amounts are in minor units of `currency`; both are null where there is no total. */
export interface StoredOrder {
  readonly orderId: string;
  readonly userId: string;
  readonly status: OrderStatus;
  readonly reason: string | null;
  readonly items: readonly OrderLine[];
  readonly totalAmount: number | null;
  readonly currency: string | null;
  readonly orderDate: Date;
  readonly updatedAt: Date;
  /** Null when the profile was deleted, undefined when nothing was ever heard of the user. */
  readonly customer: Customer | null | undefined;
}

/** Where a page begins: after this order, which itself was on the page before. */
export interface ListPlace {
  readonly orderDate: Date;
  readonly orderId: string;
}

export async function findOrder(db: Kysely<OrderTables>, orderId: string): Promise<StoredOrder | undefined> {
  const [order] = await readOrders(db, sql`WHERE orders.order_id = ${orderId}`);
  return order;
}

/** The orders of a customer, newest first, `limit` at most. */
export function listOrdersOf(
  db: Kysely<OrderTables>,
  userId: string,
  { after, limit }: { readonly after: ListPlace | undefined; readonly limit: number },
): Promise<StoredOrder[]> {
  const below = after
    ? sql`AND (orders.order_date, orders.order_id) < (${after.orderDate}::timestamptz, ${after.orderId}::uuid)`
    : sql``;
  return readOrders(
    db,
    sql`WHERE orders.user_id = ${userId} ${below}
        ORDER BY orders.order_date DESC, orders.order_id DESC LIMIT ${limit}`,
  );
}

interface OrderRow extends Omit<StoredOrder, "customer"> {
  readonly known: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

async function readOrders(db: Kysely<OrderTables>, which: RawBuilder<unknown>): Promise<StoredOrder[]> {
  const { rows } = await sql<OrderRow>`
    SELECT orders.order_id AS "orderId", orders.user_id AS "userId", status, reason,
           total_amount AS "totalAmount", currency, order_date AS "orderDate", updated_at AS "updatedAt",
           (SELECT json_agg(json_build_object('sku', sku, 'quantity', quantity, 'unitPrice', unit_price)
                            ORDER BY position)
            FROM order_lines WHERE order_lines.order_id = orders.order_id) AS items,
           user_cache.user_id IS NOT NULL AS known, first_name AS "firstName", last_name AS "lastName"
    FROM orders LEFT JOIN user_cache USING (user_id)
    ${which}`.execute(db);
  return rows.map(({ known, firstName, lastName, ...order }) => ({
    ...order,
    customer: known ? nameOf(firstName, lastName) : undefined,
  }));
}

function nameOf(firstName: string | null, lastName: string | null): Customer | null {
  return firstName === null || lastName === null ? null : { firstName, lastName };
}
