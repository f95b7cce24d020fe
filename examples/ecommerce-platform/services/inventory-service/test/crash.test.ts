import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type ArmFault, type Envelope, openBus, type RunningService, topicOf } from "@speckit/service-kit";
import { fakeAuth, freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test, vi } from "vitest";
import { serve } from "../src/service.ts";
import { contracts, orders } from "./support/inventory.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Starts inventory-service as a process that ends with SIGKILL at the point. */
async function startDoomed(environment: Record<string, string>, point: string) {
  const child = fork(main, {
    execArgv: ["--conditions=source", "--import", "tsx"],
    env: { PATH: process.env.PATH ?? "", FAULTS: "on", ...environment },
    stdio: "ignore",
  });
  await once(child, "message");
  const fault: ArmFault = { kind: "arm-fault", point: `inventory-service/${point}`, hit: 1 };
  await new Promise<void>((resolve) => child.send(fault, () => resolve()));
  return { end: once(child, "exit") };
}

test.each([
  { line: "Failure mode: Crash while reserving", point: "consumer.order.created.before-commit" },
  { line: "Failure mode: Crash after reserving", point: "consumer.order.created.after-commit" },
  { line: "Failure mode: Crash after reserving", point: "relay.before-publish" },
  { line: "Failure mode: Crash after reserving", point: "relay.after-publish" },
])("$line: killed at $point, the order is reserved once and told of under one id", async ({ point }) => {
  const [auth, home, post] = await Promise.all([fakeAuth(), freshDatabase(), freshDatabase()]);
  const environment = {
    DATABASE_URL: home.url,
    BUS_DATABASE_URL: post.url,
    AUTH_URL: auth.url,
    SEED_DEMO: "on",
    LOG_LEVEL: "silent",
  };
  const bus = await openBus({
    url: post.url,
    topology: contracts.topology,
    log: silentLog(),
    metrics: testMetrics(),
  });
  const received: Envelope<Record<string, unknown>>[] = [];
  await bus.subscribe({
    consumer: "order-service",
    concurrency: 1,
    handle: async ({ body }) => void received.push(body as (typeof received)[number]),
  });

  const doomed = await startDoomed(environment, point);
  const event = orders.created(randomUUID(), [{ sku: "TEA-100", quantity: 2 }]);
  await bus.publish([{ id: event.eventId, topic: topicOf(event.eventType), body: event, headers: {} }]);
  expect(await doomed.end).toEqual([null, "SIGKILL"]);

  const service: RunningService = await serve(environment);
  await vi.waitFor(
    async () => {
      expect(received.length).toBeGreaterThan(0);
      const depths = await bus.depths();
      expect(depths.find(({ consumer }) => consumer === "inventory-service")).toMatchObject({
        waiting: 0,
        dead: 0,
      });
      expect(await availableAt(service)).toBe(998);
    },
    { timeout: 30_000, interval: 50 },
  );
  // The stop lets deliveries and the relay finish what they began.
  await service.stop();
  expect(new Set(received.map(({ eventId }) => eventId)).size).toBe(1);
  expect(received[0]).toMatchObject({ eventType: "inventory.stock.reserved" });

  await bus.close();
  await Promise.all([auth.close(), home.drop(), post.drop()]);
});

async function availableAt({ url }: RunningService): Promise<number> {
  const answer = await fetch(`${url}/api/v1/products/TEA-100`);
  return ((await answer.json()) as { data: { available: number } }).data.available;
}
