import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type BusMessage,
  BusUnavailable,
  createOutbox,
  type Database,
  openDatabase,
  type Relay,
  startRelay,
} from "../../src/index.ts";
import { collectEvents, freshDatabase, silentLog, testMetrics } from "../../src/testing/index.ts";
import { contracts, migrations, orderCreated, type Tables } from "./market.ts";

const waiting = { timeout: 20_000, interval: 10 };
const outbox = createOutbox({ contracts, service: "order-service" });
const opened: { close(): Promise<void> }[] = [];
let url: string;
let database: Database<Tables>;

/** A bus that remembers, and that can be away. */
function rememberingBus() {
  const orderIds: string[] = [];
  const calls: number[] = [];
  let away = false;
  return {
    orderIds,
    calls,
    goAway: () => {
      away = true;
    },
    comeBack: () => {
      away = false;
    },
    async publish(messages: readonly BusMessage[]) {
      calls.push(messages.length);
      if (away) throw new BusUnavailable("The bus is not connected.");
      for (const { body } of messages) orderIds.push((body as { data: { orderId: string } }).data.orderId);
    },
  };
}

async function openInstance(): Promise<Database<Tables>> {
  const instance = await openDatabase<Tables>({
    url,
    service: "order-service",
    migrations,
    log: silentLog(),
    metrics: testMetrics(),
  });
  opened.push(instance);
  return instance;
}

function relayOn(instance: Database<Tables>, bus: Pick<ReturnType<typeof rememberingBus>, "publish">): Relay {
  const relay = startRelay({
    database: instance,
    bus,
    service: "order-service",
    log: silentLog(),
    metrics: testMetrics(),
  });
  opened.push({ close: relay.stop });
  return relay;
}

/** Places orders one after the other, each in its own transaction. */
async function place(instance: Database<Tables>, count: number): Promise<string[]> {
  const orderIds = Array.from({ length: count }, () => crypto.randomUUID() as string);
  for (const orderId of orderIds)
    await instance.transaction((trx) => outbox.add(trx, [orderCreated(orderId)]));
  return orderIds;
}

beforeEach(async () => {
  const fresh = await freshDatabase();
  url = fresh.url;
  opened.push({ close: fresh.drop });
  database = await openInstance();
});
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

