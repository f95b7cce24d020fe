import type { Database } from "@speckit/service-kit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findKeyHolder, forgetOldKeys, hashBody, type KeyUse } from "../../src/store/idempotency-keys.ts";
import type { OrderTables } from "../../src/store/migrations.ts";
import type { OrderStore } from "../../src/store/orders.ts";
import { ada, grace, keyUse, newOrder, openShop } from "../support/shop.ts";

let database: Database<OrderTables>;
let orders: OrderStore;

beforeAll(async () => {
  ({ database, orders } = await openShop());
});
beforeEach(() => database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, outbox"));
afterAll(() => database.close());

async function count(table: "orders" | "order_lines" | "outbox" | "idempotency_keys"): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.count);
}

async function ageKey({ key }: KeyUse, age: string): Promise<void> {
  await database.pool.query("UPDATE idempotency_keys SET created_at = now() - $2::interval WHERE key = $1", [
    key,
    age,
  ]);
}

describe("P2: Repeated Placement, many at once", () => {
  test("SC-001: fifty placements with one key at the same moment make one order, and all get its id", async () => {
    const use = keyUse({ key: "ada-1" });

    const holders = await Promise.all(Array.from({ length: 50 }, () => orders.place(newOrder(), use)));

    expect(new Set(holders.map(({ orderId }) => orderId)).size).toBe(1);
    const { rows } = await database.pool.query("SELECT order_id FROM orders");
    expect(rows).toEqual([{ order_id: holders[0]?.orderId }]);
    expect(await count("outbox")).toBe(1);
    expect(await count("order_lines")).toBe(2);
  });

  test("of two bodies at the same moment one makes the order, and the others learn which body that was", async () => {
    const [tea, mug] = [
      { sku: "TEA-100", quantity: 1 },
      { sku: "MUG-001", quantity: 1 },
    ].map((line) => [line]);

    const holders = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const items = index % 2 ? tea : mug;
        return orders.place(newOrder({ items }), keyUse({ key: "ada-1", items }));
      }),
    );

    expect(await count("orders")).toBe(1);
    expect(new Set(holders.map(({ orderId }) => orderId)).size).toBe(1);
    expect(new Set(holders.map(({ bodyHash }) => bodyHash.toString("hex"))).size).toBe(1);
  });

  test("fifty keys at the same moment make fifty orders", async () => {
    await Promise.all(Array.from({ length: 50 }, () => orders.place(newOrder(), keyUse())));

    expect(await count("orders")).toBe(50);
    expect(await count("outbox")).toBe(50);
  });
});

describe("P2: Repeated Placement, what a key stands for", () => {
  test("the same key of two customers makes two orders", async () => {
    const hers = await orders.place(newOrder(), keyUse({ key: "order-1" }));
    const other = await orders.place(
      newOrder({ customer: grace }),
      keyUse({ key: "order-1", customer: grace }),
    );

    expect(other.orderId).not.toBe(hers.orderId);
    expect(await findKeyHolder(database.db, { userId: ada.userId, key: "order-1" })).toEqual(hers);
    expect(await findKeyHolder(database.db, { userId: grace.userId, key: "order-1" })).toEqual(other);
  });

  test("nobody holds a key that was never used", async () => {
    expect(await findKeyHolder(database.db, { userId: ada.userId, key: "never" })).toBeUndefined();
  });

  test.each([
    { age: "23 hours 59 minutes", again: "the same order", made: 1, deleted: 0 },
    { age: "24 hours 1 second", again: "a new order", made: 2, deleted: 1 },
  ])("a key used again after $age stands for $again", async ({ age, made }) => {
    const use = keyUse({ key: "ada-1" });
    const first = await orders.place(newOrder(), use);
    await ageKey(use, age);

    const [second] = await Promise.all(Array.from({ length: 10 }, () => orders.place(newOrder(), use)));

    expect(second?.orderId === first.orderId).toBe(made === 1);
    expect(await count("orders")).toBe(made);
    expect(await findKeyHolder(database.db, use)).toEqual(second);
  });

  test("keys older than 24 hours are deleted, younger ones and all orders stay", async () => {
    const [old, young] = [keyUse({ key: "old" }), keyUse({ key: "young" })];
    await orders.place(newOrder(), old);
    await orders.place(newOrder(), young);
    await ageKey(old, "24 hours 1 second");
    await ageKey(young, "23 hours 59 minutes");

    expect(await findKeyHolder(database.db, old)).toBeUndefined();
    expect(await forgetOldKeys(database.db)).toBe(1);
    expect(await count("idempotency_keys")).toBe(1);
    expect(await count("orders")).toBe(2);
  });
});

test("equal bodies have equal hashes, others do not", () => {
  const body = { items: [{ sku: "TEA-100", quantity: 2 }] };

  expect(hashBody({ items: [{ quantity: 2, sku: "TEA-100" }] })).toEqual(hashBody(body));
  expect(hashBody({ items: [{ sku: "TEA-100", quantity: 3 }] })).not.toEqual(hashBody(body));
});
