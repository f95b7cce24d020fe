import { collectEvents } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findOrder } from "../../src/store/read-orders.ts";
import { event, openConsumers } from "../support/events.ts";
import { pendingOrder, reservationId } from "../support/shop.ts";

let shop: Awaited<ReturnType<typeof openConsumers>>;
let orderId: string;

beforeAll(async () => {
  shop = await openConsumers();
});
beforeEach(async () => {
  orderId = await pendingOrder(shop);
});
afterAll(() => shop.close());

const status = async () => (await findOrder(shop.database.db, orderId))?.status;

test("P3: Order Confirmation: a pending order becomes confirmed and that is told", async () => {
  await shop.deliver(event("inventory.stock.reserved", { orderId }));

  expect(await status()).toBe("confirmed");
  expect(await collectEvents(shop.database)).toMatchObject([
    { eventType: "order.confirmed", data: { orderId, reservationId } },
  ]);
});

test("an id in capital letters names the same order", async () => {
  await shop.deliver(event("inventory.stock.reserved", { orderId: orderId.toUpperCase() }));

  expect(await collectEvents(shop.database)).toMatchObject([
    { eventType: "order.confirmed", data: { orderId } },
  ]);
});

test("Idempotency: inventory.stock.reserved: Failure mode: Event delivered twice: the second changes nothing", async () => {
  const reserved = event("inventory.stock.reserved", { orderId });

  await Promise.all([shop.deliver(reserved), shop.deliver(reserved)]);
  await shop.deliver(reserved);

  expect(await status()).toBe("confirmed");
  expect(await collectEvents(shop.database)).toHaveLength(1);
});

test("Idempotency: inventory.stock.reserved: only a pending order is confirmed", async () => {
  await shop.database.transaction((trx) => shop.orders.change(trx, orderId, { kind: "customer-cancels" }));
  await shop.deliver(event("inventory.stock.reserved", { orderId }));

  expect(await status()).toBe("cancelled");
  expect(await collectEvents(shop.database)).toMatchObject([{ eventType: "order.cancelled" }]);
});

test("Failure mode: Reservation reported too late: after expiresAt nothing changes, and its release rejects", async () => {
  await shop.deliver(event("inventory.stock.reserved", { orderId, expiresAt: "2020-01-01T00:00:00Z" }));
  expect(await status()).toBe("pending");

  await shop.deliver(event("inventory.stock.released", { orderId }));
  expect(await status()).toBe("rejected");
});
