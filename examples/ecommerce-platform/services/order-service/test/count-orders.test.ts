import type { Database, Metrics } from "@speckit/service-kit";
import { testMetrics } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countOrders } from "../src/count-orders.ts";
import type { OrderTables } from "../src/store/migrations.ts";
import { createOrderStore, type OrderStore } from "../src/store/orders.ts";
import { keyUse, newOrder, openShop, outbox } from "./support/shop.ts";

let database: Database<OrderTables>;
let metrics: Metrics;
let orders: OrderStore;

beforeAll(async () => {
  ({ database } = await openShop());
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE orders, order_lines, idempotency_keys");
  metrics = testMetrics();
  orders = createOrderStore({ database, outbox, count: countOrders(database, metrics) });
});
afterAll(() => database.close());

async function readMetric(name: string, status?: string): Promise<number | undefined> {
  const metric = await metrics.registry.getSingleMetric(name)?.get();
  return metric?.values.find(({ labels }) => status === undefined || labels.status === status)?.value;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("orders are counted by the status they reached, a repeated placement is not", async () => {
  const order = newOrder();
  const use = keyUse();
  await orders.place(order, use);
  await orders.place(newOrder(), use);
  await database.transaction((trx) => orders.change(trx, order.orderId, { kind: "stock-released" }));
  await orders.place(newOrder({ items: [{ sku: "TEA-999", quantity: 1 }] }), keyUse());

  expect(await readMetric("orders_total", "pending")).toBe(1);
  expect(await readMetric("orders_total", "rejected")).toBe(2);
});

test("the age of the oldest pending order is what the alert on pending orders asks for", async () => {
  const old = newOrder({ orderDate: minutesAgo(30) });
  for (const order of [
    old,
    newOrder({ orderDate: minutesAgo(21) }),
    newOrder({ orderDate: minutesAgo(1) }),
  ]) {
    await orders.place(order, keyUse());
  }
  await database.transaction((trx) => orders.change(trx, old.orderId, { kind: "customer-cancels" }));

  await metrics.text();
  expect(await readMetric("orders_pending")).toBe(2);
  const oldest = await readMetric("orders_pending_oldest_seconds");
  expect(oldest).toBeGreaterThan(1_200);
  expect(oldest).toBeLessThan(1_800);
});

test("without pending orders there is none that is old", async () => {
  await metrics.text();

  expect(await readMetric("orders_pending")).toBe(0);
  expect(await readMetric("orders_pending_oldest_seconds")).toBe(0);
});

test("Failure mode: Database down: metrics are still readable, and say that nobody knows", async () => {
  const { database: gone } = await openShop();
  const measured = testMetrics();
  countOrders(gone, measured);
  await gone.close();

  expect(await measured.text()).toMatch(/^orders_pending_oldest_seconds\{.*\} Nan$/im);
});
