import type { Migration } from "../database/migration.ts";
import { type Database, openDatabase } from "../database/open-database.ts";
import { createLogger } from "../telemetry/logger.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { freshDatabase } from "./fresh-database.ts";

/** A database of a service, fresh from its migrations; `close` drops it. */
export async function testDatabase<Tables>(migrations: readonly Migration[]): Promise<Database<Tables>> {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase<Tables>({
    url,
    service: "test",
    migrations,
    log: createLogger({ service: "test", level: "silent" }),
    metrics: createMetrics("test"),
  });
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}
