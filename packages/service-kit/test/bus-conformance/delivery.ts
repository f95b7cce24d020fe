import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { type Bus, type BusMessage, UnknownConsumer } from "../../src/index.ts";
import { type BusTests, waiting } from "./bus-tests.ts";
import { collect, depthOf, ofOrder, ordersOf } from "./messages.ts";

export function deliveryTests(tests: BusTests): void {
  describe(`${tests.driver}: delivery`, () => {
    test("gives a message to each consumer of its topic, and to no other", async () => {
      const bus = await tests.openBus();
      const inventory = await collect(bus, "inventory-service");
      const notification = await collect(bus, "notification-service");
      await bus.publish([ofOrder("A-1"), ofOrder("A-1", "events.order.cancelled"), ofOrder("A-2")]);
      await vi.waitFor(() => expect(ordersOf(inventory.deliveries)).toEqual(["A-1", "A-1", "A-2"]), waiting);
      await vi.waitFor(() => expect(ordersOf(notification.deliveries)).toEqual(["A-1", "A-2"]), waiting);
    });

    test("brings id, topic, body and headers as they were sent", async () => {
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      const sent: BusMessage = {
        id: randomUUID(),
        topic: "events.order.created",
        body: {
          customer: "Ada Lovelace ✓",
          items: [{ sku: "TEA-100", quantity: 2 }],
          note: 'quotes " and \\ and \n',
          none: null,
        },
        headers: {
          "x-request-id": "req-1",
          traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        },
      };
      await bus.publish([sent]);
      await vi.waitFor(() => expect(deliveries).toEqual([{ ...sent, attempt: 1 }]), waiting);
    });

    test("keeps the order of one producer while nothing fails", async () => {
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      const orders = Array.from({ length: 200 }, (_, index) => `A-${index}`);
      for (let at = 0; at < orders.length; at += 20)
        await bus.publish(orders.slice(at, at + 20).map((id) => ofOrder(id)));
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(orders), waiting);
    });

    test("keeps what was published before the first start of a consumer", async () => {
      const producer = await tests.openBus();
      await producer.publish([ofOrder("A-1"), ofOrder("A-2")]);
      await producer.close();
      const { deliveries } = await collect(await tests.openBus());
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1", "A-2"]), waiting);
    });

    test("drops a message that nobody receives", async () => {
      const bus = await tests.openBus();
      await bus.publish([ofOrder("A-1", "events.order.archived")]);
      expect(await bus.depths()).toEqual([
        { consumer: "inventory-service", waiting: 0, dead: 0 },
        { consumer: "notification-service", waiting: 0, dead: 0 },
      ]);
    });

    test("carries messages of 1 MB", async () => {
      const bus = await tests.openBus();
      const { deliveries } = await collect(bus);
      const body = { orderId: "A-1", note: "x".repeat(1024 * 1024) };
      await bus.publish([{ ...ofOrder("A-1"), body }]);
      await vi.waitFor(() => expect(deliveries).toHaveLength(1), waiting);
      expect(deliveries[0]?.body).toEqual(body);
    });

    test("has stored what publish resolved for", async () => {
      const bus = await tests.openBus();
      await bus.publish(Array.from({ length: 50 }, (_, index) => ofOrder(`A-${index}`)));
      await vi.waitFor(async () => expect(await depthOf(bus)).toMatchObject({ waiting: 50 }), waiting);
    });

    test("takes an empty list for nothing to do", async () => {
      const bus = await tests.openBus();
      await bus.publish([]);
      expect(await depthOf(bus)).toMatchObject({ waiting: 0 });
    });

    test("refuses a consumer that the topology does not name", async () => {
      const bus = await tests.openBus();
      await expect(collect(bus, "order-service")).rejects.toThrow(UnknownConsumer);
      await expect(bus.deadLetters.list("order-service")).rejects.toThrow(UnknownConsumer);
      await expect(bus.deadLetters.replay("order-service")).rejects.toThrow(UnknownConsumer);
    });

    test("works on as many at once as it was told", async () => {
      const bus = await tests.openBus();
      let working = 0;
      let most = 0;
      let done = 0;
      let go = () => {};
      const four = new Promise<void>((resolve) => {
        go = resolve;
      });
      await bus.publish(Array.from({ length: 40 }, (_, index) => ofOrder(`A-${index}`)));
      await bus.subscribe({
        consumer: "inventory-service",
        concurrency: 4,
        async handle() {
          most = Math.max(most, ++working);
          if (working === 4) go();
          await four;
          await new Promise((resolve) => setTimeout(resolve, 5));
          working--;
          done++;
        },
      });
      await vi.waitFor(() => expect(done).toBe(40), waiting);
      expect(most).toBe(4);
    });

    test("says when the bus knows that a delivery is done", async () => {
      const bus = await tests.openBus();
      const told: string[] = [];
      await bus.subscribe({
        consumer: "inventory-service",
        concurrency: 1,
        handle: async () => void told.push("handled"),
        acknowledged: () => told.push("acknowledged"),
      });
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(() => expect(told).toEqual(["handled", "acknowledged"]), waiting);
    });

    test("shares the work between two instances, each message once", async () => {
      const [first, second] = [await tests.openBus(), await tests.openBus()];
      let go = () => {};
      const both = new Promise<void>((resolve) => {
        go = resolve;
      });
      const begun = new Set<Bus>();
      /** Nobody is done before both have begun, whatever the machine does meanwhile. */
      const together = async (bus: Bus) => {
        const seen: string[] = [];
        await bus.subscribe({
          consumer: "inventory-service",
          concurrency: 2,
          async handle({ body }) {
            if (begun.add(bus).size === 2) go();
            await both;
            seen.push((body as { orderId: string }).orderId);
          },
        });
        return seen;
      };
      const [here, there] = [await together(first), await together(second)];
      const orders = Array.from({ length: 60 }, (_, index) => `A-${index}`);
      await first.publish(orders.map((id) => ofOrder(id)));
      await vi.waitFor(() => expect([...here, ...there].sort()).toEqual([...orders].sort()), waiting);
      expect(Math.min(here.length, there.length)).toBeGreaterThan(0);
    });
  });
}
