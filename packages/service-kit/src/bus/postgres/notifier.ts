import type { Pool } from "pg";

/** Wakes the consumers of new messages, in whatever process. Failures are the polls' to make good. */
export interface Notifier {
  tell(consumers: readonly string[]): void;
}

/**
 * Notifies in transactions of their own, one at a time: PostgreSQL lets transactions with a notification commit only one after the other,
 * so those that store messages carry none.
 */
export function createNotifier(pool: Pool, channel: string): Notifier {
  const waiting = new Set<string>();
  let notifying = false;

  const notifyAll = async () => {
    notifying = true;
    while (waiting.size > 0) {
      const consumers = [...waiting];
      waiting.clear();
      await pool
        .query({
          name: "bus-notify",
          text: "SELECT pg_notify($1, consumer) FROM unnest($2::text[]) AS told (consumer)",
          values: [channel, consumers],
        })
        .catch(() => {});
    }
    notifying = false;
  };
  return {
    tell(consumers) {
      for (const consumer of consumers) waiting.add(consumer);
      if (!notifying && waiting.size > 0) void notifyAll();
    },
  };
}
