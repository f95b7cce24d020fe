import {
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from "prom-client";
import { addProcessMetrics } from "./process-metrics.ts";

/**
 * The measurements of one service, in a registry of its own, so that several services can share a process. Asking twice for a name gives
 * the same instrument.
 */
export interface Metrics {
  readonly service: string;
  readonly registry: Registry;
  counter<Label extends string>(options: Omit<CounterConfiguration<Label>, "registers">): Counter<Label>;
  /** With `collect` it is asked when somebody reads the metrics, rather than kept up to date. */
  gauge<Label extends string>(options: Omit<GaugeConfiguration<Label>, "registers">): Gauge<Label>;
  /** Durations are in seconds, as Prometheus wants them. */
  histogram<Label extends string>(
    options: Omit<HistogramConfiguration<Label>, "registers">,
  ): Histogram<Label>;
  /** All of them in Prometheus' text format. */
  text(): Promise<string>;
}

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  addProcessMetrics(registry);

  const known = <Metric>(name: string, make: () => Metric): Metric =>
    (registry.getSingleMetric(name) as Metric | undefined) ?? make();

  return {
    service,
    registry,
    counter: (options) => known(options.name, () => new Counter({ ...options, registers: [registry] })),
    gauge: (options) => known(options.name, () => new Gauge({ ...options, registers: [registry] })),
    histogram: (options) => known(options.name, () => new Histogram({ ...options, registers: [registry] })),
    text: () => registry.metrics(),
  };
}
