import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Binding } from "./bus.ts";

export interface BusOptions {
  /** `amqp://…` or `amqps://…`: RabbitMQ. `postgres://…`: the embedded driver, in a database of its own. */
  readonly url: string;
  /** All consumers there are, not only one's own: what is published before a consumer's first start waits for it. */
  readonly topology: readonly Binding[];
  /** Keeps several platforms on one server apart: letters, digits, `_`, `-`, `.`. */
  readonly prefix?: string;
  /** Pauses before the second, third, … attempt, in milliseconds: 1000, 2000, 4000 unless said otherwise. */
  readonly retryDelaysMs?: readonly number[];
  readonly log: Logger;
  readonly metrics: Metrics;
}
