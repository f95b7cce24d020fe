import type { Pool } from "pg";
import type { Metrics } from "../telemetry/metrics.ts";

/** How many connections a pool has and how many callers wait for one. */
export function watchPool(pool: Pool, metrics: Metrics): void {
  const connections = metrics.gauge({
    name: "database_pool_connections",
    help: "Connections of the pool; waiting counts callers without one.",
    labelNames: ["state"],
    collect() {
      connections.set({ state: "idle" }, pool.idleCount);
      connections.set({ state: "used" }, pool.totalCount - pool.idleCount);
      connections.set({ state: "waiting" }, pool.waitingCount);
    },
  });
}
