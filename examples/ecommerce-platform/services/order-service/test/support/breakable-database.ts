import { type Database, openDatabase } from "@speckit/service-kit";
import { freshDatabase, severable, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { migrations, type OrderTables } from "../../src/store/migrations.ts";

/** A database of order-service that can be cut off from it, as by a server that goes down, and be given back. */
export async function breakableDatabase(): Promise<{
  database: Database<OrderTables>;
  cut(): Promise<void>;
  mend(): Promise<void>;
}> {
  const { url, drop } = await freshDatabase();
  const way = await severable(url);
  const opened = await openDatabase<OrderTables>({
    url: way.url,
    service: "order-service",
    migrations,
    log: silentLog(),
    metrics: testMetrics(),
  });
  const database = {
    ...opened,
    async close() {
      await opened.close();
      await way.cut();
      await drop();
    },
  };
  return { database, cut: way.cut, mend: way.mend };
}
