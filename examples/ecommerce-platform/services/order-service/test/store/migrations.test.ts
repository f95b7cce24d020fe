import { openDatabase } from "@speckit/service-kit";
import { type FreshDatabase, freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrations, type OrderTables } from "../../src/store/migrations.ts";

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test("the first start makes the tables, a second start changes nothing", async () => {
  const first = await start();
  const second = await start();

  expect(first.filter((name) => !["inbox", "outbox", "schema_migration"].includes(name))).toEqual([
    "idempotency_keys",
    "order_lines",
    "orders",
    "user_cache",
  ]);
  expect(second).toEqual(first);
});

async function start(): Promise<string[]> {
  const database = await openDatabase<OrderTables>({
    url: fresh.url,
    service: "order-service",
    migrations,
    log: silentLog(),
    metrics: testMetrics(),
  });
  try {
    const { rows } = await database.pool.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    );
    return rows.map(({ name }) => name);
  } finally {
    await database.close();
  }
}
