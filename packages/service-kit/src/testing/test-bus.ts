import type { Bus } from "../bus/bus.ts";
import { openBus } from "../bus/open-bus.ts";
import type { BusOptions } from "../bus/options.ts";
import { createLogger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { freshDatabase } from "./fresh-database.ts";

/** A bus with the embedded driver, on a database of its own; `close` drops it. */
export async function testBus(options: Pick<BusOptions, "topology" | "retryDelaysMs">): Promise<Bus> {
  const { url, drop } = await freshDatabase();
  const bus = await openBus({
    ...options,
    url,
    log: createLogger({ service: "test", level: "silent" }),
    metrics: createMetrics("test"),
  });
  return {
    ...bus,
    async close() {
      await bus.close();
      await drop();
    },
  };
}