describe("a relay", () => {
  test("publishes events in the order they were stored, and removes them", async () => {
    const bus = rememberingBus();
    relayOn(database, bus);
    const orderIds = await place(database, 30);
    await vi.waitFor(() => expect(bus.orderIds).toEqual(orderIds), waiting);
    await vi.waitFor(async () => expect(await collectEvents(database)).toEqual([]), waiting);
  });

  test("publishes what was stored before it started, in batches", async () => {
    const orderIds = Array.from({ length: 1200 }, () => crypto.randomUUID() as string);
    await outbox.add(
      database.db,
      orderIds.map((orderId) => orderCreated(orderId)),
    );
    const bus = rememberingBus();
    relayOn(database, bus);
    await vi.waitFor(() => expect(bus.orderIds).toEqual(orderIds), waiting);
    expect(bus.calls).toEqual([500, 500, 200]);
  });

  test("publishes what no commit told of", async () => {
    const bus = rememberingBus();
    relayOn(database, bus);
    await outbox.add(database.db, [orderCreated()]);
    await vi.waitFor(() => expect(bus.orderIds).toHaveLength(1), waiting);
  });

  test("keeps events while the bus is away, and catches up in order", async () => {
    const bus = rememberingBus();
    bus.goAway();
    relayOn(database, bus);
    const orderIds = await place(database, 5);
    await vi.waitFor(() => expect(bus.calls.length).toBeGreaterThan(2), waiting);
    expect(await collectEvents(database)).toHaveLength(5);
    bus.comeBack();
    await vi.waitFor(() => expect(bus.orderIds).toEqual(orderIds), waiting);
  });

  test("works on after its connections to the database were cut", async () => {
    const bus = rememberingBus();
    relayOn(database, bus);
    const before = await place(database, 1);
    await vi.waitFor(() => expect(bus.orderIds).toEqual(before), waiting);
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const after = await vi.waitFor(() => place(database, 1), waiting);
    await vi.waitFor(() => expect(new Set(bus.orderIds)).toEqual(new Set([...before, ...after])), waiting);
  });

  test("finishes its batch before it stops", async () => {
    let confirm = () => {};
    const confirmed = new Promise<void>((resolve) => {
      confirm = resolve;
    });
    const publish = vi.fn(() => confirmed);
    const relay = relayOn(database, { publish });
    await place(database, 1);
    await vi.waitFor(() => expect(publish).toHaveBeenCalled(), waiting);
    let stopped = false;
    const stopping = relay.stop().then(() => {
      stopped = true;
    });
    await place(database, 1);
    expect(stopped).toBe(false);
    confirm();
    await stopping;
    expect(publish).toHaveBeenCalledTimes(1);
    expect(await collectEvents(database)).toHaveLength(1);
  });

  test("says how old the oldest event is", async () => {
    const bus = rememberingBus();
    bus.goAway();
    const metrics = testMetrics();
    const relay = startRelay({ database, bus, service: "order-service", log: silentLog(), metrics });
    opened.push({ close: relay.stop });
    expect(await metrics.text()).toMatch(/^outbox_oldest_seconds\{.*\} 0$/m);
    await place(database, 1);
    await database.pool.query("UPDATE outbox SET created_at = now() - interval '90 seconds'");
    const [, seconds] = /^outbox_oldest_seconds\{.*\} ([\d.]+)$/m.exec(await metrics.text()) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(90);
  });
});

describe("two relays on one outbox", () => {
  test("publish each event once, in order, whichever instance stored it", async () => {
    const other = await openInstance();
    const bus = rememberingBus();
    relayOn(database, bus);
    relayOn(other, bus);
    const orderIds: string[] = [];
    for (let round = 0; round < 10; round++) {
      orderIds.push(...(await place(database, 2)), ...(await place(other, 2)));
    }
    await vi.waitFor(() => expect(bus.orderIds).toEqual(orderIds), waiting);
    await vi.waitFor(async () => expect(await collectEvents(database)).toEqual([]), waiting);
    expect(bus.orderIds).toEqual(orderIds);
  });

  test("wake each other: what one has stored and may not publish, it tells the other", async () => {
    const other = await openInstance();
    const bus = rememberingBus();
    relayOn(database, bus);
    await place(database, 1);
    await vi.waitFor(() => expect(bus.orderIds).toHaveLength(1), waiting);
    relayOn(other, { publish: () => Promise.reject(new Error("the other may publish")) });

    const listener = await database.pool.connect();
    const heard: unknown[] = [];
    listener.on("notification", ({ channel }) => heard.push(channel));
    await listener.query("LISTEN outbox");
    await place(database, 1);
    await vi.waitFor(() => expect(bus.orderIds).toHaveLength(2), waiting);
    expect(heard).toEqual([]);
    await place(other, 1);
    await vi.waitFor(() => expect(heard).toEqual(["outbox"]), waiting);
    await vi.waitFor(() => expect(bus.orderIds).toHaveLength(3), waiting);
    listener.release(true);
  });

  test("take over from each other", async () => {
    const other = await openInstance();
    const [first, second] = [rememberingBus(), rememberingBus()];
    const relay = relayOn(database, first);
    const before = await place(database, 1);
    await vi.waitFor(() => expect(first.orderIds).toEqual(before), waiting);
    relayOn(other, second);
    await relay.stop();
    const after = await place(database, 1);
    await vi.waitFor(() => expect(second.orderIds).toEqual(after), waiting);
    expect(first.orderIds).toEqual(before);
  });
});
