import { performance } from "node:perf_hooks";
import { Gauge, type Registry } from "prom-client";

/**
 * Memory, processor and event loop of the process. prom-client's own defaults watch every garbage collection and wake up a hundred times a
 * second; these cost something only when they are read.
 */
export function addProcessMetrics(registry: Registry): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({ name, help, registers: [registry], collect: (): void => metric(name).set(value()) });
  const metric = (name: string) => registry.getSingleMetric(name) as Gauge;

  gauge("process_resident_memory_bytes", "Memory of the process.", () => process.memoryUsage.rss());
  gauge("process_cpu_seconds_total", "Processor time of the process.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  let before = performance.eventLoopUtilization();
  gauge(
    "nodejs_eventloop_utilization",
    "Share of time the event loop was busy since it was last read.",
    () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
  );
}
