import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Inventory, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
  await inventory.stock({ "TEA-100": 10, "MUG-001": 5 });
});

const tea = (quantity: number) => ({ sku: "TEA-100", quantity });
const mug = (quantity: number) => ({ sku: "MUG-001", quantity });

describe("P3: Stock Reservation", () => {
  test("all items are held for 15 minutes, and order-service hears of it", async () => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, [tea(2), mug(5)]));

    const reservation = await inventory.reservationOf(orderId);
    const items = [mug(5), tea(2)];
    expect(reservation).toMatchObject({ status: "live", lines: items });
    expect(reservation?.expiresAt).toEqual(new Date(inventory.clock().getTime() + 15 * 60_000));
    expect([await inventory.available("TEA-100"), await inventory.available("MUG-001")]).toEqual([8, 0]);
    expect(await inventory.told()).toEqual([
      {
        type: "inventory.stock.reserved",
        data: {
          orderId,
          reservationId: reservation?.reservationId,
          items,
          expiresAt: reservation?.expiresAt?.toISOString(),
        },
      },
    ]);
  });

  test("a sku that stands on two lines is taken once with their sum", async () => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, [tea(2), tea(3)]));
    expect((await inventory.reservationOf(orderId))?.lines).toEqual([tea(5)]);
    expect(await inventory.available("TEA-100")).toBe(5);
  });
});

describe("P4: Insufficient Stock", () => {
  test.each([
    {
      given: "one item is short",
      items: [tea(2), mug(6)],
      reason: "insufficient-stock",
      unavailableItems: [{ sku: "MUG-001", requested: 6, available: 5 }],
    },
    {
      given: "two lines of a sku are short together",
      items: [tea(6), tea(5)],
      reason: "insufficient-stock",
      unavailableItems: [{ sku: "TEA-100", requested: 11, available: 10 }],
    },
    {
      given: "an item is unknown",
      items: [tea(2), { sku: "CUP-404", quantity: 1 }],
      reason: "unknown-sku",
      unavailableItems: [{ sku: "CUP-404", requested: 1, available: 0 }],
    },
    {
      given: "all items are unknown",
      items: [{ sku: "CUP-404", quantity: 1 }],
      reason: "unknown-sku",
      unavailableItems: [{ sku: "CUP-404", requested: 1, available: 0 }],
    },
  ])("when $given, nothing is reserved and the items are named", async ({
    items,
    reason,
    unavailableItems,
  }) => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, items));

    expect(await inventory.reservationOf(orderId)).toMatchObject({
      status: "rejected",
      lines: [],
      expiresAt: null,
    });
    expect([await inventory.available("TEA-100"), await inventory.available("MUG-001")]).toEqual([10, 5]);
    expect(await inventory.told()).toEqual([
      { type: "inventory.stock.rejected", data: { orderId, reason, unavailableItems } },
    ]);
  });
});

describe("Idempotency: order.created: an order that has a reservation is left alone", () => {
  test.each([
    { given: "live", before: [] },
    { given: "sold", before: ["confirmed"] },
    { given: "released", before: ["cancelled"] },
  ] as const)("when it is $given", async ({ before }) => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, [tea(2)]));
    for (const event of before) await inventory.handle(orders[event](orderId));
    const reservation = await inventory.reservationOf(orderId);
    const told = await inventory.told();
    const available = await inventory.available("TEA-100");

    await inventory.handle(orders.created(orderId, [tea(2)]));
    expect(await inventory.reservationOf(orderId)).toEqual(reservation);
    expect(await inventory.told()).toEqual(told);
    expect(await inventory.available("TEA-100")).toBe(available);
  });

  test("when it was rejected, although there is stock now", async () => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, [mug(6)]));
    await inventory.stock({ "MUG-001": 6 });
    await inventory.handle(orders.created(orderId, [mug(6)]));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "rejected" });
    expect(await inventory.told()).toHaveLength(1);
  });

  test("when ten deliveries of it arrive at once", async () => {
    const orderId = randomUUID();
    const deliveries = Array.from({ length: 10 }, () => orders.created(orderId, [tea(2)]));
    await Promise.all(deliveries.map((delivery) => inventory.handle(delivery)));
    expect(await inventory.available("TEA-100")).toBe(8);
    expect(await inventory.told()).toHaveLength(1);
  });
});

describe("Failure mode: Crash while reserving", () => {
  test("without the event there is no reservation and no stock is taken; the next delivery does both", async () => {
    const orderId = randomUUID();
    await inventory.database.pool.query("ALTER TABLE outbox RENAME TO outbox_away");
    await expect(inventory.handle(orders.created(orderId, [tea(2)]))).rejects.toThrow("outbox");
    await inventory.database.pool.query("ALTER TABLE outbox_away RENAME TO outbox");
    expect(await inventory.reservationOf(orderId)).toBeUndefined();
    expect(await inventory.available("TEA-100")).toBe(10);

    await inventory.handle(orders.created(orderId, [tea(2)]));
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status: "live" });
    expect(await inventory.available("TEA-100")).toBe(8);
  });
});

test("two instances that each reserve for several orders at once wait for each other, and never both", async () => {
  await inventory.stock({ "TEA-100": 1_000, "MUG-001": 1_000 });
  const several = (first: typeof tea, second: typeof tea) =>
    inventory.handleTogether([
      orders.created(randomUUID(), [first(1)]),
      orders.created(randomUUID(), [second(1)]),
    ]);
  for (let round = 0; round < 25; round++) await Promise.all([several(tea, mug), several(mug, tea)]);
  expect([await inventory.available("TEA-100"), await inventory.available("MUG-001")]).toEqual([950, 950]);
});
