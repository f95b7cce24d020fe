import { sql, type Transaction } from "kysely";
import type { OrderSummary } from "../domain/mail-text.ts";
import type { NotificationTables } from "./migrations.ts";

type Trx = Transaction<NotificationTables>;

/** The summary of one order; `orderDate` in ISO 8601. */
export interface SummaryOf extends OrderSummary {
  readonly orderId: string;
  readonly orderDate: string;
}

/** Keeps the lines of orders; those that were kept before stay. */
export async function keepSummaries(trx: Trx, orders: readonly SummaryOf[]): Promise<void> {
  await sql`
    INSERT INTO order_summaries (order_id, lines, total_amount, currency, order_date)
    SELECT * FROM unnest(${orders.map(({ orderId }) => orderId)}::uuid[],
                         ${orders.map(({ lines }) => JSON.stringify(lines))}::json[],
                         ${orders.map(({ totalAmount }) => totalAmount)}::bigint[],
                         ${orders.map(({ currency }) => currency)}::text[],
                         ${orders.map(({ orderDate }) => orderDate)}::timestamptz[])
    ON CONFLICT DO NOTHING`.execute(trx);
}
