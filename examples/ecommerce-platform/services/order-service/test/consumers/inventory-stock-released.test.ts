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

test("P4: Order Rejection: a pending order whose reservation ended becomes rejected, and that is told", async () => {
  await shop.deliver(event("inventory.stock.released", { orderId }));

  expect(await order()).toMatchObject({ status: "rejected", reason: "reservation-expired" });
  expect(await collectEvents(shop.database)).toMatchObject([
    { eventType: "order.rejected", data: { orderId, reason: "reservation-expired" } },
  ]);
});

test("Idempotency: inventory.stock.released: a second delivery changes nothing", async () => {
  const released = event("inventory.stock.released", { orderId });
  await Promise.all([shop.deliver(released), shop.deliver(released)]);

  expect(await order()).toMatchObject({ status: "rejected" });
  expect(await collectEvents(shop.database)).toHaveLength(1);
});

test("Idempotency: inventory.stock.released: a cancelled order stays cancelled when its stock comes free", async () => {
  await shop.database.transaction((trx) => shop.orders.change(trx, orderId, { kind: "customer-cancels" }));
  await shop.deliver(event("inventory.stock.released", { orderId, reason: "cancelled" }));

  expect(await order()).toMatchObject({ status: "cancelled", reason: "cancelled-by-customer" });
});

test("Failure mode: Events out of order: a release ends a pending order, the reservation after it changes nothing", async () => {
  await shop.deliver(event("inventory.stock.released", { orderId }));
  await shop.deliver(event("inventory.stock.reserved", { orderId }));

  expect(await order()).toMatchObject({ status: "rejected", reason: "reservation-expired" });
  expect(await collectEvents(shop.database)).toHaveLength(1);
});

test("a confirmed order stays confirmed: its release came too late to be told", async () => {
  await shop.deliver(event("inventory.stock.reserved", { orderId }));
  await shop.deliver(event("inventory.stock.released", { orderId }));

  expect(await order()).toMatchObject({ status: "confirmed" });
});
