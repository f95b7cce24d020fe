import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Logger } from "../../telemetry/logger.ts";
import { judge } from "../verdict.ts";
import { createAcknowledger } from "./acknowledger.ts";
import { bury, type HeldDelivery, putBack, remove } from "./queue.ts";

/** Writes down what became of deliveries. */
export interface Settlement {
  /** Returns at once; the row goes with the next acknowledgement. */
  done(held: HeldDelivery): void;
  /** Writes the pause, or the dead letter. */
  failed(held: HeldDelivery, error: unknown): Promise<void>;
  /** Resolves when everything is written. */
  settled(): Promise<void>;
}

export interface SettlementParts {
  readonly pool: Pool;
  readonly retryDelaysMs: readonly number[];
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** Told when a row is not held any more; `acknowledged` when because its delivery is done. */
  letGo(held: HeldDelivery, acknowledged: boolean): void;
  /** Told when a message will be due again. */
  dueIn(ms: number): void;
}

const longestBackoffMs = 1_000;

export function createSettlement({
  pool,
  retryDelaysMs,
  log,
  stopping,
  letGo,
  dueIn,
}: SettlementParts): Settlement {
  // What is settled must be written, or it would stay held for as long as this process lives. A process that stops leaves it to the next.
  const insist = async (write: () => Promise<void>): Promise<void> => {
    for (let backoffMs = 20; ; backoffMs = Math.min(longestBackoffMs, 2 * backoffMs)) {
      try {
        return await write();
      } catch (error) {
        log.warn({ err: error }, "the bus could not note what became of a message");
        if (stopping.aborted) return;
        await pause(backoffMs, undefined, { signal: stopping }).catch(() => {});
      }
    }
  };
  const acknowledger = createAcknowledger<HeldDelivery>(async (all) => {
    await insist(() =>
      remove(
        pool,
        all.map(({ row }) => row),
      ),
    );
    for (const held of all) letGo(held, true);
  });

  return {
    done: acknowledger.add,
    async failed(held, error) {
      const { attempt } = held.delivery;
      const verdict = judge(error, attempt, retryDelaysMs);
      if (verdict.kind === "bury") {
        await insist(() => bury(pool, held, verdict.reason));
      } else {
        const { kind, afterMs } = verdict;
        await insist(() =>
          putBack(pool, held, { attempt: kind === "retry" ? attempt + 1 : attempt, afterMs }),
        );
        dueIn(afterMs);
      }
      letGo(held, false);
    },
    settled: acknowledger.settled,
  };
}
