import type { Pool } from "pg";
import type { Lease } from "./lease.ts";
import { type HeldDelivery, putBackOthers, take } from "./queue.ts";

/** What a subscription holds of its consumer's messages. */
export interface Holding {
  size(): number;
  /** Holds the messages that are due first, this many at the most. Throws when the server does not answer. */
  take(limit: number): Promise<readonly HeldDelivery[]>;
  /** For a message whose row says so already. */
  letGo(held: HeldDelivery): void;
  /** Gives messages back that nobody has begun. */
  giveBack(untouched: readonly HeldDelivery[]): Promise<void>;
  end(): Promise<void>;
}

export function createHolding(pool: Pool, lease: Lease, consumer: string): Holding {
  const all = new Set<HeldDelivery>();
  let holder: number | undefined;
  let doubtful = false;

  const putBackUnknown = async () => {
    if (holder === undefined) return;
    const rows = [...all].map(({ row }) => row);
    await putBackOthers(pool, holder, rows);
  };
  return {
    size: () => all.size,
    async take(limit) {
      holder ??= await lease.hold();
      lease.confirm();
      // What was taken by a statement that failed on its way back is held, and nobody knows of it.
      if (doubtful) await putBackUnknown();
      doubtful = true;
      const taken = await take(pool, consumer, holder, limit);
      doubtful = false;
      for (const held of taken) all.add(held);
      return taken;
    },
    letGo: (held) => void all.delete(held),
    async giveBack(untouched) {
      for (const held of untouched) all.delete(held);
      // When it fails, the end of the lease does it.
      await putBackUnknown().catch(() => {});
    },
    async end() {
      if (holder !== undefined) await lease.release(holder);
    },
  };
}
