import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BrokenPromise, correlation, createOutbox, type Database } from "../../src/index.ts";
import { collectEvents, testDatabase } from "../../src/testing/index.ts";
import { contracts, migrations, orderCreated, type Tables } from "./market.ts";

const outbox = createOutbox({
  contracts,
  service: "order-service",
  clock: () => new Date("2026-11-23T10:00:00Z"),
});
const orders = ["7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f", "0d6c3a41-9e5b-4f0c-b1de-2f3a4b5c6d7e"] as const;
let database: Database<Tables>;

beforeAll(async () => {
  database = await testDatabase<Tables>(migrations);
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM outbox; DELETE FROM seen");
});
afterAll(() => database.close());

describe("the outbox", () => {
  test("stores events with the change they tell of, in their order", async () => {
    await database.transaction(async (trx) => {
      await trx.insertInto("seen").values({ order_id: orders[0] }).execute();
      await outbox.add(trx, [
        orderCreated(orders[0]),
        { type: "order.cancelled", data: { orderId: orders[0] } },
      ]);
      await outbox.add(trx, [orderCreated(orders[1])]);
    });
    const envelope = {
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: "2026-11-23T10:00:00.000Z",
    };
    expect(await collectEvents(database)).toEqual([
      { ...envelope, eventType: "order.created", eventVersion: "v1", data: orderCreated(orders[0]).data },
      { ...envelope, eventType: "order.cancelled", eventVersion: "v1", data: { orderId: orders[0] } },
      { ...envelope, eventType: "order.created", eventVersion: "v1", data: orderCreated(orders[1]).data },
    ]);
  });

  test("gives each event an id of its own", async () => {
    await outbox.add(database.db, [orderCreated(orders[0]), orderCreated(orders[0])]);
    const ids = (await collectEvents(database)).map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(2);
  });

  test("stores nothing when the change is rolled back", async () => {
    const failing = database.transaction(async (trx) => {
      await outbox.add(trx, [orderCreated()]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await collectEvents(database)).toEqual([]);
  });

  test.each([
    {
      given: "an event against its contract",
      event: { type: "order.created", data: { orderId: "7" } },
      says: /does not match order\.created v1/,
    },
    {
      given: "an event that nobody agreed on",
      event: { type: "order.archived", data: {} },
      says: /No contract knows order\.archived v1/,
    },
    {
      given: "another service's event",
      event: { type: "inventory.stock.reserved", data: { orderId: orders[0] } },
      says: /another service does/,
    },
  ])("refuses $given, and the change with it", async ({ event, says }) => {
    const adding = database.transaction(async (trx) => {
      await trx.insertInto("seen").values({ order_id: orders[0] }).execute();
      await outbox.add(trx, [orderCreated(orders[0]), event]);
    });
    await expect(adding).rejects.toThrow(BrokenPromise);
    await expect(adding).rejects.toThrow(says);
    expect(await collectEvents(database)).toEqual([]);
    expect(await database.db.selectFrom("seen").selectAll().execute()).toEqual([]);
  });

  test("keeps the ids of the request that caused the event", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await correlation.run({ requestId: "req-7", traceparent }, () =>
      outbox.add(database.db, [orderCreated()]),
    );
    await outbox.add(database.db, [orderCreated()]);
    const { rows } = await database.pool.query<{ headers: string }>("SELECT headers FROM outbox ORDER BY id");
    expect(rows.map(({ headers }) => JSON.parse(headers))).toEqual([
      { "x-request-id": "req-7", traceparent },
      {},
    ]);
  });

  test.each([
    { condition: sql`true`, stored: 1 },
    { condition: sql`EXISTS (SELECT FROM kept WHERE false)`, stored: 0 },
  ])("is part of the statement of a change, which decides: $stored", async ({ condition, stored }) => {
    await database.transaction(async (trx) => {
      await sql`
        WITH kept AS (INSERT INTO seen (order_id) VALUES (${orders[0]}) RETURNING order_id),
        told AS (${outbox.adding(trx, [orderCreated(orders[0])], condition)})
        SELECT FROM kept`.execute(trx);
    });
    expect(await collectEvents(database)).toHaveLength(stored);
  });

  test("has nothing to do for no events", async () => {
    await outbox.add(database.db, []);
    expect(await collectEvents(database)).toEqual([]);
  });
});
