import { openDatabase } from "@speckit/service-kit";
import { freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../../src/store/migrations.ts";

test("the first start makes the tables, a second one changes nothing", async () => {
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  const open = () =>
    openDatabase({ url, service: "test", migrations, log: silentLog(), metrics: testMetrics() });
  const tables = async () => {
    const database = await open();
    const { rows } = await sql<{ made: string }>`
      SELECT table_name || '.' || column_name || ' ' || data_type AS made FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY made`.execute(database.db);
    await database.close();
    return rows.map(({ made }) => made);
  };

  const first = await tables();
  expect(first).toEqual(expect.arrayContaining(["email_log.content json", "order_summaries.lines json"]));
  expect(await tables()).toEqual(first);
});
