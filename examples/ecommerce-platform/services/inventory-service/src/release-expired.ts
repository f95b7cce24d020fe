import type { Database, Logger } from "@speckit/service-kit";
import type { Dependencies } from "./app.ts";
import { stockReleased } from "./domain/reservation.ts";
import { linesOf } from "./domain/stock.ts";
import type { InventoryTables } from "./store/migrations.ts";
import { releaseExpiredBefore } from "./store/reservations.ts";
import { giveBack } from "./store/stock.ts";
import { takeTurn } from "./store/take-turn.ts";

interface Releasing extends Pick<Dependencies, "outbox" | "clock"> {
  readonly database: Pick<Database<InventoryTables>, "transaction">;
}

/** Small enough that the products of a batch are not locked for long. */
const batchSize = 100;

/** Releases reservations that have expired, a batch in one transaction, and tells how many. Instances share the work. */
export function releaseExpired({ database, outbox, clock }: Releasing): Promise<number> {
  return database.transaction(async (trx) => {
    await takeTurn(trx);
    const now = clock();
    const released = await releaseExpiredBefore(trx, now, batchSize);
    if (released.length === 0) return 0;

    await outbox.add(
      trx,
      released.map((reservation) => stockReleased(reservation, "expired", now)),
    );
    // Last, since it locks products that orders wait for.
    await giveBack(trx, linesOf(released.flatMap(({ lines }) => lines)));
    return released.length;
  });
}

/** Looks for expired reservations every `everyMs`. `stop` waits for a batch that is under way. */
export function startReleasingExpired({
  everyMs,
  log,
  ...releasing
}: Releasing & { readonly everyMs: number; readonly log: Logger }): { stop(): Promise<void> } {
  let stopped = false;
  let underWay = Promise.resolve();
  const timer = setInterval(() => {
    underWay = underWay.then(releaseAll);
  }, everyMs);

  async function releaseAll() {
    try {
      while (!stopped && (await releaseExpired(releasing)) === batchSize);
    } catch (error) {
      log.warn({ err: error }, "expired reservations could not be released; the next look tries again");
    }
  }

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await underWay;
    },
  };
}
