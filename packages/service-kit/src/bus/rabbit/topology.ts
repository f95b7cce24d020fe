import type { ConfirmChannel } from "amqplib";
import type { Binding } from "../bus.ts";

/** The names on the server, all below one prefix. */
export interface Names {
  readonly exchange: string;
  queue(consumer: string): string;
  /** Where a message pauses before attempt `attempt` + 1. */
  retries(consumer: string, attempt: number): string;
  /** Where a message pauses whose attempt did not count. */
  postponed(consumer: string): string;
  dead(consumer: string): string;
}

export function namesOf(prefix = ""): Names {
  const queue = (consumer: string) => `${prefix}${consumer}`;
  return {
    exchange: `${prefix}events`,
    queue,
    retries: (consumer, attempt) => `${queue(consumer)}.retry-${attempt}`,
    postponed: (consumer) => `${queue(consumer)}.postponed`,
    dead: (consumer) => `${queue(consumer)}.dead`,
  };
}

/** All queues of a consumer. */
export function queuesOf(names: Names, consumer: string, retries: number): string[] {
  const attempts = Array.from({ length: retries }, (_, index) => index + 1);
  return [
    names.queue(consumer),
    ...attempts.map((attempt) => names.retries(consumer, attempt)),
    names.postponed(consumer),
    names.dead(consumer),
  ];
}

// A message that ends its consumers again and again is set aside; newer servers would drop it after 20 times.
const deliveryLimit = 100;
// Reading a dead letter counts as a delivery, and may be done as often as one likes.
const noDeliveryLimit = 2 ** 31 - 1;

/**
 * Declares exchange, queues and bindings; what is there already stays as it is. Bindings are only ever added: an older version of a service
 * may still run. Pauses are times to live of the messages, not of the queues, whose arguments can never be changed.
 */
export async function declareTopology(
  channel: ConfirmChannel,
  names: Names,
  { topology, retries }: { topology: readonly Binding[]; retries: number },
): Promise<void> {
  await channel.assertExchange(names.exchange, "topic", { durable: true });
  for (const { consumer, topics } of topology) {
    const queue = names.queue(consumer);
    const dead = names.dead(consumer);
    await assertQuorumQueue(channel, dead, { "x-delivery-limit": noDeliveryLimit });
    for (const paused of queuesOf(names, consumer, retries).slice(1, -1)) {
      await assertQuorumQueue(channel, paused, thenTo(queue));
    }
    await assertQuorumQueue(channel, queue, { ...thenTo(dead), "x-delivery-limit": deliveryLimit });
    for (const topic of topics) await channel.bindQueue(queue, names.exchange, topic);
  }
}

async function assertQuorumQueue(channel: ConfirmChannel, queue: string, more: object): Promise<void> {
  await channel.assertQueue(queue, { durable: true, arguments: { "x-queue-type": "quorum", ...more } });
}

/** Messages that leave a queue go to another, and leave only once they are stored there. */
function thenTo(queue: string): object {
  return {
    "x-dead-letter-exchange": "",
    "x-dead-letter-routing-key": queue,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
  };
}
