import type { Transaction } from "kysely";
import { expect, test } from "vitest";
import { noTracing } from "../../src/index.ts";
import { tracedConsumer } from "../../src/service/traced-consumer.ts";

const event = {
  eventId: "e1",
  eventType: "order.created",
  eventVersion: "v1",
  timestamp: "2026-11-23T10:10:00Z",
  data: { orderId: "o1" },
};

test("a consumer that is traced is told all that it is told without", async () => {
  const told: string[] = [];
  const consumer = tracedConsumer(
    {
      eventType: "order.created",
      prepare: async (events) => void told.push(`prepare ${events.length}`),
      handle: async ({ eventId }, _, prepared) => void told.push(`handle ${eventId} ${prepared}`),
    },
    noTracing,
  );
  const trx = {} as Transaction<object>;
  await consumer.prepare?.([event], trx);
  await consumer.handle(event, trx, "prepared");
  expect(consumer.eventType).toBe("order.created");
  expect(told).toEqual(["prepare 1", "handle e1 prepared"]);
});
