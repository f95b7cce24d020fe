import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { releaseExpired } from "../src/release-expired.ts";
import { type Inventory, minuteMs, openInventory, orders } from "./support/inventory.ts";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
  await inventory.stock({ "TEA-100": 1000, "MUG-001": 1000 });
});

const tea = [{ sku: "TEA-100", quantity: 1 }];
const mug = [{ sku: "MUG-001", quantity: 1 }];

async function reserved(items: typeof tea): Promise<string> {
  const orderId = randomUUID();
  await inventory.handle(orders.created(orderId, items));
  return orderId;
}

test("whatever one transaction changes together, two never wait for each other in a circle", async () => {
  for (let round = 0; round < 10; round++) {
    const [first, second, third] = [await reserved(tea), await reserved(mug), await reserved(tea)];
    inventory.advance(16 * minuteMs);
    // What comes together came in any order: each of these begins with what another ends with.
    await Promise.all([
      inventory.handleTogether([
        orders.created(randomUUID(), tea),
        orders.confirmed(first),
        orders.cancelled(second),
      ]),
      inventory.handleTogether([
        orders.cancelled(third),
        orders.created(randomUUID(), mug),
        orders.confirmed(second),
      ]),
      inventory.handleTogether([
        orders.created(randomUUID(), mug),
        orders.cancelled(first),
        orders.created(randomUUID(), tea),
      ]),
      releaseExpired(inventory),
    ]);
  }
  const { rows } = await inventory.database.pool.query(`
    SELECT sku, available + (
      SELECT count(*) FROM reservation_lines JOIN reservations USING (reservation_id)
      WHERE reservation_lines.sku = products.sku AND status IN ('live', 'sold')) AS pieces
    FROM products ORDER BY sku`);
  expect(rows.map(({ pieces }) => Number(pieces))).toEqual([1000, 1000]);
});
