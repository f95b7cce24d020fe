import { describe, expect, test, vi } from "vitest";
import { Poison } from "../../src/index.ts";
import { type BusTests, waiting } from "./bus-tests.ts";
import { collect, depthOf, ofOrder, ordersOf } from "./messages.ts";

export function deadLetterTests(tests: BusTests): void {
  describe(`${tests.driver}: dead letters`, () => {
    const deadOrders = async (orderIds: readonly string[]) => {
      const bus = await tests.openBus();
      const poisonous = await bus.subscribe({
        consumer: "inventory-service",
        concurrency: 1,
        handle: async () => Promise.reject(new Poison("spoilt")),
      });
      const messages = orderIds.map((id) => ofOrder(id));
      await bus.publish(messages);
      await vi.waitFor(
        async () => expect(await depthOf(bus)).toMatchObject({ dead: orderIds.length }),
        waiting,
      );
      await poisonous.stop();
      return { bus, messages };
    };

    test("are listed as often as one likes, oldest first", async () => {
      const { bus, messages } = await deadOrders(["A-1", "A-2", "A-3"]);
      for (let time = 0; time < 3; time++) {
        const ids = (await bus.deadLetters.list("inventory-service")).map(({ id }) => id);
        expect(ids).toEqual(messages.map(({ id }) => id));
      }
    });

    test("can be replayed one by one, from the first attempt", async () => {
      const { bus, messages } = await deadOrders(["A-1", "A-2", "A-3"]);
      const { deliveries } = await collect(bus);
      expect(await bus.deadLetters.replay("inventory-service", messages[1]?.id)).toBe(1);
      await vi.waitFor(() => expect(deliveries).toEqual([{ ...messages[1], attempt: 1 }]), waiting);
      const left = (await bus.deadLetters.list("inventory-service")).map(({ id }) => id);
      expect(left).toEqual([messages[0]?.id, messages[2]?.id]);
    });

    test("can be replayed all at once", async () => {
      const { bus } = await deadOrders(["A-1", "A-2", "A-3"]);
      const { deliveries } = await collect(bus);
      expect(await bus.deadLetters.replay("inventory-service")).toBe(3);
      await vi.waitFor(() => expect(ordersOf(deliveries)).toEqual(["A-1", "A-2", "A-3"]), waiting);
      expect(await bus.deadLetters.list()).toEqual([]);
      expect(await bus.deadLetters.replay("inventory-service")).toBe(0);
    });
  });
}
