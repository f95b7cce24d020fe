import { setTimeout as pause } from "node:timers/promises";
import type { Inside, Miscount } from "./look-inside.ts";

export interface StockWatch {
  /** Resolves with the first miscount of each product. */
  stop(): Promise<Miscount[]>;
}

const everyMs = 100;

/** Looks at the pieces of products again and again. While the database is away there is nothing to see. */
export function watchStock(inside: Inside, stock: ReadonlyMap<string, number>): StockWatch {
  const seen = new Map<string, Miscount>();
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const miscounts = await inside.miscounts(stock).catch(() => []);
      for (const miscount of miscounts) if (!seen.has(miscount.sku)) seen.set(miscount.sku, miscount);
      await pause(everyMs);
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopped = true;
      await watching;
      return [...seen.values()];
    },
  };
}
