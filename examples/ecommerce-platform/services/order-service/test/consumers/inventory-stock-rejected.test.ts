import { collectEvents } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findOrder } from "../../src/store/read-orders.ts";
import { event, openConsumers } from "../support/events.ts";
import { pendingOrder } from "../support/shop.ts";

let shop: Awaited<ReturnType<typeof openConsumers>>;
let orderId: string;

beforeAll(async () => {
  shop = await openConsumers();
});
beforeEach(async () => {
  orderId = await pendingOrder(shop);
});
afterAll(() => shop.close());

const order = () => findOrder(shop.database.db, orderId);
const confirm = () => shop.deliver(event("inventory.stock.reserved", { orderId }));
const lost = () => event("inventory.stock.rejected", { orderId, reason: "reservation-expired" });

test.each([
  "insufficient-stock",
  "unknown-sku",
])("P4: Order Rejection: a pending order becomes rejected as a whole for %s, and that is told", async (reason) => {
  await shop.deliver(event("inventory.stock.rejected", { orderId, reason }));

  expect(await order()).toMatchObject({ status: "rejected", reason });
  expect(await collectEvents(shop.database)).toMatchObject([
    { eventType: "order.rejected", data: { orderId, reason } },
  ]);
});

test("P9: Lost Reservation: a confirmed order whose stock was sold is cancelled for stock-lost, and that is told", async () => {
  await confirm();
  await shop.deliver(lost());

  expect(await order()).toMatchObject({ status: "cancelled", reason: "stock-lost" });
  expect(await collectEvents(shop.database)).toMatchObject([
    { eventType: "order.confirmed" },
    { eventType: "order.cancelled", data: { orderId, reason: "stock-lost" } },
  ]);
});

test.each([
  "insufficient-stock",
  "unknown-sku",
])("P9: Lost Reservation: a confirmed order stays confirmed for %s", async (reason) => {
  await confirm();
  await shop.deliver(event("inventory.stock.rejected", { orderId, reason }));

  expect(await order()).toMatchObject({ status: "confirmed", reason: null });
  expect(await collectEvents(shop.database)).toHaveLength(1);
});

test("Idempotency: inventory.stock.rejected: a second delivery changes nothing", async () => {
  await confirm();
  const once = lost();
  await Promise.all([shop.deliver(once), shop.deliver(once)]);

  expect(await order()).toMatchObject({ status: "cancelled" });
  expect(await collectEvents(shop.database)).toHaveLength(2);
});

test.each([
  { ended: "rejected", by: () => event("inventory.stock.released", { orderId }) },
  { ended: "cancelled", by: lost },
])("Idempotency: inventory.stock.rejected: a $ended order stays as it is", async ({ ended, by }) => {
  if (ended === "cancelled") await confirm();
  await shop.deliver(by());
  const before = await order();

  await shop.deliver(event("inventory.stock.rejected", { orderId }));
  await shop.deliver(lost());

  expect(before?.status).toBe(ended);
  expect(await order()).toEqual(before);
});
