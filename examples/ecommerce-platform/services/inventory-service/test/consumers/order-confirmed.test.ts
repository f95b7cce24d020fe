import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { releaseExpired } from "../../src/release-expired.ts";
import { type Inventory, minuteMs, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
  await inventory.stock({ "TEA-100": 10, "MUG-001": 5 });
});

const items = [
  { sku: "MUG-001", quantity: 5 },
  { sku: "TEA-100", quantity: 2 },
];

async function reservedOrder(): Promise<string> {
  const orderId = randomUUID();
  await inventory.handle(orders.created(orderId, items));
  await inventory.database.pool.query("TRUNCATE outbox");
  return orderId;
}

async function expiredOrder(): Promise<string> {
  const orderId = await reservedOrder();
  inventory.advance(15 * minuteMs + 1);
  await releaseExpired(inventory);
  await inventory.database.pool.query("TRUNCATE outbox");
  return orderId;
}

describe("P5: Reservation To Sale", () => {
  test("a live reservation is sold and never expires", async () => {
    const orderId = await reservedOrder();
    await inventory.handle(orders.confirmed(orderId));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "sold", lines: items });

    inventory.advance(60 * minuteMs);
    expect(await releaseExpired(inventory)).toBe(0);
    expect(await inventory.available("TEA-100")).toBe(8);
    expect(await inventory.told()).toEqual([]);
  });
});

describe("P9: Late Confirmation", () => {
  test("what was released is taken again and sold", async () => {
    const orderId = await expiredOrder();
    expect(await inventory.available("MUG-001")).toBe(5);
    await inventory.handle(orders.confirmed(orderId));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "sold", lines: items });
    expect([await inventory.available("MUG-001"), await inventory.available("TEA-100")]).toEqual([0, 8]);
    expect(await inventory.told()).toEqual([]);
  });

  test("when one item is sold since, nothing is taken and order-service hears reservation-expired", async () => {
    const orderId = await expiredOrder();
    await inventory.stock({ "MUG-001": 4 });
    await inventory.handle(orders.confirmed(orderId));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "rejected" });
    expect([await inventory.available("MUG-001"), await inventory.available("TEA-100")]).toEqual([4, 10]);
    expect(await inventory.told()).toEqual([
      {
        type: "inventory.stock.rejected",
        data: {
          orderId,
          reason: "reservation-expired",
          unavailableItems: [{ sku: "MUG-001", requested: 5, available: 4 }],
        },
      },
    ]);
  });
});

describe("Idempotency: order.confirmed", () => {
  test("a reservation that is sold stays as it is", async () => {
    const orderId = await reservedOrder();
    await inventory.handle(orders.confirmed(orderId));
    const sold = await inventory.reservationOf(orderId);
    inventory.advance(minuteMs);
    await inventory.handle(orders.confirmed(orderId));
    expect(await inventory.reservationOf(orderId)).toEqual(sold);
    expect(await inventory.available("TEA-100")).toBe(8);
  });

  test("one that was refused after its expiry stays as it is, although there is stock again", async () => {
    const orderId = await expiredOrder();
    await inventory.stock({ "MUG-001": 4 });
    await inventory.handle(orders.confirmed(orderId));
    await inventory.stock({ "MUG-001": 5 });
    await inventory.handle(orders.confirmed(orderId));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "rejected" });
    expect(await inventory.available("MUG-001")).toBe(5);
    expect(await inventory.told()).toHaveLength(1);
  });
});

test("Failure mode: Confirmation without a reservation: it is refused, so that somebody looks at it", async () => {
  const orderId = randomUUID();
  await expect(inventory.handle(orders.confirmed(orderId))).rejects.toThrow(
    `Order ${orderId} is confirmed and has no reservation.`,
  );
});

describe("Failure mode: Confirmation and expiry at the same moment", () => {
  test("fifty times: each order is sold once, and its stock is taken once", async () => {
    await inventory.stock({ "TEA-100": 1000, "MUG-001": 1000 });
    const orderIds = await Promise.all(Array.from({ length: 50 }, reservedOrder));
    inventory.advance(15 * minuteMs + 1);
    await Promise.all([
      ...orderIds.map((orderId) => inventory.handle(orders.confirmed(orderId))),
      releaseExpired(inventory),
      releaseExpired(inventory),
    ]);
    // Who came too late for the reservation took the stock again; what is released stays so.
    await releaseExpired(inventory);
    const statuses = await Promise.all(orderIds.map((orderId) => inventory.reservationOf(orderId)));
    expect(new Set(statuses.map((reservation) => reservation?.status))).toEqual(new Set(["sold"]));
    expect(await inventory.available("TEA-100")).toBe(1000 - 50 * 2);
  });
});
