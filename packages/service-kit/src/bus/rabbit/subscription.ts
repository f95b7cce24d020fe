import { setImmediate as nextTurn } from "node:timers/promises";
import type { Channel, Message } from "amqplib";
import type { Logger } from "../../telemetry/logger.ts";
import { BusUnavailable, type Delivery, Poison, type Subscription } from "../bus.ts";
import { stayConnected } from "../stay-connected.ts";
import type { RunningSubscription } from "../subscriptions.ts";
import { judge } from "../verdict.ts";
import { createWorkers } from "../workers.ts";
import { atMost, endsWith, type RabbitLink } from "./link.ts";
import { deliveryOf, envelopeOf, forwarded } from "./message.ts";
import type { Names } from "./topology.ts";

export interface SubscriptionParts {
  readonly names: Names;
  readonly retryDelaysMs: readonly number[];
  readonly log: Logger;
  open(): Promise<RabbitLink>;
}

const closingMs = 2_000;

/** A message with the connection it came through, on which alone it can be acknowledged. */
interface Received {
  readonly message: Message;
  readonly channel: Channel;
  readonly link: RabbitLink;
}

/**
 * Receives the messages of one consumer, on a connection of its own: a server that is short of memory stops those who publish, and must
 * not stop those who would relieve it.
 */
export function startSubscription(subscription: Subscription, parts: SubscriptionParts): RunningSubscription {
  const { consumer, concurrency } = subscription;
  // Who works on messages one by one leaves the next to others meanwhile.
  const most = concurrency === 1 ? 1 : 2 * concurrency;
  const workers = createWorkers<Received>(concurrency, (received) => work(received, subscription, parts));
  let stopped = false;

  const connection = stayConnected(async () => {
    if (stopped) throw new BusUnavailable("The subscription has ended.");
    const link = await parts.open();
    const channel = await link.model.createChannel();
    endsWith(channel, link.end);
    // What came through the connection before will come again.
    workers.withdraw();
    await channel.prefetch(most);
    const { consumerTag } = await channel.consume(parts.names.queue(consumer), (message) => {
      // The server says so when somebody deleted the queue; a new connection declares it again.
      if (!message) void link.end();
      else if (stopped) giveBack({ message, channel });
      else workers.add([{ message, channel, link }]);
    });
    // The connection's own end may overtake acknowledgements that are still to be written; a channel's comes after them.
    const end = async () => {
      await atMost(
        closingMs,
        channel.close().catch(() => {}),
      );
      await link.end();
    };
    return { ended: link.ended, end, cancel: () => channel.cancel(consumerTag) };
  }, parts.log);

  return {
    consumer,
    async stop() {
      stopped = true;
      for (const received of workers.withdraw()) giveBack(received);
      try {
        await connection.current().cancel();
      } catch {
        // Without a connection there is nothing to cancel.
      }
      await workers.idle();
      await connection.close();
    },
  };
}

/** Never throws: what cannot be settled, for want of a connection, comes again. */
async function work(
  received: Received,
  { consumer, handle, acknowledged }: Subscription,
  parts: SubscriptionParts,
) {
  const { message, channel } = received;
  try {
    const delivery = readable(message);
    await handle(delivery);
    channel.ack(message);
    // amqplib writes what it was given in the next turn; then it has left this process.
    if (acknowledged) await nextTurn().then(nextTurn);
    acknowledged?.(delivery);
  } catch (error) {
    await passOn(received, consumer, error, parts).catch((failure: unknown) =>
      parts.log.warn({ err: failure }, "the bus could not note what became of a message"),
    );
  }
}

function readable(message: Message): Delivery {
  try {
    return deliveryOf(message);
  } catch {
    throw new Poison("Its body is no JSON.");
  }
}

/** To the queue where it pauses or where the dead letters are; it leaves its own queue only once it is stored there. */
async function passOn(
  received: Received,
  consumer: string,
  error: unknown,
  { names, retryDelaysMs }: SubscriptionParts,
) {
  const { message, channel, link } = received;
  const { topic, attempt } = envelopeOf(message);
  const verdict = judge(error, attempt, retryDelaysMs);
  const to = {
    retry: names.retries(consumer, attempt),
    postpone: names.postponed(consumer),
    bury: names.dead(consumer),
  }[verdict.kind];
  const options =
    verdict.kind === "bury"
      ? forwarded(message, { topic, attempt, reason: verdict.reason, failedAt: new Date().toISOString() })
      : forwarded(
          message,
          { topic, attempt: verdict.kind === "retry" ? attempt + 1 : attempt },
          verdict.afterMs,
        );
  try {
    await link.send({ exchange: "", key: to, content: message.content, options });
  } catch (failure) {
    giveBack(received);
    throw failure;
  }
  channel.ack(message);
}

function giveBack({ message, channel }: Pick<Received, "message" | "channel">): void {
  try {
    channel.nack(message, false, true);
  } catch {
    // The channel is closed, so the server has it back already.
  }
}
