import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { QueueDepth } from "./bus.ts";

/** Measures the queues that this process consumes, when somebody reads the metrics. */
export function watchDepths(
  metrics: Metrics,
  log: Logger,
  { consumers, depths }: { consumers(): ReadonlySet<string>; depths(): Promise<readonly QueueDepth[]> },
): void {
  const messages = metrics.gauge({
    name: "bus_queue_messages",
    help: "Messages of a consumer that wait, and its dead letters.",
    labelNames: ["consumer", "state"],
    async collect() {
      messages.reset();
      if (consumers().size === 0) return;
      try {
        for (const { consumer, waiting, dead } of await depths()) {
          if (!consumers().has(consumer)) continue;
          messages.set({ consumer, state: "waiting" }, waiting);
          messages.set({ consumer, state: "dead" }, dead);
        }
      } catch (error) {
        log.warn({ err: error }, "the queues could not be measured");
      }
    },
  });
}
