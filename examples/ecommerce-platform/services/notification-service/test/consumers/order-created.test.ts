import { sql } from "kysely";
import { expect, test } from "vitest";
import { eventOf, type Notifications, openNotifications, orderId } from "../support/notifications.ts";

async function summaries({ database }: Notifications) {
  const { rows } = await sql`SELECT order_id, lines, total_amount, currency FROM order_summaries`.execute(
    database.db,
  );
  return rows;
}

const kept = {
  order_id: orderId,
  lines: [
    { sku: "TEA-100", quantity: 3, unitPrice: 400 },
    { sku: "MUG-001", quantity: 1, unitPrice: 1250 },
  ],
  total_amount: 2450,
  currency: "EUR",
};

test("P2: Order Confirmation Mail: lines are kept for later, and nothing is mailed", async () => {
  const notifications = await openNotifications();
  await notifications.receive(eventOf("order.created"));

  expect(await summaries(notifications)).toEqual([kept]);
  expect(await notifications.mails()).toEqual([]);
});

test("Idempotency: order.created: lines are stored once per orderId", async () => {
  const notifications = await openNotifications();
  const created = eventOf("order.created");
  await notifications.receive(created, created, eventOf("order.created", { totalAmount: 1 }));

  expect(await summaries(notifications)).toEqual([kept]);
});

test("properties that the service does not know are no part of a line", async () => {
  const notifications = await openNotifications();
  const items = [{ sku: "TEA-100", quantity: 3, unitPrice: 400, colour: "green" }];
  await notifications.receive(eventOf("order.created", { items, gift: true }));

  expect(await summaries(notifications)).toMatchObject([
    { lines: [{ sku: "TEA-100", quantity: 3, unitPrice: 400 }] },
  ]);
});
