import { setTimeout as pause } from "node:timers/promises";
import { createBell } from "../bell.ts";
import type { Bus } from "../bus/bus.ts";
import type { Database } from "../database/open-database.ts";
import { faultPoint } from "../faults/fault-point.ts";
import { createPace } from "../pace.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { declareRelayFaults, type RelayStep } from "./fault-names.ts";
import { hasEvents } from "./outbox.ts";
import { type OutboxSession, openOutboxSession } from "./outbox-session.ts";
import { watchOutbox } from "./watch-outbox.ts";

export interface Relay {
  /** Looks at the outbox now. */
  wake(): void;
  /** Ends after the batch that is under way. */
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly database: Pick<Database<unknown>, "pool" | "onCommit">;
  readonly bus: Pick<Bus, "publish">;
  readonly service: string;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const batchSize = 500;
/** A busy service publishes in batches of what it stored in so many milliseconds; after a rest nothing waits. */
const paceMs = 10;
/** For what no wake-up tells of: events of an instance that died, a relay that has to take over. */
const pollMs = 500;
const longestBackoffMs = 2_000;

/**
 * Publishes what is in the outbox, in the order it was stored, and removes it once the bus has confirmed it; after a crash between the two
 * it is published again. Of several relays on one outbox one works, and another takes over when it ends, however it ends. Without bus or
 * database it tries again with growing pauses.
 */
export function startRelay({ database, bus, service, log, metrics }: RelayOptions): Relay {
  declareRelayFaults(service);
  watchOutbox(database.pool, metrics);
  const published = metrics.counter({
    name: "outbox_published_total",
    help: "Events that went out to the bus.",
  });
  const fault = (step: RelayStep) => faultPoint(`${service}/relay.${step}`);
  const stopping = new AbortController();
  const bell = createBell();
  const pace = createPace(paceMs);
  let session: OutboxSession | undefined;

  const onLost = ({ message }: Error) => {
    log.warn({ reason: message }, "the relay lost its connection to the database");
    session = undefined;
    bell.ring();
  };
  /** True when there may be more. */
  const work = async (woken: boolean): Promise<boolean> => {
    session ??= await openOutboxSession(database.pool, { onNews: bell.ring, onLost });
    if (await session.acquire()) {
      const count = await publishBatch(session, bus, fault);
      published.inc(count);
      return count === batchSize;
    }
    if (woken) await session.tellOther();
    return false;
  };
  const run = async () => {
    let failures = 0;
    let woken = false;
    while (!stopping.signal.aborted) {
      try {
        await pace.ready(stopping.signal);
        woken = (await work(woken)) || (await bell.wait(pollMs));
        failures = 0;
      } catch (error) {
        const backoffMs = Math.min(longestBackoffMs, 100 * 2 ** failures++);
        log.warn({ err: error, backoffMs }, "the relay could not publish");
        await pause(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    await session?.end().catch(() => {});
  };

  const forget = database.onCommit((trx) => hasEvents(trx) && bell.ring());
  const running = run();
  return {
    wake: bell.ring,
    async stop() {
      forget();
      stopping.abort();
      bell.ring();
      await running;
    },
  };
}

async function publishBatch(
  session: OutboxSession,
  bus: Pick<Bus, "publish">,
  fault: (step: RelayStep) => void,
): Promise<number> {
  const { ids, messages } = await session.first(batchSize);
  if (messages.length === 0) return 0;
  fault("before-publish");
  await bus.publish(messages);
  fault("after-publish");
  await session.remove(ids);
  fault("after-mark");
  return messages.length;
}
