import { createMetrics, type Metrics } from "../telemetry/metrics.ts";

/** Measurements in a registry that nobody reads but the test. */
export function testMetrics(): Metrics {
  return createMetrics("test");
}
