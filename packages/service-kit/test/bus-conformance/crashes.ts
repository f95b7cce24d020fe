import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { BusUnavailable } from "../../src/index.ts";
import { type BusTests, topology, waiting } from "./bus-tests.ts";
import { collect, depthOf, ofOrder, ordersOf } from "./messages.ts";

export function crashTests(tests: BusTests): void {
  describe(`${tests.driver}: crashes and stops`, () => {
    const child = async (consumer: string) => {
      const process = fork(fileURLToPath(new URL("../bus-consumer.ts", import.meta.url)), {
        execArgv: ["--conditions=source", "--import", "tsx"],
        env: {
          ...globalThis.process.env,
          BUS_URL: tests.ground().url,
          BUS_PREFIX: tests.prefix(),
          BUS_CONSUMER: consumer,
          BUS_TOPOLOGY: JSON.stringify(topology),
        },
      });
      const began: string[] = [];
      const ready = new Promise((resolve) => process.once("message", resolve));
      process.on("message", (message: { began?: string }) => message.began && began.push(message.began));
      const exited = new Promise<NodeJS.Signals | null>((resolve) =>
        process.once("exit", (_, signal) => resolve(signal)),
      );
      await ready;
      return { began, exited, kill: () => process.kill("SIGKILL") };
    };

    test("delivers again what a killed process had begun", async () => {
      const bus = await tests.openBus();
      const consumer = await child("inventory-service");
      const messages = Array.from({ length: 15 }, (_, index) => ofOrder(`A-${index}`));
      await bus.publish(messages);
      await vi.waitFor(() => expect(consumer.began).toHaveLength(10), waiting);
      consumer.kill();
      expect(await consumer.exited).toBe("SIGKILL");

      const { deliveries } = await collect(await tests.openBus(), "inventory-service", 5);
      await vi.waitFor(
        () => expect(deliveries.map(({ id }) => id).sort()).toEqual(messages.map(({ id }) => id).sort()),
        waiting,
      );
      // Nobody said that it failed, so none of its attempts is used up.
      expect(new Set(deliveries.map(({ attempt }) => attempt))).toEqual(new Set([1]));
    });

    test("gives what a killed process had begun to an instance that lives", async () => {
      const bus = await tests.openBus();
      const consumer = await child("inventory-service");
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(() => expect(consumer.began).toHaveLength(1), waiting);
      const { deliveries } = await collect(bus);
      consumer.kill();
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1"]), waiting);
    });

    test("stop finishes what it began, and leaves the rest to others", async () => {
      const [first, second] = [await tests.openBus(), await tests.openBus()];
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const begun: string[] = [];
      const subscription = await first.subscribe({
        consumer: "inventory-service",
        concurrency: 2,
        handle({ body }) {
          begun.push((body as { orderId: string }).orderId);
          return finished;
        },
      });
      await first.publish(["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"].map((id) => ofOrder(id)));
      await vi.waitFor(() => expect(begun).toHaveLength(2), waiting);

      let stopped = false;
      const stopping = subscription.stop().then(() => {
        stopped = true;
      });
      const others = await collect(second);
      await vi.waitFor(
        () => expect(ordersOf(others.deliveries).sort()).toEqual(["A-3", "A-4", "A-5", "A-6"]),
        waiting,
      );
      expect(stopped).toBe(false);
      finish();
      await stopping;
      expect(begun).toEqual(["A-1", "A-2"]);
      await vi.waitFor(
        async () => expect(await depthOf(second)).toMatchObject({ waiting: 0, dead: 0 }),
        waiting,
      );
      expect(others.deliveries).toHaveLength(4);
    });

    test("works on after the server has cut all connections", async () => {
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1"]), waiting);

      await tests.ground().cutConnections();
      await vi.waitFor(() => bus.publish([ofOrder("A-2")]), waiting);
      await vi.waitFor(() => expect(new Set(ordersOf(deliveries))).toEqual(new Set(["A-1", "A-2"])), waiting);
      await vi.waitFor(() => bus.check(), waiting);
    });

    test("settles what was being worked on when the connections were cut", async () => {
      const bus = await tests.openBus();
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const begun: string[] = [];
      await bus.subscribe({
        consumer: "inventory-service",
        concurrency: 2,
        handle({ body }) {
          begun.push((body as { orderId: string }).orderId);
          return finished;
        },
      });
      await bus.publish([ofOrder("A-1"), ofOrder("A-2"), ofOrder("A-3")]);
      await vi.waitFor(() => expect(begun).toHaveLength(2), waiting);
      await tests.ground().cutConnections();
      finish();
      await vi.waitFor(() => expect(new Set(begun)).toEqual(new Set(["A-1", "A-2", "A-3"])), waiting);
      await vi.waitFor(
        async () => expect(await depthOf(bus)).toMatchObject({ waiting: 0, dead: 0 }),
        waiting,
      );
    });

    test("opens while its server is away, and works once it is there", async () => {
      await tests.ground().goAway();
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      await expect(bus.publish([ofOrder("A-1")])).rejects.toThrow(BusUnavailable);
      await expect(bus.check()).rejects.toThrow(BusUnavailable);
      await tests.ground().comeBack();
      await vi.waitFor(() => bus.publish([ofOrder("A-1")]), waiting);
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1"]), waiting);
    });

    test("delivers what was published before its server went away", async () => {
      const bus = await tests.openBus();
      await bus.publish([ofOrder("A-1"), ofOrder("A-2")]);
      await tests.ground().goAway();
      await expect(bus.publish([ofOrder("A-3")])).rejects.toThrow(BusUnavailable);
      await tests.ground().comeBack();
      const { deliveries } = await collect(bus);
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1", "A-2"]), waiting);
    });

    test("close ends its subscriptions and refuses what comes later", async () => {
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      await bus.close();
      await expect(bus.publish([ofOrder("A-1")])).rejects.toThrow();
      await expect(bus.check()).rejects.toThrow();
      expect(deliveries).toEqual([]);
    });
  });
}
