import { openBus } from "../src/index.ts";
import { createLogger } from "../src/telemetry/logger.ts";
import { createMetrics } from "../src/telemetry/metrics.ts";

// A consumer in a process of its own: tells its parent of each delivery, and is never done with one.
const { BUS_URL = "", BUS_PREFIX = "", BUS_CONSUMER = "", BUS_TOPOLOGY = "[]" } = process.env;
const bus = await openBus({
  url: BUS_URL,
  prefix: BUS_PREFIX,
  topology: JSON.parse(BUS_TOPOLOGY),
  log: createLogger({ service: BUS_CONSUMER, level: "silent" }),
  metrics: createMetrics(BUS_CONSUMER),
});
await bus.subscribe({
  consumer: BUS_CONSUMER,
  concurrency: 10,
  handle({ id }) {
    process.send?.({ began: id });
    return new Promise(() => {});
  },
});
process.send?.("ready");
