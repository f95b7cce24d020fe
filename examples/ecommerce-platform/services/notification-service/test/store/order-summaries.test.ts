import { sql } from "kysely";
import { expect, test } from "vitest";
import { keepSummaries } from "../../src/store/order-summaries.ts";
import { openNotifications, orderId } from "../support/notifications.ts";

const summary = {
  orderId,
  orderDate: "2026-11-23T10:10:00Z",
  lines: [{ sku: "TEA-100", quantity: 3, unitPrice: 400 }],
  totalAmount: 1_000_000_000_000_000,
  currency: "EUR",
};

test("P2: Order Confirmation Mail: lines are stored once and found by order", async () => {
  const { database } = await openNotifications();
  await database.transaction((trx) => keepSummaries(trx, [summary]));
  await database.transaction((trx) => keepSummaries(trx, [{ ...summary, totalAmount: 1 }]));

  const { rows } = await sql`SELECT * FROM order_summaries WHERE order_id = ${orderId}`.execute(database.db);
  expect(rows).toEqual([
    {
      order_id: orderId,
      lines: summary.lines,
      total_amount: 1_000_000_000_000_000,
      currency: "EUR",
      order_date: new Date("2026-11-23T10:10:00Z"),
    },
  ]);
});
