// What validation, logging and the outbox cost, each alone: the same work with and without it, in turns, in processor time of this process.

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Fastify from "fastify";
import { startEmbeddedPostgres } from "../../packages/service-kit/dist/embedded/index.js";
import {
  buildContractApp,
  createLogger,
  createMetrics,
  createOutbox,
  openDatabase,
  readContract,
  readEventContracts,
} from "../../packages/service-kit/dist/index.js";

const shop = fileURLToPath(new URL("../../examples/ecommerce-platform", import.meta.url));
const rounds = 5;
const requests = 3000;
const transactions = 500;

/** Processor microseconds for one call of `work`, the median of rounds in which all take turns. */
async function inTurns(
  /** @type {Record<string, () => Promise<unknown>>} */ works,
  /** @type {number} */ calls,
) {
  const names = Object.keys(works);
  /** @type {Record<string, number[]>} */
  const seen = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call++) await work();
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round > 0) seen[name]?.push((user + system) / calls);
    }
  }
  return names.map((name) => ({
    name,
    microseconds: seen[name]?.sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN,
  }));
}

/** An order's request through an app that does nothing with it. */
export async function costsOfAnApp() {
  const answer = async () => ({
    data: { orderId: randomUUID(), status: "pending" },
    meta: { requestId: "req-1" },
  });
  const caller = { userId: randomUUID(), email: "ada@example.com", roles: [], sessionId: "s", token: "t" };
  const judge = async () => caller;
  const plain = Fastify();
  plain.post("/api/v1/orders", (_, reply) => reply.code(202).send({ data: {}, meta: {} }));
  const contract = readContract(
    join(shop, "services/order-service/contracts/api-spec.yaml"),
    "order-service",
  );
  const app = (/** @type {string} */ level) =>
    buildContractApp({
      contract,
      handlers: {
        placeOrder: async (_, reply) => reply.code(202).send(await answer()),
        listOrders: answer,
        getOrder: answer,
        cancelOrder: answer,
      },
      checkToken: Object.assign(judge, { verifyOnly: judge }),
      health: {},
      log: createLogger({ service: "order-service", level, destination: { write: () => {} } }),
      metrics: createMetrics("order-service"),
    });
  const [silent, logging] = [await app("silent"), await app("info")];
  const request = {
    method: /** @type {const} */ ("POST"),
    url: "/api/v1/orders",
    headers: { authorization: "Bearer a.b.c", "idempotency-key": "k-1" },
    payload: { items: [{ sku: "TEA-100", quantity: 2 }] },
  };
  return inTurns(
    {
      "Fastify alone": () => plain.inject(request),
      "with contract: routes, validation, problems, metrics": () => silent.inject(request),
      "with contract and a log line": () => logging.inject(request),
    },
    requests,
  );
}

/** A change stored with and without the event that tells of it. */
export async function costsOfAnOutbox() {
  const dataDir = mkdtempSync(join(tmpdir(), "outbox-bench-"));
  const server = await startEmbeddedPostgres({ dataDir });
  const database = await openDatabase({
    url: server.url,
    service: "inventory-service",
    migrations: [{ id: "001-changes", sql: "CREATE TABLE changes (id uuid PRIMARY KEY)" }],
    log: createLogger({ service: "bench", level: "silent" }),
    metrics: createMetrics("bench"),
  });
  const outbox = createOutbox({ contracts: readEventContracts(shop), service: "inventory-service" });
  const event = () => ({
    type: "inventory.stock.reserved",
    data: {
      orderId: randomUUID(),
      reservationId: randomUUID(),
      items: [{ sku: "TEA-100", quantity: 2 }],
      expiresAt: "2026-11-23T10:25:00.000Z",
    },
  });
  const store = (/** @type {boolean} */ telling) => () =>
    database.transaction(async (trx) => {
      await trx
        .insertInto(/** @type {never} */ ("changes"))
        .values(/** @type {never} */ ({ id: randomUUID() }))
        .execute();
      if (telling) await outbox.add(trx, [event()]);
    });
  try {
    return await inTurns({ "a change": store(false), "a change and its event": store(true) }, transactions);
  } finally {
    await database.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
