import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { declareConsumerFaults, declareRelayFaults } from "../../src/events/fault-names.ts";
import { declareFaultPoints, faultPoint, faultPoints } from "../../src/index.ts";
import { freshDatabase } from "../../src/testing/index.ts";

const waiting = { timeout: 30_000, interval: 10 };
const children: ChildProcess[] = [];
const fresh: Awaited<ReturnType<typeof freshDatabase>>[] = [];
let orders: pg.Client;
let inventory: pg.Client;
let bus: pg.Client;

beforeEach(async () => {
  for (let each = 0; each < 3; each++) fresh.push(await freshDatabase());
  const clients = fresh.map(({ url }) => new pg.Client({ connectionString: url }));
  for (const client of clients) await client.connect();
  [orders, inventory, bus] = clients as [pg.Client, pg.Client, pg.Client];
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const client of [orders, inventory, bus]) await client.end();
  for (const { drop } of fresh.splice(0)) await drop();
});

async function start(half: "relay" | "consumer", environment: Readonly<Record<string, string>> = {}) {
  const database = half === "relay" ? fresh[0] : fresh[1];
  const child = fork(fileURLToPath(new URL("./fault-service.ts", import.meta.url)), {
    execArgv: ["--conditions=source", "--import", "tsx"],
    env: { ...process.env, HALF: half, DATABASE_URL: database?.url, BUS_URL: fresh[2]?.url, ...environment },
  });
  children.push(child);
  await new Promise((resolve) => child.once("message", resolve));
  const ended = new Promise<string | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  return { ended, send: (message: object) => child.send(message) };
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0].count;
}
const onBus = () => count(bus, "bus.message WHERE consumer = 'inventory-service'");

describe("a process armed with a fault point of the kit dies exactly there, and nothing is lost or done twice", () => {
  test.each([
    { point: "order-service/relay.before-publish", outbox: 1, stored: 0 },
    { point: "order-service/relay.after-publish", outbox: 1, stored: 1 },
    { point: "order-service/relay.after-mark", outbox: 0, stored: 1 },
  ])("$point", async ({ point, outbox, stored }) => {
    const relay = await start("relay", { FAULTS: "on" });
    relay.send({ kind: "arm-fault", point, hit: 1 });
    relay.send({ kind: "place" });
    expect(await relay.ended).toBe("SIGKILL");
    expect({ outbox: await count(orders, "outbox"), stored: await onBus() }).toEqual({ outbox, stored });

    await Promise.all([start("relay"), start("consumer")]);
    await vi.waitFor(async () => {
      expect({ outbox: await count(orders, "outbox"), stored: await onBus() }).toEqual({
        outbox: 0,
        stored: 0,
      });
    }, waiting);
    expect(await count(inventory, "seen")).toBe(1);
  });

  test.each([
    { point: "inventory-service/consumer.order.created.before-transaction", seen: 0, stored: 1 },
    { point: "inventory-service/consumer.order.created.before-commit", seen: 0, stored: 1 },
    { point: "inventory-service/consumer.order.created.after-commit", seen: 1, stored: 1 },
    { point: "inventory-service/consumer.order.created.after-ack", seen: 1, stored: 0 },
  ])("$point", async ({ point, seen, stored }) => {
    const [relay, consumer] = await Promise.all([start("relay"), start("consumer", { FAULTS: "on" })]);
    consumer.send({ kind: "arm-fault", point, hit: 1 });
    relay.send({ kind: "place" });
    expect(await consumer.ended).toBe("SIGKILL");
    expect({ seen: await count(inventory, "seen"), stored: await onBus() }).toEqual({ seen, stored });

    await start("consumer");
    await vi.waitFor(async () => expect(await onBus()).toBe(0), waiting);
    expect(await count(inventory, "seen")).toBe(1);
    expect(await count(inventory, "inbox")).toBe(1);
    expect(await count(bus, "bus.dead_letter")).toBe(0);
  });

  test("at the passing it was told", async () => {
    const relay = await start("relay", { FAULTS: "on" });
    relay.send({ kind: "arm-fault", point: "order-service/relay.after-mark", hit: 3 });
    for (const placed of [1, 2]) {
      relay.send({ kind: "place" });
      await vi.waitFor(async () => {
        expect({ outbox: await count(orders, "outbox"), stored: await onBus() }).toEqual({
          outbox: 0,
          stored: placed,
        });
      }, waiting);
    }
    relay.send({ kind: "place" });
    expect(await relay.ended).toBe("SIGKILL");
  });

  test("not when it was not started for that", async () => {
    const relay = await start("relay", { FAULTS: "" });
    relay.send({ kind: "arm-fault", point: "order-service/relay.before-publish", hit: 1 });
    relay.send({ kind: "place" });
    await vi.waitFor(async () => expect(await onBus()).toBe(1), waiting);
    relay.send({ kind: "stop" });
    expect(await relay.ended).toBeNull();
  });
});

describe("fault points", () => {
  test("are listed, each once, under their service", () => {
    declareRelayFaults("order-service");
    declareConsumerFaults("inventory-service", "order.created");
    declareFaultPoints("order-service", ["place-order.before-commit", "place-order.after-commit"]);
    declareFaultPoints("order-service", ["place-order.before-commit"]);
    expect(faultPoints).toEqual([
      "order-service/relay.before-publish",
      "order-service/relay.after-publish",
      "order-service/relay.after-mark",
      "inventory-service/consumer.order.created.before-transaction",
      "inventory-service/consumer.order.created.before-commit",
      "inventory-service/consumer.order.created.after-commit",
      "inventory-service/consumer.order.created.after-ack",
      "order-service/place-order.before-commit",
      "order-service/place-order.after-commit",
    ]);
  });

  test("that are not armed do nothing", () => {
    expect(faultPoint("order-service/relay.before-publish")).toBeUndefined();
  });
});
