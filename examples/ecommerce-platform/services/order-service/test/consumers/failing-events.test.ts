import { type Bus, type Database, type Envelope, startConsumers, topicOf } from "@speckit/service-kit";
import { silentLog, testBus, testMetrics } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { orderConsumers } from "../../src/app.ts";
import type { OrderTables } from "../../src/store/migrations.ts";
import type { OrderStore } from "../../src/store/orders.ts";
import { findOrder } from "../../src/store/read-orders.ts";
import { type ConsumedEvent, event } from "../support/events.ts";
import { ada, contracts, openShop, pendingOrder } from "../support/shop.ts";

let database: Database<OrderTables>;
let orders: OrderStore;
let bus: Bus;
let running: { stop(): Promise<void> };

beforeAll(async () => {
  ({ database, orders } = await openShop());
  bus = await testBus({ topology: contracts.topology, retryDelaysMs: [1, 1, 1] });
  running = await startConsumers({
    service: "order-service",
    database,
    bus,
    contracts,
    consumers: orderConsumers(orders),
    log: silentLog(),
    metrics: testMetrics(),
  });
});
afterAll(async () => {
  await running.stop();
  await bus.close();
  await database.close();
});

const waiting = { timeout: 30_000, interval: 20 };

async function publish(envelope: Envelope): Promise<void> {
  const { eventId: id, eventType } = envelope;
  await bus.publish([{ id, topic: topicOf(eventType), body: envelope, headers: {} }]);
}

async function deadLetterOf({ eventId }: Envelope) {
  const letters = await bus.deadLetters.list("order-service");
  return letters.find(({ id }) => id === eventId);
}

/** Takes a table away, as a half-done migration or a wrong hand would, and gives it back. */
async function without(table: "orders" | "user_cache", work: () => Promise<void>): Promise<void> {
  await database.pool.query(`ALTER TABLE ${table} RENAME TO away`);
  try {
    await work();
  } finally {
    await database.pool.query(`ALTER TABLE away RENAME TO ${table}`);
  }
}

const statusOf = async (orderId: string) => (await findOrder(database.db, orderId))?.status;
const nameOf = async () =>
  (await database.db.selectFrom("user_cache").select("last_name").executeTakeFirst())?.last_name;

const cases: readonly {
  line: string;
  type: ConsumedEvent;
  table: "orders" | "user_cache";
  effect: string;
}[] = [
  {
    line: "Error handling: user.profile.created",
    type: "user.profile.created",
    table: "user_cache",
    effect: "Byron",
  },
  {
    line: "Error handling: user.profile.updated",
    type: "user.profile.updated",
    table: "user_cache",
    effect: "Lovelace",
  },
  {
    line: "Error handling: inventory.stock.reserved",
    type: "inventory.stock.reserved",
    table: "orders",
    effect: "confirmed",
  },
  {
    line: "Error handling: inventory.stock.rejected",
    type: "inventory.stock.rejected",
    table: "orders",
    effect: "rejected",
  },
  {
    line: "Error handling: inventory.stock.released",
    type: "inventory.stock.released",
    table: "orders",
    effect: "rejected",
  },
];

describe.each(cases.map((it) => [it.line, it] as const))("%s", (_, { type, table, effect }) => {
  test("is tried three more times, then stands in the dead-letter queue, and has its effect once replayed", async () => {
    const orderId = await pendingOrder({ database, orders });
    const failing = event(type, table === "orders" ? { orderId } : {});

    await without(table, async () => {
      await publish(failing);
      await vi.waitFor(
        async () => expect(await deadLetterOf(failing)).toMatchObject({ attempts: 4 }),
        waiting,
      );
    });
    expect(await bus.deadLetters.replay("order-service", failing.eventId)).toBe(1);

    await vi.waitFor(
      async () => expect(table === "orders" ? await statusOf(orderId) : await nameOf()).toBe(effect),
      waiting,
    );
    expect(await deadLetterOf(failing)).toBeUndefined();
  });
});

describe("Failure mode: Poison message", () => {
  test.each([
    { type: "user.profile.created", wrong: { userId: ada.email }, place: "/data/userId" },
    { type: "user.profile.updated", wrong: { profileVersion: 0 }, place: "/data/profileVersion" },
    { type: "inventory.stock.reserved", wrong: { expiresAt: "soon" }, place: "/data/expiresAt" },
    { type: "inventory.stock.rejected", wrong: { reason: "no idea" }, place: "/data/reason" },
    { type: "inventory.stock.released", wrong: { items: [] }, place: "/data/items" },
  ] as const)("$type against its contract goes there at once, with the reason", async ({
    type,
    wrong,
    place,
  }) => {
    const poison = event(type, wrong);

    await publish(poison);

    await vi.waitFor(
      async () =>
        expect(await deadLetterOf(poison)).toMatchObject({
          attempts: 1,
          reason: expect.stringContaining(place),
        }),
      waiting,
    );
  });
});
