import { type Bus, BusUnavailable, type QueueDepth } from "../bus.ts";
import type { BusOptions } from "../options.ts";
import { stayConnected } from "../stay-connected.ts";
import { createSubscriptions, refuseUnknown } from "../subscriptions.ts";
import { defaultRetryDelaysMs } from "../verdict.ts";
import { watchDepths } from "../watch-depths.ts";
import { countMessages, listDead, replayDead } from "./dead-letters.ts";
import { openRabbitLink, type RabbitLink } from "./link.ts";
import { messageTo } from "./message.ts";
import { startSubscription } from "./subscription.ts";
import { namesOf, queuesOf } from "./topology.ts";

const firstConnectionMs = 5_000;

/**
 * The driver for RabbitMQ (3.10 or newer): a topic exchange, and for each consumer quorum queues for its messages, for the pauses between
 * attempts and for dead letters.
 */
export async function openRabbitBus(options: BusOptions): Promise<Bus> {
  const { url, topology, retryDelaysMs = defaultRetryDelaysMs, log, metrics } = options;
  const names = namesOf(options.prefix);
  const retries = retryDelaysMs.length;
  const consumers = topology.map(({ consumer }) => consumer);

  const open = () => openRabbitLink({ url, names, topology, retries });
  const connection = stayConnected(open, log);
  const onLink = <T>(work: (link: RabbitLink) => Promise<T>) =>
    reachable(async () => work(connection.current()));
  const subscriptions = createSubscriptions(topology, (subscription) =>
    startSubscription(subscription, { names, retryDelaysMs, log, open }),
  );
  const depths = () =>
    onLink((link) =>
      Promise.all(consumers.map((consumer) => depthOf(link, queuesOf(names, consumer, retries), consumer))),
    );
  watchDepths(metrics, log, { consumers: subscriptions.consumers, depths });
  const end = async () => {
    await subscriptions.stopAll();
    await connection.close();
  };
  let ended: Promise<void> | undefined;
  await connection.connected(firstConnectionMs);

  return {
    publish: (messages) =>
      onLink((link) => link.send(...messages.map((message) => messageTo(names.exchange, message)))),
    subscribe: async (subscription) => subscriptions.add(subscription),
    deadLetters: {
      async list(consumer) {
        if (consumer !== undefined) refuseUnknown(topology, consumer);
        const asked = consumer === undefined ? consumers : [consumer];
        return (await onLink((link) => Promise.all(asked.map((each) => listDead(link, names, each))))).flat();
      },
      async replay(consumer, id) {
        refuseUnknown(topology, consumer);
        return onLink((link) => replayDead(link, names, consumer, id));
      },
    },
    depths,
    check: () => onLink((link) => link.check()),
    close: () => (ended ??= end()),
  };
}

async function depthOf(link: RabbitLink, queues: readonly string[], consumer: string): Promise<QueueDepth> {
  const waiting = await countMessages(link, queues.slice(0, -1));
  return { consumer, waiting, dead: await countMessages(link, queues.slice(-1)) };
}

/** Whatever fails on a connection that works otherwise, fails because it broke meanwhile. */
async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BusUnavailable) throw error;
    throw new BusUnavailable("The bus does not answer.", { cause: error });
  }
}
