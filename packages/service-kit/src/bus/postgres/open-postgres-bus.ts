import { isDatabaseUnavailable } from "../../database/unavailable.ts";
import { type Bus, BusUnavailable } from "../bus.ts";
import type { BusOptions } from "../options.ts";
import { createSubscriptions, refuseUnknown } from "../subscriptions.ts";
import { defaultRetryDelaysMs } from "../verdict.ts";
import { watchDepths } from "../watch-depths.ts";
import { openLease } from "./lease.ts";
import { createNotifier } from "./notifier.ts";
import { configOf, openPools } from "./pools.ts";
import { countMessages, listDead, replayDead, store, sweep } from "./queue.ts";
import { declareBus, schemaOf } from "./schema.ts";
import { startSubscription } from "./subscription.ts";

const sweepMs = 1_000;
const firstConnectionMs = 5_000;

/**
 * The embedded driver: messages are rows of a PostgreSQL database, stored once for each consumer. Whoever works on one holds it under a
 * lease that ends with its process; notifications wake consumers.
 */
export async function openPostgresBus(options: BusOptions): Promise<Bus> {
  const { url, topology, retryDelaysMs = defaultRetryDelaysMs, log, metrics } = options;
  const schema = schemaOf(options.prefix);
  const { durable, quick } = openPools(url, schema);
  const notifier = createNotifier(quick, schema);
  let declared = false;
  const lease = openLease({
    config: configOf(url, schema),
    channel: schema,
    log,
    async prepare(client) {
      await declareBus(client, schema, topology);
      declared = true;
    },
    onNews: (consumer) => wake(consumer),
  });
  const subscriptions = createSubscriptions(topology, (subscription) =>
    startSubscription(subscription, { pool: quick, lease, retryDelaysMs, log }),
  );
  const wake = (consumer?: string) => {
    for (const each of subscriptions.running()) {
      if (consumer === undefined || each.consumer === consumer) each.wake();
    }
  };
  const sweeping = setInterval(async () => {
    if (subscriptions.running().length === 0) return;
    const freed = await sweep(quick).catch(() => 0);
    if (freed > 0) wake();
  }, sweepMs);
  const consumers = topology.map(({ consumer }) => consumer);
  const depths = () => reachable(() => countMessages(quick, consumers));
  watchDepths(metrics, log, { consumers: subscriptions.consumers, depths });
  const end = async () => {
    clearInterval(sweeping);
    await subscriptions.stopAll();
    await lease.close();
    await Promise.all([durable.end(), quick.end()]);
  };
  let ended: Promise<void> | undefined;
  await lease.connected(firstConnectionMs);

  return {
    async publish(messages) {
      // Where nobody has said yet who receives a message, it would be stored for nobody.
      if (!declared) throw new BusUnavailable("The bus does not know yet who receives what.");
      if (messages.length > 0) notifier.tell(await reachable(() => store(durable, messages)));
    },
    subscribe: async (subscription) => subscriptions.add(subscription),
    deadLetters: {
      async list(consumer) {
        if (consumer !== undefined) refuseUnknown(topology, consumer);
        return reachable(() => listDead(quick, consumer));
      },
      async replay(consumer, id) {
        refuseUnknown(topology, consumer);
        const count = await reachable(() => replayDead(durable, consumer, id));
        if (count > 0) notifier.tell([consumer]);
        return count;
      },
    },
    depths,
    async check() {
      lease.confirm();
      await reachable(() => durable.query("SELECT 1"));
    },
    close: () => (ended ??= end()),
  };
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw new BusUnavailable("The bus does not answer.", { cause: error });
    throw error;
  }
}
