import { createLogger, createMetrics, openDatabase } from "@speckit/service-kit";
import { freshDatabase } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrations } from "../../src/store/migrations.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function tablesAfterStart(): Promise<string[]> {
  const log = createLogger({ service: "auth-service", level: "silent" });
  const metrics = createMetrics("auth-service");
  const opened = await openDatabase({ url: database.url, service: "auth-service", migrations, log, metrics });
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(
    opened.db,
  );
  await opened.close();
  return rows.map(({ name }) => name).sort();
}

test("the first start makes the tables, a second one changes nothing", async () => {
  const first = await tablesAfterStart();
  expect(first).toEqual(
    expect.arrayContaining([
      "accounts",
      "login_failures",
      "outbox",
      "password_resets",
      "refresh_tokens",
      "sessions",
      "signing_keys",
    ]),
  );
  expect(await tablesAfterStart()).toEqual(first);
});
