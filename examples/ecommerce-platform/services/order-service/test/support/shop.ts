import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createOutbox, type Database, readEventContracts } from "@speckit/service-kit";
import { testDatabase } from "@speckit/service-kit/testing";
import { addUpLines, placeOrder, type RequestedLine } from "../../src/domain/place-order.ts";
import { hashBody, type KeyUse } from "../../src/store/idempotency-keys.ts";
import { migrations, type OrderTables } from "../../src/store/migrations.ts";
import { createOrderStore, type NewOrder, type OrderStore } from "../../src/store/orders.ts";

export const ada = { userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60", email: "ada@example.com" };
export const grace = { userId: "91b6d0f2-5c3e-4a7d-8f1b-2e4c6a8d0b13", email: "grace@example.com" };
export const reservationId = "c5d6e7f8-0a1b-4c2d-9e3f-405162738495";

export const prices = new Map([
  ["TEA-100", { unitPrice: 450, currency: "EUR" }],
  ["MUG-001", { unitPrice: 1200, currency: "EUR" }],
  ["CUP-US1", { unitPrice: 900, currency: "USD" }],
]);

export const twoTeasAndAMug: readonly RequestedLine[] = [
  { sku: "TEA-100", quantity: 2 },
  { sku: "MUG-001", quantity: 1 },
];

export const contracts = readEventContracts(fileURLToPath(new URL("../../../..", import.meta.url)));
export const outbox = createOutbox({ contracts, service: "order-service" });

export interface Shop {
  readonly database: Database<OrderTables>;
  readonly orders: OrderStore;
}

/** The tables of order-service in a database of its own, and the store on it. Close the database. */
export async function openShop(): Promise<Shop> {
  return shopOn(await testDatabase<OrderTables>(migrations));
}

export function shopOn(database: Database<OrderTables>): Shop {
  return { database, orders: createOrderStore({ database, outbox }) };
}

/** An order of Ada's for two teas and a mug, unless said otherwise. */
export function newOrder({
  orderId = randomUUID(),
  customer = ada,
  items = twoTeasAndAMug,
  orderDate = new Date("2026-11-23T10:10:00Z"),
} = {}): NewOrder {
  const { userId, email: customerEmail } = customer;
  return { orderId, userId, customerEmail, placement: placeOrder(addUpLines(items), prices), orderDate };
}

/** The use of a key with the body that `newOrder` stands for. */
export function keyUse({ key = `key-${randomUUID()}`, customer = ada, items = twoTeasAndAMug } = {}): KeyUse {
  return { userId: customer.userId, key, bodyHash: hashBody({ items }) };
}

/** Stores a pending order and forgets its event; returns its id. */
export async function pendingOrder(
  { database, orders }: Shop,
  details: Parameters<typeof newOrder>[0] = {},
): Promise<string> {
  const order = newOrder(details);
  await orders.place(order, keyUse({ customer: details.customer ?? ada }));
  await database.pool.query("DELETE FROM outbox");
  return order.orderId;
}
