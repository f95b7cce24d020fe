import type { Database } from "@speckit/service-kit";
import { collectEvents } from "@speckit/service-kit/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Happening, OrderStatus } from "../../src/domain/order-status.ts";
import { findKeyHolder } from "../../src/store/idempotency-keys.ts";
import type { OrderTables } from "../../src/store/migrations.ts";
import { createOrderStore, type OrderStore } from "../../src/store/orders.ts";
import { findOrder } from "../../src/store/read-orders.ts";
import { ada, keyUse, newOrder, openShop, outbox, pendingOrder, reservationId } from "../support/shop.ts";

let database: Database<OrderTables>;
let orders: OrderStore;

beforeAll(async () => {
  ({ database, orders } = await openShop());
});
beforeEach(() => database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, outbox"));
afterAll(() => database.close());

const inTime = "2099-01-01T00:00:00Z";
const tooLate = "2020-01-01T00:00:00Z";
const reserved = (expiresAt = inTime): Happening => ({ kind: "stock-reserved", reservationId, expiresAt });
const short: Happening = { kind: "stock-rejected", reason: "insufficient-stock" };
const sold: Happening = { kind: "stock-rejected", reason: "reservation-expired" };
const released: Happening = { kind: "stock-released" };
const cancel: Happening = { kind: "customer-cancels" };

function happen(orderId: string, happening: Happening) {
  return database.transaction((trx) => orders.change(trx, orderId, happening));
}

async function statusOf(orderId: string): Promise<{ status: OrderStatus; reason: string | null }> {
  return database.db
    .selectFrom("orders")
    .select(["status", "reason"])
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
}

const typesOf = async () => (await collectEvents(database)).map(({ eventType }) => eventType);

describe("P1: Order Placement", () => {
  test("order, lines, key and event are stored together", async () => {
    const order = newOrder();
    const use = keyUse();

    expect(await orders.place(order, use)).toEqual({ orderId: order.orderId, bodyHash: use.bodyHash });

    expect(await findOrder(database.db, order.orderId)).toMatchObject({
      orderId: order.orderId,
      userId: ada.userId,
      status: "pending",
      reason: null,
      items: [
        { sku: "TEA-100", quantity: 2, unitPrice: 450 },
        { sku: "MUG-001", quantity: 1, unitPrice: 1200 },
      ],
      totalAmount: 2100,
      currency: "EUR",
      orderDate: order.orderDate,
      updatedAt: order.orderDate,
    });
    expect(await findKeyHolder(database.db, use)).toMatchObject({ orderId: order.orderId });
    expect(await collectEvents(database)).toMatchObject([
      {
        eventType: "order.created",
        data: {
          orderId: order.orderId,
          userId: ada.userId,
          customerEmail: ada.email,
          items: [
            { sku: "TEA-100", quantity: 2, unitPrice: 450 },
            { sku: "MUG-001", quantity: 1, unitPrice: 1200 },
          ],
          totalAmount: 2100,
          currency: "EUR",
          orderDate: "2026-11-23T10:10:00.000Z",
        },
      },
    ]);
  });

  test("Failure mode: Crash before the order was stored: what ends before the commit leaves nothing", async () => {
    const ending: Pick<Database<OrderTables>, "transaction" | "onCommit"> = {
      ...database,
      transaction: (work) =>
        database.transaction(async (trx) => {
          await work(trx);
          throw new Error("the process ended here");
        }),
    };
    const use = keyUse();
    const order = newOrder();

    await expect(createOrderStore({ database: ending, outbox }).place(order, use)).rejects.toThrow(
      "ended here",
    );

    expect(await findOrder(database.db, order.orderId)).toBeUndefined();
    expect(await findKeyHolder(database.db, use)).toBeUndefined();
    expect(await typesOf()).toEqual([]);
    // The client repeats with the same key.
    expect(await orders.place(order, use)).toMatchObject({ orderId: order.orderId });
  });

  test("Failure mode: Crash after the order was stored: its event was stored with it, for any relay to publish", async () => {
    await orders.place(newOrder(), keyUse());

    expect(await typesOf()).toEqual(["order.created"]);
  });

  test("the largest total that the contracts allow is kept exactly", async () => {
    const order = newOrder();
    const total = 1_000_000_000_000_000;
    const placement = {
      status: "pending",
      reason: null,
      lines: [{ sku: "GOLD-999", quantity: 100_000_000, unitPrice: 10_000_000 }],
      totalAmount: total,
      currency: "EUR",
    } as const;

    await orders.place({ ...order, placement }, keyUse());

    expect(await findOrder(database.db, order.orderId)).toMatchObject({
      totalAmount: total,
      items: placement.lines,
    });
    expect(await collectEvents(database)).toMatchObject([{ data: { totalAmount: total } }]);
  });
});

describe("P7: Unknown Product", () => {
  test.each([
    { sku: "TEA-999", reason: "unknown-sku", unitPrice: null },
    { sku: "CUP-US1", reason: "mixed-currencies", unitPrice: 900 },
  ])("an order with $sku is stored rejected, and only that is told", async ({ sku, reason, unitPrice }) => {
    const items = [
      { sku: "TEA-100", quantity: 1 },
      { sku, quantity: 1 },
    ];
    const order = newOrder({ items });

    await orders.place(order, keyUse({ items }));

    expect(await findOrder(database.db, order.orderId)).toMatchObject({
      status: "rejected",
      reason,
      totalAmount: null,
      currency: null,
      items: [
        { sku: "TEA-100", unitPrice: 450 },
        { sku, unitPrice },
      ],
    });
    expect(await collectEvents(database)).toMatchObject([
      { eventType: "order.rejected", data: { orderId: order.orderId, reason, customerEmail: ada.email } },
    ]);
  });
});

describe("how a pending order ends", () => {
  test.each([
    {
      scenario: "P3: Order Confirmation",
      happening: reserved(),
      ends: { status: "confirmed", reason: null },
      event: { eventType: "order.confirmed", data: { reservationId, customerEmail: ada.email } },
    },
    {
      scenario: "P4: Order Rejection",
      happening: short,
      ends: { status: "rejected", reason: "insufficient-stock" },
      event: { eventType: "order.rejected", data: { reason: "insufficient-stock" } },
    },
    {
      scenario: "P4: Order Rejection",
      happening: released,
      ends: { status: "rejected", reason: "reservation-expired" },
      event: { eventType: "order.rejected", data: { reason: "reservation-expired" } },
    },
    {
      scenario: "P5: Order Cancellation",
      happening: cancel,
      ends: { status: "cancelled", reason: "cancelled-by-customer" },
      event: { eventType: "order.cancelled", data: { reason: "cancelled-by-customer" } },
    },
  ])("$scenario: $happening.kind ends it and is told once", async ({ happening, ends, event }) => {
    const orderId = await pendingOrder({ database, orders });

    await happen(orderId, happening);
    await happen(orderId, happening);

    expect(await statusOf(orderId)).toEqual(ends);
    expect(await collectEvents(database)).toMatchObject([{ ...event, data: { ...event.data, orderId } }]);
  });

  test("P9: Lost Reservation: a confirmed order whose stock is lost is cancelled, and that is told", async () => {
    const orderId = await pendingOrder({ database, orders });

    await happen(orderId, reserved());
    await happen(orderId, sold);
    await happen(orderId, sold);

    expect(await statusOf(orderId)).toEqual({ status: "cancelled", reason: "stock-lost" });
    expect(await collectEvents(database)).toMatchObject([
      { eventType: "order.confirmed" },
      { eventType: "order.cancelled", data: { reason: "stock-lost", customerEmail: ada.email } },
    ]);
  });

  test("Failure mode: Reservation reported too late: the order stays pending until the release is reported", async () => {
    const orderId = await pendingOrder({ database, orders });

    await happen(orderId, reserved(tooLate));
    expect(await statusOf(orderId)).toEqual({ status: "pending", reason: null });
    await happen(orderId, released);

    expect(await statusOf(orderId)).toEqual({ status: "rejected", reason: "reservation-expired" });
    expect(await typesOf()).toEqual(["order.rejected"]);
  });

  test("Failure mode: Events out of order: a reservation reported after its release changes nothing", async () => {
    const orderId = await pendingOrder({ database, orders });

    await happen(orderId, released);
    await happen(orderId, reserved());

    expect(await statusOf(orderId)).toEqual({ status: "rejected", reason: "reservation-expired" });
    expect(await typesOf()).toEqual(["order.rejected"]);
  });

  test("of many orders each takes its step, also where two things happened to one", async () => {
    const [first = "", second = "", third = ""] = await Promise.all(
      Array.from({ length: 3 }, () => pendingOrder({ database, orders })),
    );
    const lost: Happening = { kind: "stock-rejected", reason: "reservation-expired" };
    const taken = await database.transaction((trx) =>
      orders.changeMany(trx, [
        { orderId: first, happening: reserved() },
        { orderId: second, happening: short },
        { orderId: first, happening: lost },
        { orderId: third, happening: reserved(tooLate) },
        { orderId: second, happening: reserved() },
      ]),
    );
    const steps = (orderId: string) =>
      taken.filter(({ owner }) => owner.orderId === orderId).map(({ step }) => step.to);
    expect([first, second, third].map(steps)).toEqual([["confirmed", "cancelled"], ["rejected"], []]);
    expect(await statusOf(first)).toEqual({ status: "cancelled", reason: "stock-lost" });
  });

  test("an id in capital letters names the same order", async () => {
    const orderId = await pendingOrder({ database, orders });

    expect(await happen(orderId.toUpperCase(), reserved())).toMatchObject({ to: "confirmed" });
    expect(await typesOf()).toEqual(["order.confirmed"]);
  });

  test("an order that nobody stored is not changed", async () => {
    expect(await happen("7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f", reserved())).toBeUndefined();
    expect(await typesOf()).toEqual([]);
  });

  test("a change that is rolled back is neither told nor counted", async () => {
    const counted: OrderStatus[] = [];
    const counting = createOrderStore({ database, outbox, count: (status) => counted.push(status) });
    const order = newOrder();
    await counting.place(order, keyUse());

    const failing = database.transaction(async (trx) => {
      await counting.change(trx, order.orderId, reserved());
      throw new Error("the inbox was full");
    });
    await expect(failing).rejects.toThrow("the inbox was full");
    await database.transaction((trx) => counting.change(trx, order.orderId, short));

    expect(counted).toEqual(["pending", "rejected"]);
    expect(await typesOf()).toEqual(["order.created", "order.rejected"]);
  });
});

describe("changes at the same moment", () => {
  test("Failure mode: Cancellation against confirmation: one holds, and only that one is told", async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, () => pendingOrder({ database, orders })));
    await database.pool.query("DELETE FROM outbox");

    const steps = await Promise.all(
      ids.map((orderId) =>
        Promise.all([cancel, reserved(), cancel, reserved()].map((it) => happen(orderId, it))),
      ),
    );

    for (const taken of steps) expect(taken.filter(Boolean)).toHaveLength(1);
    const events = await collectEvents(database);
    expect(new Set(events.map(({ data }) => data.orderId)).size).toBe(ids.length);
    expect(events).toHaveLength(ids.length);
  });

  test("whatever happens at once, in any number, each order ends in one settled status and its events tell the way there", async () => {
    const anyStory = fc.array(fc.constantFrom(reserved(), reserved(tooLate), short, sold, released, cancel), {
      minLength: 1,
      maxLength: 8,
    });
    const ways = [
      "order.confirmed",
      "order.rejected",
      "order.cancelled",
      "order.confirmed>order.cancelled",
      "",
    ];
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const orderId = await pendingOrder({ database, orders });
        await Promise.all(story.map((happening) => happen(orderId, happening)));

        const way = await typesOf();
        const { status } = await statusOf(orderId);
        expect(ways).toContain(way.join(">"));
        expect(`order.${status}`).toBe(way.at(-1) ?? "order.pending");
      }),
      { numRuns: 40 },
    );
  });
});
