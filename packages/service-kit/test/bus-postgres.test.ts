import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { schemaOf } from "../src/bus/postgres/schema.ts";
import { type Bus, BusUnavailable, openBus } from "../src/index.ts";
import { freshDatabase, severable, silentLog, testMetrics } from "../src/testing/index.ts";
import { busConformance } from "./bus-conformance/index.ts";

busConformance("embedded driver", async () => {
  const { url, drop } = await freshDatabase();
  const way = await severable(url);
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  return {
    url: way.url,
    async cutConnections() {
      await outside.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    },
    goAway: way.cut,
    comeBack: way.mend,
    async clean(prefix) {
      await outside.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schemaOf(prefix))} CASCADE`);
    },
    async close() {
      await way.close();
      await outside.end();
      await drop();
    },
  };
});

describe("embedded driver, seen from its tables", () => {
  const topology = [{ consumer: "inventory-service", topics: ["events.order.created"] }];
  const waiting = { timeout: 20_000, interval: 10 };
  const order = (id: string) => ({ id, topic: "events.order.created", body: { orderId: id }, headers: {} });
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let outside: pg.Client;
  let bus: Bus;

  beforeAll(async () => {
    fresh = await freshDatabase();
    outside = new pg.Client({ connectionString: fresh.url });
    await outside.connect();
    bus = await openBus({ url: fresh.url, topology, log: silentLog(), metrics: testMetrics() });
  });
  afterAll(async () => {
    await bus.close();
    await outside.end();
    await fresh.drop();
  });

  test("a message whose consumer disappears again and again becomes a dead letter", async () => {
    await bus.publish([order("m-8")]);
    // Held under a number that no connection has a lock on, and for the hundredth time.
    await outside.query("UPDATE bus.message SET held_by = 999, losses = 99");
    const handle = vi.fn(async () => {});
    const subscription = await bus.subscribe({ consumer: "inventory-service", concurrency: 1, handle });
    await vi.waitFor(async () => {
      expect(await bus.deadLetters.list()).toMatchObject([
        { id: "m-8", reason: "Its consumer disappeared 100 times while it worked on it.", attempts: 1 },
      ]);
    }, waiting);
    expect(handle).not.toHaveBeenCalled();
    await subscription.stop();
  });

  test("nothing is taken before the bus knows who receives it, and all of it after", async () => {
    await outside.query("BEGIN; LOCK TABLE bus.binding IN SHARE MODE");
    const topics = ["events.order.created", "events.order.cancelled"];
    const wider = [{ consumer: "inventory-service", topics }];
    const early = await openBus({
      url: fresh.url,
      topology: wider,
      log: silentLog(),
      metrics: testMetrics(),
    });
    const cancelled = { ...order("m-9"), topic: "events.order.cancelled" };
    await expect(early.publish([cancelled])).rejects.toThrow(BusUnavailable);

    await outside.query("COMMIT");
    await vi.waitFor(() => early.publish([cancelled]), waiting);
    const handled: string[] = [];
    await early.subscribe({
      consumer: "inventory-service",
      concurrency: 1,
      handle: async ({ id }) => void handled.push(id),
    });
    await vi.waitFor(() => expect(handled).toEqual(["m-9"]), waiting);
    await early.close();
  });

  test("what a lost answer left held comes again", async () => {
    const log = { ...silentLog(), warn: vi.fn() };
    const own = await openBus({ url: fresh.url, topology, log, metrics: testMetrics() });
    const handled: string[] = [];
    await own.subscribe({
      consumer: "inventory-service",
      concurrency: 1,
      handle: async ({ id }) => void handled.push(id),
    });
    await bus.publish([order("m-1")]);
    await vi.waitFor(() => expect(handled).toEqual(["m-1"]), waiting);
    // As if a statement had taken a message and failed on its way back.
    await outside.query(
      `INSERT INTO bus.message (consumer, message_id, topic, body, headers, held_by)
       SELECT 'inventory-service', 'm-2', 'events.order.created', '{}', '{}', last_value FROM bus.holder`,
    );
    await outside.query("ALTER TABLE bus.message RENAME TO hidden");
    await outside.query("NOTIFY bus, 'inventory-service'");
    await vi.waitFor(() => expect(log.warn).toHaveBeenCalled(), waiting);
    await outside.query("ALTER TABLE bus.hidden RENAME TO message");
    await vi.waitFor(() => expect(handled).toEqual(["m-1", "m-2"]), waiting);
    await own.close();
  });

  test("a long handler keeps what it holds while its process lives", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const handle = vi.fn(() => finished);
    const subscription = await bus.subscribe({ consumer: "inventory-service", concurrency: 1, handle });
    await bus.publish([order("m-3")]);
    await vi.waitFor(() => expect(handle).toHaveBeenCalled(), waiting);
    const other = await openBus({ url: fresh.url, topology, log: silentLog(), metrics: testMetrics() });
    const elsewhere: string[] = [];
    await other.subscribe({
      consumer: "inventory-service",
      concurrency: 1,
      handle: async ({ id }) => void elsewhere.push(id),
    });
    // The other has looked for messages of the dead, and at this one, before it gets the next.
    await outside.query("UPDATE bus.message SET due_at = now() - interval '1 day'");
    await bus.publish([order("m-4")]);
    await vi.waitFor(() => expect(elsewhere).toEqual(["m-4"]), waiting);
    finish();
    await subscription.stop();
    await other.close();
    expect(elsewhere).toEqual(["m-4"]);
  });
});
