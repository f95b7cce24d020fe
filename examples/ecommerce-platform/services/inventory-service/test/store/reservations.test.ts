import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Line } from "../../src/domain/stock.ts";
import { releaseExpired } from "../../src/release-expired.ts";
import { type Inventory, minuteMs, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
const poolSize = 90;
beforeAll(async () => {
  // As many connections as a PostgreSQL takes that nobody has tuned: the orders really meet there.
  inventory = await openInventory({ poolSize });
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
});

const skus = ["CUP-007", "MUG-001", "POT-300", "TEA-100", "TEA-200"];
const threeOf = (from: readonly string[]) => (seed: number) =>
  shuffled(from, seed)
    .slice(0, 3)
    .map((sku) => ({ sku, quantity: 1 }));

describe("P8: Scarce Stock", () => {
  test("400 orders for the same three products, 50 pieces each: exactly 50 are reserved, the others rejected", async () => {
    await inventory.stock({ "MUG-001": 50, "POT-300": 50, "TEA-100": 50 });
    await placeAtOnce(400, threeOf(["MUG-001", "POT-300", "TEA-100"]));

    expect(await countTold()).toEqual({ "inventory.stock.reserved": 50, "inventory.stock.rejected": 350 });
    expect(await stockLeft(["MUG-001", "POT-300", "TEA-100"])).toEqual([0, 0, 0]);
  });

  test("400 orders for any three of five products: no piece is sold twice, and none is refused that was there", async () => {
    await inventory.stock(Object.fromEntries(skus.map((sku) => [sku, 50])));
    await placeAtOnce(400, threeOf(skus));

    await expectExactStock(50);
    expect(Object.values(await countTold()).reduce((sum, count) => sum + count)).toBe(400);
    const left = new Map(skus.map((sku, index) => [sku, index]));
    const available = await stockLeft(skus);
    const refused = (await inventory.told()).filter(({ type }) => type === "inventory.stock.rejected");
    // Nothing was given back, so what was gone for a refused order is gone still.
    for (const { data } of refused) {
      const [first] = data.unavailableItems as { sku: string }[];
      expect(available[left.get(first?.sku ?? "") ?? -1]).toBe(0);
    }
  });
});

describe("SC-001, SC-003: whatever arrives at once, twice and in any order", () => {
  test("stock is what it was, less sales, less live reservations, and an order holds all of its items or none", async () => {
    const happening = fc.record({
      order: fc.nat(14),
      what: fc.constantFrom("created", "created", "confirmed", "cancelled", "expired"),
      copies: fc.integer({ min: 1, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 40, maxLength: 80 }), async (happenings) => {
        await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
        await inventory.stock(Object.fromEntries(skus.map((sku) => [sku, 5])));
        const orderIds = Array.from({ length: 15 }, () => randomUUID());
        const items = orderIds.map((_, index) => threeOf(skus)(index));
        const handle = (order: number, what: (typeof happenings)[number]["what"]) => {
          if (what === "expired") return expireAll();
          const orderId = orderIds[order] ?? "";
          const event =
            what === "created" ? orders.created(orderId, items[order] ?? []) : orders[what](orderId);
          return inventory.handle(event).catch(refuseAllButEarlyConfirmations);
        };

        await Promise.all(
          happenings.flatMap(({ order, what, copies }) =>
            Array.from({ length: copies }, () => handle(order, what)),
          ),
        );
        await expectExactStock(5);
        for (const [index, orderId] of orderIds.entries()) {
          const lines = (await inventory.reservationOf(orderId))?.lines ?? [];
          expect([0, items[index]?.length]).toContain(lines.length);
        }
      }),
      { numRuns: 15 },
    );
  });
});

async function placeAtOnce(count: number, itemsOf: (index: number) => readonly Line[]): Promise<void> {
  const created = Array.from({ length: count }, (_, index) => orders.created(randomUUID(), itemsOf(index)));
  // Each connection has always an order. More would wait for a connection, and on a slow machine longer than a pool lets anybody wait.
  const waiting = created.values();
  const work = async () => {
    for (const event of waiting) await inventory.handle(event);
  };
  await Promise.all(Array.from({ length: poolSize }, work));
}

async function expireAll(): Promise<void> {
  inventory.advance(16 * minuteMs);
  await releaseExpired(inventory);
}

function refuseAllButEarlyConfirmations(error: Error): void {
  if (!error.message.includes("is confirmed and has no reservation")) throw error;
}

function stockLeft(of: readonly string[]): Promise<number[]> {
  return Promise.all(of.map((sku) => inventory.available(sku)));
}

/** Each of the products had `initial` pieces. */
async function expectExactStock(initial: number): Promise<void> {
  const { rows } = await inventory.database.pool.query<{ sku: string; held: number }>(
    `SELECT sku, sum(quantity)::bigint AS held FROM reservation_lines JOIN reservations USING (reservation_id)
     WHERE status IN ('live', 'sold') GROUP BY sku`,
  );
  const held = new Map(rows.map((row) => [row.sku, row.held]));
  expect(await stockLeft(skus)).toEqual(skus.map((sku) => initial - (held.get(sku) ?? 0)));
}

async function countTold(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of await inventory.told()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The same for the same seed; other seeds give other orders of the entries. */
function shuffled<Entry>(entries: readonly Entry[], seed: number): Entry[] {
  const weights = entries.map((entry, index) => ({ entry, weight: ((seed + 1) * 7919 * (index + 3)) % 101 }));
  return weights.sort((a, b) => a.weight - b.weight).map(({ entry }) => entry);
}
