import { fileURLToPath } from "node:url";
import {
  type Environment,
  optional,
  optionalNumber,
  type RunningService,
  requiredUrl,
  startService,
} from "@speckit/service-kit";
import { inventoryConsumers, inventoryHandlers } from "./app.ts";
import { startReleasingExpired } from "./release-expired.ts";
import { seedProducts } from "./seed-products.ts";
import { type InventoryTables, migrations } from "./store/migrations.ts";

export { seedProducts } from "./seed-products.ts";

/** Starts inventory-service with the variables that ai-doc.md lists. */
export async function serve(environment: Environment): Promise<RunningService> {
  // Without it nobody could be told apart, and the contract has operations for administrators.
  requiredUrl(environment, "AUTH_URL", ["http", "https"]);
  const reservationMs = 1000 * optionalNumber(environment, "RESERVATION_SECONDS", 15 * 60, { min: 1 });
  return startService<InventoryTables>({
    name: "inventory-service",
    environment,
    folder: fileURLToPath(new URL("..", import.meta.url)),
    migrations,
    async build({ database, outbox, log }) {
      const dependencies = { database, outbox, reservationMs, clock: () => new Date() };
      if (optional(environment, "SEED_DEMO") === "on") await seedProducts(database);
      return {
        handlers: inventoryHandlers(dependencies),
        consumers: inventoryConsumers(dependencies),
        background: [startReleasingExpired({ ...dependencies, log, everyMs: lookEveryMs(reservationMs) })],
      };
    },
  });
}

/** Often enough that a reservation outlives its end by a tenth at most, and never by more than 10 seconds. */
function lookEveryMs(reservationMs: number): number {
  return Math.min(10_000, reservationMs / 10);
}
