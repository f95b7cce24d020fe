import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { createBell } from "../../bell.ts";
import type { Logger } from "../../telemetry/logger.ts";
import type { Subscription } from "../bus.ts";
import type { RunningSubscription } from "../subscriptions.ts";
import { createWorkers } from "../workers.ts";
import { createHolding } from "./holding.ts";
import type { Lease } from "./lease.ts";
import type { HeldDelivery } from "./queue.ts";
import { createSettlement } from "./settlement.ts";

export interface SubscriptionParts {
  readonly pool: Pool;
  readonly lease: Lease;
  readonly retryDelaysMs: readonly number[];
  readonly log: Logger;
}

export interface WakingSubscription extends RunningSubscription {
  /** Looks for messages now. */
  wake(): void;
}

/** For what no notification tells of: pauses that another process began, messages of a process that died. */
const pollMs = 1_000;
const longestBackoffMs = 1_000;

/** Takes messages of one consumer, some ahead of what is worked on, and settles each. */
export function startSubscription(
  { consumer, concurrency, handle, acknowledged }: Subscription,
  { pool, lease, retryDelaysMs, log }: SubscriptionParts,
): WakingSubscription {
  // Who works on messages one by one leaves the next to others meanwhile.
  const most = concurrency === 1 ? 1 : 2 * concurrency;
  const stopping = new AbortController();
  const bell = createBell();
  const holding = createHolding(pool, lease, consumer);
  /** There may be messages that wait for room. */
  let more = true;

  const wake = () => {
    more = true;
    bell.ring();
  };
  const settlement = createSettlement({
    pool,
    retryDelaysMs,
    log,
    stopping: stopping.signal,
    letGo(held, done) {
      holding.letGo(held);
      if (more) bell.ring();
      if (done) acknowledged?.(held.delivery);
    },
    dueIn: (ms) => setTimeout(wake, ms + 1).unref(),
  });
  const workers = createWorkers<HeldDelivery>(concurrency, async (held) => {
    try {
      await handle(held.delivery);
    } catch (error) {
      return settlement.failed(held, error);
    }
    settlement.done(held);
  });

  const work = async (): Promise<void> => {
    const room = most - holding.size();
    if (!more || 2 * room < most) {
      if (!(await bell.wait(pollMs))) more = true;
      return;
    }
    more = false;
    const taken = await holding.take(room);
    if (taken.length === room) more = true;
    workers.add(taken);
  };
  const run = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        await work();
        failures = 0;
      } catch (error) {
        more = true;
        log.warn({ err: error, consumer }, "the bus could not be asked for messages");
        const backoffMs = Math.min(longestBackoffMs, 20 * 2 ** failures++);
        await pause(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  };

  const running = run();
  return {
    consumer,
    wake,
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
      await holding.giveBack(workers.withdraw());
      await workers.idle();
      await settlement.settled();
      await holding.end();
    },
  };
}
