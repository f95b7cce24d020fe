import { randomUUID } from "node:crypto";
import { type Bus, type Envelope, startConsumers, startRelay, topicOf } from "@speckit/service-kit";
import { silentLog, testBus, testMetrics } from "@speckit/service-kit/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { inventoryConsumers } from "../src/app.ts";
import { contracts, type Inventory, openInventory, orders } from "./support/inventory.ts";

const items = [{ sku: "TEA-100", quantity: 2 }];
const soon = { timeout: 20_000, interval: 20 };

let inventory: Inventory;
let bus: Bus;
let received: Envelope<Record<string, unknown>>[] = [];
let running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products, reservations, reservation_lines, outbox, inbox");
  await inventory.stock({ "TEA-100": 10 });
  bus = await testBus({ topology: contracts.topology, retryDelaysMs: [5, 5, 5] });
  received = [];
  await bus.subscribe({
    consumer: "order-service",
    concurrency: 1,
    handle: async ({ body }) => void received.push(body as (typeof received)[number]),
  });
});
afterEach(async () => {
  for (const part of running) await part.stop();
  running = [];
  await bus.close();
});

const parts = { service: "inventory-service", log: silentLog(), metrics: testMetrics() };

async function consume(): Promise<void> {
  const { database } = inventory;
  const consumers = inventoryConsumers(inventory);
  running.push(
    await startConsumers({ ...parts, metrics: testMetrics(), database, bus, contracts, consumers }),
  );
}

function relay(through: Pick<Bus, "publish"> = bus): void {
  running.push(startRelay({ ...parts, metrics: testMetrics(), database: inventory.database, bus: through }));
}

async function publish(...events: readonly Envelope[]): Promise<void> {
  await bus.publish(
    events.map((event) => ({ id: event.eventId, topic: topicOf(event.eventType), body: event, headers: {} })),
  );
}

const deadLetters = () => bus.deadLetters.list("inventory-service");
const allHandled = async () => {
  const depths = await bus.depths();
  expect(depths.find(({ consumer }) => consumer === "inventory-service")?.waiting).toBe(0);
};

test.each([
  { line: "Error handling: order.created", what: "created", status: "live" },
  { line: "Error handling: order.confirmed", what: "confirmed", status: "sold" },
  { line: "Error handling: order.cancelled", what: "cancelled", status: "released" },
] as const)("$line: tried three more times, then in the dead-letter queue, from where it can be replayed", async ({
  what,
  status,
}) => {
  const orderId = randomUUID();
  if (what !== "created") await inventory.handle(orders.created(orderId, items));
  await inventory.database.pool.query("ALTER TABLE reservations RENAME TO reservations_away");
  await consume();
  const event = what === "created" ? orders.created(orderId, items) : orders[what](orderId);
  await publish(event);
  await vi.waitFor(async () => expect(await deadLetters()).toHaveLength(1), soon);
  expect(await deadLetters()).toMatchObject([
    { id: event.eventId, attempts: 4, reason: expect.stringContaining("reservations") },
  ]);

  await inventory.database.pool.query("ALTER TABLE reservations_away RENAME TO reservations");
  expect(await bus.deadLetters.replay("inventory-service", event.eventId)).toBe(1);
  await vi.waitFor(
    async () => expect(await inventory.reservationOf(orderId)).toMatchObject({ status }),
    soon,
  );
  expect(await deadLetters()).toEqual([]);
});

describe("Failure mode: Poison message", () => {
  test.each([
    { given: "no items", change: { items: [] }, reason: "/data/items" },
    {
      given: "a quantity below one",
      change: { items: [{ ...items[0], quantity: 0, unitPrice: 1 }] },
      reason: "/quantity",
    },
    { given: "an order id that is none", change: { orderId: "7" }, reason: "/data/orderId" },
  ])("with $given it goes to the dead-letter queue at once, with the reason", async ({ change, reason }) => {
    const event = orders.created(randomUUID(), items);
    const poison = { ...event, data: { ...event.data, ...change } };
    await consume();
    await publish(poison);
    await vi.waitFor(async () => expect(await deadLetters()).toHaveLength(1), soon);
    const [letter] = await deadLetters();
    expect(letter).toMatchObject({ id: event.eventId, attempts: 1 });
    expect(letter?.reason).toContain(reason);
    expect(await inventory.available("TEA-100")).toBe(10);
  });
});

describe("Failure mode: Event delivered twice", () => {
  test("the order has one reservation, and order-service hears of it once", async () => {
    const orderId = randomUUID();
    const event = orders.created(orderId, items);
    await consume();
    relay();
    await publish(event, event, event);
    await vi.waitFor(() => expect(received).toHaveLength(1), soon);
    await vi.waitFor(allHandled, soon);
    expect(await inventory.available("TEA-100")).toBe(8);
    expect(received.map(({ data }) => data.orderId)).toEqual([orderId]);
  });
});

test("Failure mode: Crash after reserving: what was stored with the reservation goes out after the restart", async () => {
  const orderId = randomUUID();
  await inventory.handle(orders.created(orderId, items));
  expect(received).toEqual([]);
  relay();
  await vi.waitFor(() => expect(received).toHaveLength(1), soon);
  expect(received).toMatchObject([{ eventType: "inventory.stock.reserved", data: { orderId, items } }]);
  await vi.waitFor(async () => expect(await inventory.told()).toEqual([]), soon);
});

test("Failure mode: Message bus down: reservations stay, and the answers go out when the bus is back", async () => {
  const orderIds = [randomUUID(), randomUUID()];
  let isDown = true;
  let refusals = 0;
  relay({
    async publish(messages) {
      if (isDown) {
        refusals++;
        throw new Error("The bus does not answer.");
      }
      await bus.publish(messages);
    },
  });
  for (const orderId of orderIds) await inventory.handle(orders.created(orderId, items));
  await vi.waitFor(() => expect(refusals).toBeGreaterThan(0), soon);
  expect(await inventory.reservationOf(orderIds[0] ?? "")).toMatchObject({ status: "live" });

  isDown = false;
  await vi.waitFor(() => expect(received).toHaveLength(2), soon);
  expect(received.map(({ data }) => data.orderId)).toEqual(orderIds);
});
