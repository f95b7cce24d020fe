import type { Bus, DeadLetter } from "@speckit/service-kit";
import { expect, test } from "vitest";
import { listDeadLetters, replayDeadLetters, showDeadLetter } from "../src/dead-letters.ts";

const letter = (id: string, consumer: string, reason: string): DeadLetter => ({
  id,
  consumer,
  topic: "events.order.created",
  reason,
  attempts: 4,
  failedAt: "2026-11-23T10:10:00.000Z",
  body: { eventId: id },
  headers: {},
});

const letters = [
  letter("e1", "notification-service", "mail server\u001b[2J unreachable"),
  letter("e1", "inventory-service", "deadlock"),
  { ...letter("e2", "inventory-service", "items must be array"), attempts: 1 },
];

function busWith(waiting: readonly DeadLetter[]) {
  const replayed: string[] = [];
  const deadLetters: Bus["deadLetters"] = {
    list: async (consumer) => waiting.filter((one) => consumer === undefined || one.consumer === consumer),
    replay: async (consumer, id) => replayed.push(`${consumer} ${id}`) && 1,
  };
  return { bus: { deadLetters } as Bus, replayed };
}

test("a list says what failed where and why, without a terminal obeying it", async () => {
  const { text, code } = await listDeadLetters(busWith(letters).bus);
  expect(code).toBe(0);
  expect(text).toContain(
    "e1  order.created → notification-service\n  2026-11-23T10:10:00.000Z, 4 tries: mail server [2J unreachable\n",
  );
  expect(text).toContain("1 try: items must be array");
  expect(text).toContain("3 dead letters.");
});

test("no id and no topic is obeyed by a terminal either", async () => {
  const odd = { ...letter("e3\u001b[31m", "inventory-service", "odd"), topic: "events.order\u0007" };
  const { text } = await listDeadLetters(busWith([odd]).bus);
  expect(text).toMatch(/^e3 \[31m {2}order {2}→ inventory-service\n/);
});

test.each([
  { of: "one consumer", consumer: "notification-service", says: "1 dead letter." },
  { of: "a consumer without any", consumer: "order-service", says: "No dead letters." },
])("a list of $of: $says", async ({ consumer, says }) => {
  expect((await listDeadLetters(busWith(letters).bus, consumer)).text).toContain(says);
});

test("one is shown as JSON, for each consumer that failed with it", async () => {
  const { text } = await showDeadLetter(busWith(letters).bus, "e2");
  expect(JSON.parse(text)).toEqual(letters[2]);
  expect((await showDeadLetter(busWith(letters).bus, "e1")).text.match(/"consumer"/g)).toHaveLength(2);
});

test.each([
  {
    which: "e2",
    replayed: ["inventory-service e2"],
    says: "1 message goes to inventory-service again.",
    code: 0,
  },
  {
    which: "e1",
    replayed: ["notification-service e1", "inventory-service e1"],
    says: "2 messages go to notification-service, inventory-service again.",
    code: 0,
  },
  {
    which: "inventory-service",
    replayed: ["inventory-service e1", "inventory-service e2"],
    says: "2 messages go",
    code: 0,
  },
  {
    which: "--all",
    replayed: ["notification-service e1", "inventory-service e1", "inventory-service e2"],
    says: "3 messages go",
    code: 0,
  },
  { which: "order-service", replayed: [], says: "No dead letters.", code: 0 },
  { which: "e9", replayed: [], says: "There is no dead letter e9.", code: 1 },
])("replaying $which: $says", async ({ which, replayed, says, code }) => {
  const shop = busWith(letters);
  const outcome = await replayDeadLetters(shop.bus, which);
  expect(outcome.text).toContain(says);
  expect(outcome.code).toBe(code);
  expect(shop.replayed).toEqual(replayed);
});

test("one that nobody knows cannot be shown", async () => {
  expect(await showDeadLetter(busWith([]).bus, "e9")).toMatchObject({ code: 1 });
});

test("a consumer that nobody knows is refused, and none is said to have no dead letters", async () => {
  const { bus } = busWith([]);
  const strict = {
    deadLetters: {
      ...bus.deadLetters,
      list: async (consumer?: string) => {
        if (consumer !== undefined) throw new Error(`The topology has no consumer ${consumer}.`);
        return [];
      },
    },
  } as unknown as Bus;
  await expect(replayDeadLetters(strict, "tea-service")).rejects.toThrow("no consumer tea-service");
});
