import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Binding, type Bus, openBus } from "../../src/index.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";

/** A server for buses, and what a test does to it from outside. */
export interface BusGround {
  readonly url: string;
  /** Ends all connections of buses, from the server's side. */
  cutConnections(): Promise<void>;
  /** Ends all connections and accepts none until it comes back. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Removes what was made below this prefix. */
  clean(prefix: string, topology: readonly Binding[], retries: number): Promise<void>;
  close(): Promise<void>;
}

export const topology = [
  { consumer: "inventory-service", topics: ["events.order.created", "events.order.cancelled"] },
  { consumer: "notification-service", topics: ["events.order.created"] },
];
export const retryDelaysMs = [20, 40, 80];
export const waiting = { timeout: 20_000, interval: 10 };

/** What the tests of one driver stand on. All buses of one test share what is stored. */
export interface BusTests {
  readonly driver: string;
  openBus(pauses?: { retryDelaysMs: readonly number[] }): Promise<Bus>;
  ground(): BusGround;
  prefix(): string;
}

export function openBusTests(driver: string, prepare: () => Promise<BusGround>): BusTests {
  let ground: BusGround;
  let prefix: string;
  const open: Bus[] = [];

  beforeAll(async () => {
    ground = await prepare();
  });
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
    if (prefix) await ground.clean(prefix, topology, retryDelaysMs.length);
    prefix = "";
  });
  afterAll(() => ground.close());
  return {
    driver,
    ground: () => ground,
    prefix: () => prefix,
    async openBus(pauses = { retryDelaysMs }) {
      prefix ||= `test-${randomUUID()}.`;
      const bus = await openBus({
        url: ground.url,
        prefix,
        topology,
        ...pauses,
        log: createLogger({ service: "test", level: "silent" }),
        metrics: createMetrics("test"),
      });
      open.push(bus);
      return bus;
    },
  };
}
