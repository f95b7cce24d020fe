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
  await inventory.stock({ "TEA-100": 10 });
});

const items = [{ sku: "TEA-100", quantity: 2 }];

describe("P6: Cancelled Order", () => {
  test("what a live reservation holds is available again, and order-service hears of it", async () => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, items));
    await inventory.handle(orders.cancelled(orderId));

    const reservation = await inventory.reservationOf(orderId);
    expect(reservation).toMatchObject({ status: "released", lines: items });
    expect(await inventory.available("TEA-100")).toBe(10);
    expect((await inventory.told()).at(-1)).toEqual({
      type: "inventory.stock.released",
      data: {
        orderId,
        reservationId: reservation?.reservationId,
        items,
        reason: "cancelled",
        releasedAt: inventory.clock().toISOString(),
      },
    });
  });
});

describe("Failure mode: Cancellation before the order", () => {
  test("it is remembered, and nothing is ever reserved for the order", async () => {
    const orderId = randomUUID();
    await inventory.handle(orders.cancelled(orderId));
    await inventory.handle(orders.created(orderId, items));
    expect(await inventory.reservationOf(orderId)).toMatchObject({
      status: "released",
      lines: [],
      expiresAt: null,
    });
    expect(await inventory.available("TEA-100")).toBe(10);
    expect(await inventory.told()).toEqual([]);
  });

  test("a hundred orders whose cancellation arrives at the same moment leave nothing reserved", async () => {
    await inventory.stock({ "TEA-100": 1000 });
    const orderIds = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(
      orderIds.flatMap((orderId) => [
        inventory.handle(orders.created(orderId, items)),
        inventory.handle(orders.cancelled(orderId)),
      ]),
    );
    expect(await inventory.available("TEA-100")).toBe(1000);
    const types = (await inventory.told()).map(({ type }) => type);
    const counts = (type: string) => types.filter((one) => one === type).length;
    expect(counts("inventory.stock.released")).toBe(counts("inventory.stock.reserved"));
  });
});

describe("Idempotency: order.cancelled: a reservation that is not live stays as it is", () => {
  test.each([
    { given: "released", before: ["cancelled"], available: 10 },
    { given: "sold", before: ["confirmed"], available: 8 },
  ] as const)("when it is $given", async ({ before, available }) => {
    const orderId = randomUUID();
    await inventory.handle(orders.created(orderId, items));
    for (const event of before) await inventory.handle(orders[event](orderId));
    const reservation = await inventory.reservationOf(orderId);
    const told = await inventory.told();

    await inventory.handle(orders.cancelled(orderId));
    expect(await inventory.reservationOf(orderId)).toEqual(reservation);
    expect(await inventory.told()).toEqual(told);
    expect(await inventory.available("TEA-100")).toBe(available);
  });
});
