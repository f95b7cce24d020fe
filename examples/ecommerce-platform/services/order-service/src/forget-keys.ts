import type { Database, Logger } from "@speckit/service-kit";
import { forgetOldKeys } from "./store/idempotency-keys.ts";
import type { OrderTables } from "./store/migrations.ts";

const hourMs = 3_600_000;

/**
 * Deletes keys older than 24 hours, now and every hour, so that their table does not grow. Any number of instances may
 * do so at once. `stop` waits for a deletion that is under way.
 */
export function startForgettingKeys({
  database,
  log,
  everyMs = hourMs,
}: {
  readonly database: Pick<Database<OrderTables>, "db">;
  readonly log: Logger;
  readonly everyMs?: number;
}): { stop(): Promise<void> } {
  let underWay = forget();
  const timer = setInterval(() => {
    underWay = underWay.then(forget);
  }, everyMs);

  async function forget() {
    try {
      const count = await forgetOldKeys(database.db);
      if (count > 0) log.info({ count }, "old idempotency keys were deleted");
    } catch (error) {
      // Nothing depends on it: a key that is too old counts as free. The next hour tries again.
      log.warn({ err: error }, "old idempotency keys could not be deleted");
    }
  }

  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
