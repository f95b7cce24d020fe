import { randomUUID } from "node:crypto";
import { silentLog } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { releaseExpired, startReleasingExpired } from "../src/release-expired.ts";
import { type Inventory, minuteMs, openInventory, orders } from "./support/inventory.ts";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox");
  await inventory.stock({ "TEA-100": 1000 });
});

const items = [{ sku: "TEA-100", quantity: 2 }];

async function reservedOrders(count: number): Promise<string[]> {
  const orderIds = Array.from({ length: count }, () => randomUUID());
  await Promise.all(orderIds.map((orderId) => inventory.handle(orders.created(orderId, items))));
  await inventory.database.pool.query("TRUNCATE outbox");
  return orderIds;
}

describe("P7: Reservation Expiry", () => {
  test.each([
    { given: "15 minutes", afterMs: 15 * minuteMs, status: "live", available: 998 },
    {
      given: "a moment more than 15 minutes",
      afterMs: 15 * minuteMs + 1,
      status: "released",
      available: 1000,
    },
  ])("after $given a reservation is $status", async ({ afterMs, status, available }) => {
    const [orderId = ""] = await reservedOrders(1);
    inventory.advance(afterMs);
    await releaseExpired(inventory);
    expect(await inventory.reservationOf(orderId)).toMatchObject({ status });
    expect(await inventory.available("TEA-100")).toBe(available);
  });

  test("order-service hears what was released, and why", async () => {
    const [orderId = ""] = await reservedOrders(1);
    inventory.advance(16 * minuteMs);
    await releaseExpired(inventory);
    expect(await inventory.told()).toEqual([
      {
        type: "inventory.stock.released",
        data: {
          orderId,
          reservationId: (await inventory.reservationOf(orderId))?.reservationId,
          items,
          reason: "expired",
          releasedAt: inventory.clock().toISOString(),
        },
      },
    ]);
  });

  test("five instances release 250 reservations, each once", async () => {
    const orderIds = await reservedOrders(250);
    inventory.advance(16 * minuteMs);
    const counts = await Promise.all(Array.from({ length: 5 }, () => releaseExpired(inventory)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(250);
    expect(await inventory.available("TEA-100")).toBe(1000);
    const told = (await inventory.told()).map(({ data }) => data.orderId);
    expect(told.toSorted()).toEqual(orderIds.toSorted());
  });

  test("a service that runs releases by itself, also after the database failed", async () => {
    await reservedOrders(120);
    inventory.advance(16 * minuteMs);
    let refusals = 3;
    const worker = startReleasingExpired({
      ...inventory,
      database: {
        transaction: (work) =>
          refusals-- > 0
            ? Promise.reject(new Error("Connection terminated"))
            : inventory.database.transaction(work),
      },
      everyMs: 5,
      log: silentLog(),
    });
    await vi.waitFor(async () => expect(await inventory.available("TEA-100")).toBe(1000), 30_000);
    await worker.stop();
    expect(await inventory.told()).toHaveLength(120);
  });
});
