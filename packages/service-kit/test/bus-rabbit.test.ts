import { randomUUID } from "node:crypto";
import net from "node:net";
import { type Channel, type ChannelModel, connect } from "amqplib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { namesOf, queuesOf } from "../src/bus/rabbit/topology.ts";
import { type Bus, openBus } from "../src/index.ts";
import { severable, silentLog, testMetrics } from "../src/testing/index.ts";
import { type BusGround, busConformance } from "./bus-conformance/index.ts";

const server = process.env.AMQP_URL ?? "amqp://guest:guest@127.0.0.1:5672";

function answers(): Promise<boolean> {
  const { hostname, port } = new URL(server);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port || 5672), hostname);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function prepare(): Promise<BusGround> {
  const way = await severable(server);
  const outside = await connect(server);
  const channel = await outside.createChannel();
  return {
    url: way.url,
    cutConnections: async () => way.drop(),
    goAway: way.cut,
    comeBack: way.mend,
    async clean(prefix, topology, retries) {
      const names = namesOf(prefix);
      const queues = topology.flatMap(({ consumer }) => queuesOf(names, consumer, retries));
      await Promise.all(queues.map((queue) => channel.deleteQueue(queue)));
      await channel.deleteExchange(names.exchange);
    },
    async close() {
      await outside.close();
      await way.close();
    },
  };
}

const there = await answers();
if (there) busConformance("RabbitMQ", prepare);

describe.skipIf(!there)("RabbitMQ, which must answer at AMQP_URL or 127.0.0.1:5672", () => {
  const topology = [{ consumer: "inventory-service", topics: ["events.order.created"] }];
  const prefix = `test-${randomUUID()}.`;
  const names = namesOf(prefix);
  const queue = names.queue("inventory-service");
  let outside: ChannelModel;
  let channel: Channel;
  let bus: Bus;

  beforeAll(async () => {
    outside = await connect(server);
    channel = await outside.createChannel();
    bus = await openBus({ url: server, prefix, topology, log: silentLog(), metrics: testMetrics() });
  });
  afterAll(async () => {
    await bus.close();
    for (const each of queuesOf(names, "inventory-service", 3)) await channel.deleteQueue(each);
    await channel.deleteExchange(names.exchange);
    await outside.close();
  });

  test("a message that is no JSON becomes a dead letter, as it was", async () => {
    const handle = vi.fn(async () => {});
    const subscription = await bus.subscribe({ consumer: "inventory-service", concurrency: 1, handle });
    channel.publish(names.exchange, "events.order.created", Buffer.from("order 7, two teas"), {
      messageId: "m-7",
    });
    await vi.waitFor(
      async () => {
        expect(await bus.deadLetters.list()).toMatchObject([
          {
            id: "m-7",
            reason: "Its body is no JSON.",
            attempts: 1,
            body: { unreadable: "order 7, two teas" },
          },
        ]);
      },
      { timeout: 20_000 },
    );
    expect(handle).not.toHaveBeenCalled();
    await subscription.stop();
    await channel.purgeQueue(names.dead("inventory-service"));
  });

  test("a message without an id is a dead letter that can be named, and goes again by that name", async () => {
    const handle = vi.fn(async () => {});
    const subscription = await bus.subscribe({ consumer: "inventory-service", concurrency: 1, handle });
    channel.publish(names.exchange, "events.order.created", Buffer.from("no id, one tea"));
    await vi.waitFor(async () => expect(await bus.deadLetters.list()).toHaveLength(1), { timeout: 10_000 });
    await subscription.stop();
    const [letter] = await bus.deadLetters.list();
    expect(letter?.id).toMatch(/^unnamed-[0-9a-f]{16}$/);
    expect(await bus.deadLetters.replay("inventory-service", "unnamed-0")).toBe(0);
    expect(await bus.deadLetters.replay("inventory-service", letter?.id)).toBe(1);
    await channel.purgeQueue(queue);
  });

  test("a message whose consumer disappears again and again becomes a dead letter", async () => {
    await bus.publish([{ id: "m-8", topic: "events.order.created", body: { orderId: "A-8" }, headers: {} }]);
    await vi.waitFor(
      async () => {
        const message = await channel.get(queue);
        if (message) channel.nack(message, false, true);
        expect(await channel.checkQueue(names.dead("inventory-service"))).toMatchObject({ messageCount: 1 });
      },
      { timeout: 50_000, interval: 1 },
    );
    expect(await bus.deadLetters.list()).toMatchObject([
      {
        id: "m-8",
        topic: "events.order.created",
        reason: "Its consumer disappeared too often while it worked on it.",
        failedAt: expect.stringMatching(/^20/),
        body: { orderId: "A-8" },
      },
    ]);
  });
});
