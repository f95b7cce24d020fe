import { describe, expect, test, vi } from "vitest";
import { Poison, Postponed } from "../../src/index.ts";
import { type BusTests, retryDelaysMs, waiting } from "./bus-tests.ts";
import { depthOf, failing, ofOrder } from "./messages.ts";

export function failureTests(tests: BusTests): void {
  describe(`${tests.driver}: failures of a handler`, () => {
    const broken = new Error("the stock cannot be read");

    test("tries again after growing pauses until it works", async () => {
      const bus = await tests.openBus();
      const attempts = await failing(bus, [broken, broken, broken]);
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(() => expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]), waiting);
      const pauses = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0));
      // Servers and clocks round to whole milliseconds.
      for (const [index, pause] of pauses.entries())
        expect(pause).toBeGreaterThanOrEqual((retryDelaysMs[index] ?? 0) - 2);
      await vi.waitFor(
        async () => expect(await depthOf(bus)).toMatchObject({ waiting: 0, dead: 0 }),
        waiting,
      );
    });

    test("makes a dead letter, with the reason, of what failed four times", async () => {
      const bus = await tests.openBus();
      const attempts = await failing(bus, [broken, broken, broken, broken]);
      const message = ofOrder("A-1");
      await bus.publish([message]);
      await vi.waitFor(
        async () => expect(await depthOf(bus)).toMatchObject({ waiting: 0, dead: 1 }),
        waiting,
      );
      expect(attempts).toHaveLength(4);
      expect(await bus.deadLetters.list()).toEqual([
        {
          ...message,
          consumer: "inventory-service",
          reason: "the stock cannot be read",
          attempts: 4,
          failedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ]);
    });

    test("makes a dead letter of poison at once", async () => {
      const bus = await tests.openBus();
      const attempts = await failing(bus, [new Poison("No contract knows order.created v9.")]);
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(
        async () => expect(await depthOf(bus)).toMatchObject({ waiting: 0, dead: 1 }),
        waiting,
      );
      expect(attempts).toHaveLength(1);
      expect(await bus.deadLetters.list("inventory-service")).toMatchObject([
        { reason: "No contract knows order.created v9.", attempts: 1 },
      ]);
      expect(await bus.deadLetters.list("notification-service")).toEqual([]);
    });

    test("does not count what is postponed", async () => {
      const bus = await tests.openBus();
      const later = new Postponed("The mail server is away.", 10);
      const attempts = await failing(bus, [later, later, later, later, later, broken]);
      await bus.publish([ofOrder("A-1")]);
      await vi.waitFor(
        () => expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1, 2]),
        waiting,
      );
    });

    test("goes on with others meanwhile", async () => {
      // Long enough for a machine that is busy to look at the others first.
      const bus = await tests.openBus({ retryDelaysMs: [3_000] });
      const done: string[] = [];
      await bus.subscribe({
        consumer: "inventory-service",
        concurrency: 1,
        async handle({ body, attempt }) {
          const { orderId } = body as { orderId: string };
          if (orderId === "A-1" && attempt === 1) throw broken;
          done.push(orderId);
        },
      });
      await bus.publish([ofOrder("A-1"), ofOrder("A-2"), ofOrder("A-3")]);
      await vi.waitFor(() => expect(done).toEqual(["A-2", "A-3", "A-1"]), waiting);
    });
  });
}
