import { openDatabase } from "@speckit/service-kit";
import { freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { type InventoryTables, migrations } from "../../src/store/migrations.ts";

test("the first start makes the tables, and a second one leaves them and their rows as they are", async () => {
  const { url, drop } = await freshDatabase();
  const open = () =>
    openDatabase<InventoryTables>({
      url,
      service: "inventory-service",
      migrations,
      log: silentLog(),
      metrics: testMetrics(),
    });
  const first = await open();
  await first.db
    .insertInto("products")
    .values({ sku: "TEA-100", name: "Tea, 100 g", unit_price: 450, currency: "EUR", available: 1000 })
    .execute();
  await first.close();

  const second = await open();
  const { rows } = await second.pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["products", "reservations", "reservation_lines", "outbox", "inbox"]),
  );
  expect(await second.db.selectFrom("products").select("available").execute()).toEqual([{ available: 1000 }]);
  await second.close();
  await drop();
});
