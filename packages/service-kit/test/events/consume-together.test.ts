import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Arrival, consume } from "../../src/events/consume.ts";
import { gather } from "../../src/events/gather.ts";
import { correlation, createOutbox, type Database, type EventConsumer } from "../../src/index.ts";
import { testDatabase } from "../../src/testing/index.ts";
import { contracts, envelope, migrations, orderCreated, type Tables } from "./market.ts";

let database: Database<Tables>;
const outbox = createOutbox({ contracts, service: "order-service" });

beforeAll(async () => {
  database = await testDatabase<Tables>(migrations);
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM inbox; DELETE FROM outbox; DELETE FROM seen");
});
afterAll(() => database.close());

const bad = "00000000-0000-4000-8000-00000000bad0";
const orderIds = ["1", "2", "3"].map((end) => `7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6${end}`);

/** Notes orders with the transaction that did so, except one. */
function noting(
  more: Partial<EventConsumer<Tables>> = {},
): EventConsumer<Tables> & { transactions: string[] } {
  const transactions: string[] = [];
  return {
    transactions,
    eventType: "order.created",
    async handle({ data }, trx) {
      const { orderId } = data as { orderId: string };
      if (orderId === bad) throw new Error("the order cannot be read");
      await trx.insertInto("seen").values({ order_id: orderId }).execute();
      transactions.push(correlation.current().requestId ?? "");
    },
    ...more,
  };
}

function arrivals(
  consumer: EventConsumer<Tables>,
  ids: readonly string[],
  eventIds: readonly string[] = ids.map(() => randomUUID()),
): Arrival<Tables>[] {
  return ids.map((orderId, index) => ({
    consumer,
    event: envelope(orderCreated(orderId), eventIds[index]),
    correlation: { requestId: `req-${index}` },
  }));
}

async function seen(): Promise<string[]> {
  const { rows } = await database.pool.query<{ order_id: string }>("SELECT order_id FROM seen ORDER BY 1");
  return rows.map(({ order_id }) => order_id);
}

async function commits(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const forget = database.onCommit(() => count++);
  await work();
  forget();
  return count;
}

test("events that wait are handled in order, in one transaction, each under the ids of its request", async () => {
  const consumer = noting();
  expect(await commits(() => consume("inventory-service", database, arrivals(consumer, orderIds)))).toBe(1);
  expect(await seen()).toEqual(orderIds);
  expect(consumer.transactions).toEqual(["req-0", "req-1", "req-2"]);
});

test("one that fails takes nothing from the others", async () => {
  const [first = "", second = ""] = orderIds;
  const results = await consume("inventory-service", database, arrivals(noting(), [first, bad, second]));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await seen()).toEqual([first, second]);
});

test("copies of one event in one transaction have one effect, also with its id in capitals", async () => {
  const [first = ""] = orderIds;
  const eventId = randomUUID();
  const copies = arrivals(noting(), [first, first, first], [eventId.toUpperCase(), eventId, eventId]);
  const results = await consume("inventory-service", database, copies);
  expect(results).toEqual(
    ["done", "duplicate", "duplicate"].map((value) => ({ status: "fulfilled", value })),
  );
  expect(await seen()).toEqual([first]);
});

test("a consumer is told of all that comes in one transaction before it handles the first, and given what it prepared", async () => {
  const told: string[][] = [];
  const given: unknown[] = [];
  const consumer = noting({
    async prepare(events) {
      told.push(events.map(({ data }) => (data as { orderId: string }).orderId));
      return told.length;
    },
    async handle(_event, _trx, prepared) {
      given.push(prepared);
    },
  });
  await consume("inventory-service", database, arrivals(consumer, orderIds));
  expect(told).toEqual([orderIds]);
  expect(given).toEqual([1, 1, 1]);
});

test("what they tell is stored together, each under the ids of its request, and only with what they did", async () => {
  const telling = (fails: string) =>
    noting({
      async handle({ data }, trx) {
        const { orderId } = data as { orderId: string };
        await outbox.add(trx, [orderCreated(orderId)]);
        if (orderId === fails) throw new Error("the order cannot be read");
      },
    });
  const [first = "", second = "", third = ""] = orderIds;
  await consume("inventory-service", database, arrivals(telling(""), [first, second]));
  await consume("inventory-service", database, arrivals(telling(second), [second, third]));
  const { rows } = await database.pool.query<{ headers: string; body: string }>(
    "SELECT headers, body FROM outbox ORDER BY id",
  );
  expect(rows.map(({ headers, body }) => [JSON.parse(headers), JSON.parse(body).data.orderId])).toEqual([
    [{ "x-request-id": "req-0" }, first],
    [{ "x-request-id": "req-1" }, second],
    [{ "x-request-id": "req-1" }, third],
  ]);
});

test("what arrives while work is under way goes together into the next call, in order and at most so many", async () => {
  const calls: number[][] = [];
  const double = gather<number, number>(
    async (items) => {
      calls.push([...items]);
      await new Promise((resolve) => setImmediate(resolve));
      return items.map((item) =>
        item === 13 ? { status: "rejected", reason: "unlucky" } : { status: "fulfilled", value: 2 * item },
      );
    },
    { most: 3 },
  );
  const first = double(1);
  await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(undefined))));
  const rest = Promise.allSettled([2, 13, 4, 5].map(double));
  expect(await first).toBe(2);
  expect(await rest).toEqual([
    { status: "fulfilled", value: 4 },
    { status: "rejected", reason: "unlucky" },
    { status: "fulfilled", value: 8 },
    { status: "fulfilled", value: 10 },
  ]);
  expect(calls).toEqual([[1], [2, 13, 4], [5]]);
});

test("work that fails as a whole fails for each of its items", async () => {
  const fail = gather<number, number>(() => Promise.reject(new Error("the database is away")), { most: 10 });
  const results = await Promise.allSettled([fail(1), fail(2)]);
  expect(results.map((result) => result.status)).toEqual(["rejected", "rejected"]);
});
