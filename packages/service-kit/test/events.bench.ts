import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/embedded/index.ts";
import {
  createLogger,
  createMetrics,
  createOutbox,
  type Database,
  openBus,
  openDatabase,
  readEventContracts,
  removeRabbitBus,
  startConsumers,
  startRelay,
} from "../src/index.ts";

// Measures events from outbox over bus to inbox, all in this process, on databases of its own:
//   node --conditions=source --import tsx packages/service-kit/test/events.bench.ts [--database postgres://…] [--bus amqp://…]
// Without --database it starts a PostgreSQL of its own, and can tell what that costs too.

interface Tables {
  seen: { order_id: string };
}

const { values } = parseArgs({
  options: {
    database: { type: "string" },
    bus: { type: "string" },
    events: { type: "string", default: "10000" },
    producers: { type: "string", default: "8" },
    rate: { type: "string", default: "Infinity" },
    concurrency: { type: "string", default: "10" },
  },
});
const count = Number(values.events);
const run = `bench_${randomUUID().slice(0, 8)}`;
const log = createLogger({ service: "bench", level: "error" });
const metrics = createMetrics("bench");
const cleanUp: (() => Promise<unknown>)[] = [];

async function startServer(): Promise<{ url: string; pid: number }> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), `${run}-`));
  const server = await startEmbeddedPostgres({ dataDir });
  cleanUp.push(async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true });
  });
  return server;
}

/** Processor time of a server and its processes, those that ended included, in milliseconds. Source: proc(5), /proc/pid/stat. */
function processorMs(pid: number | undefined): number {
  if (pid === undefined || process.platform !== "linux") return Number.NaN;
  let ticks = 0;
  for (const name of fs.readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const stat = readStat(name);
    if (stat && (Number(name) === pid || stat.parent === pid)) ticks += stat.ticks;
  }
  return ticks * 10;
}

function readStat(pid: string): { parent: number; ticks: number } | undefined {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return {
      parent: Number(fields[1]),
      ticks: [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0),
    };
  } catch {
    return undefined; // It ended between the two looks.
  }
}

/** The smallest fleet there is: one event from order-service to inventory-service. */
function writeContracts(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), `${run}-`));
  const folder = path.join(root, "services", "order-service", "contracts", "events");
  fs.mkdirSync(folder, { recursive: true });
  const data = {
    type: "object",
    required: ["orderId"],
    properties: { orderId: { type: "string", format: "uuid" } },
  };
  const schema = { type: "object", required: ["eventId", "data"], properties: { data } };
  const event = { eventType: "order.created", version: "v1", schema, consumers: ["inventory-service"] };
  fs.writeFileSync(path.join(folder, "order-events.json"), JSON.stringify({ events: [event] }));
  cleanUp.push(async () => fs.rmSync(root, { recursive: true }));
  return root;
}

async function makeDatabase(name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${run}_${name}`);
  cleanUp.push(async () => {
    await admin.query(`DROP DATABASE ${run}_${name} WITH (FORCE)`);
    await admin.end();
  });
  const url = new URL(server.url);
  url.pathname = `/${run}_${name}`;
  return url.href;
}

async function open(service: string): Promise<Database<Tables>> {
  const migrations = [{ id: "001-seen", sql: "CREATE TABLE seen (order_id uuid PRIMARY KEY)" }];
  const database = await openDatabase<Tables>({
    url: await makeDatabase(service),
    service,
    migrations,
    log,
    metrics,
  });
  cleanUp.push(() => database.close());
  return database;
}

function report(title: string, latencies: readonly number[]): void {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  console.log(`${title}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
}

const server = values.database ? { url: values.database, pid: undefined } : await startServer();
const contracts = readEventContracts(writeContracts());
const [orders, inventory] = [await open("orders"), await open("inventory")];
const bus = await openBus({
  url: values.bus ?? (await makeDatabase("bus")),
  prefix: `${run}.`,
  topology: contracts.topology,
  log,
  metrics,
});
if (values.bus) {
  const { topology } = contracts;
  cleanUp.push(() => removeRabbitBus({ url: values.bus ?? "", topology, prefix: `${run}.` }));
}
cleanUp.push(() => bus.close());

const outbox = createOutbox({ contracts, service: "order-service" });
const placedAt = new Map<string, number>();
const waiting = new Map<string, () => void>();
const latencies: number[] = [];
const consumers = await startConsumers<Tables>({
  service: "inventory-service",
  database: inventory,
  bus,
  contracts,
  concurrency: Number(values.concurrency),
  consumers: [
    {
      eventType: "order.created",
      async handle({ data }, trx) {
        const { orderId } = data as { orderId: string };
        await trx.insertInto("seen").values({ order_id: orderId }).execute();
        latencies.push(performance.now() - (placedAt.get(orderId) ?? 0));
        waiting.get(orderId)?.();
      },
    },
  ],
  log,
  metrics,
});
cleanUp.push(() => consumers.stop());
const relay = startRelay({ database: orders, bus, service: "order-service", log, metrics });
cleanUp.push(() => relay.stop());

/** Stores one event; `handled` resolves when its effect is made. */
async function place(): Promise<{ handled: Promise<void> }> {
  const orderId = randomUUID();
  const handled = new Promise<void>((resolve) => waiting.set(orderId, resolve));
  await orders.transaction((trx) => outbox.add(trx, [{ type: "order.created", data: { orderId } }]));
  placedAt.set(orderId, performance.now());
  return { handled };
}

for (let order = 0; order < 200; order++) await (await place()).handled;
report("one at a time, from commit to effect", latencies.splice(0).slice(50));

const started = performance.now();
const before = process.cpuUsage();
const serverBefore = processorMs(server.pid);
const effects: Promise<void>[] = [];
let left = count;
const producer = async () => {
  while (left-- > 0) {
    const dueMs = ((count - left) / Number(values.rate)) * 1000 - (performance.now() - started);
    if (dueMs > 0) await pause(dueMs);
    effects.push((await place()).handled);
  }
};
await Promise.all(Array.from({ length: Number(values.producers) }, producer));
const stored = performance.now();
await Promise.all(effects);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(
  `${count} events: stored after ${((stored - started) / 1000).toFixed(2)} s, through after ${seconds.toFixed(2)} s ` +
    `(${Math.round(count / seconds)}/s); processor per event: ${((user + system) / 1e3 / count).toFixed(3)} ms here, ` +
    `${((processorMs(server.pid) - serverBefore) / count).toFixed(3)} ms in the databases`,
);
report("under load", latencies);
for (const clean of cleanUp.reverse()) await clean();
