import { openDatabase } from "@speckit/service-kit";
import { freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { createProfile } from "../../src/domain/profile.ts";
import { migrations, type UserTables } from "../../src/store/migrations.ts";
import { findProfile, saveProfile } from "../../src/store/profiles.ts";
import { ada, adasNames } from "../support/users.ts";

test("the first start makes the tables, and a second one leaves them and their rows as they are", async () => {
  const { url, drop } = await freshDatabase();
  const open = () =>
    openDatabase<UserTables>({
      url,
      service: "user-service",
      migrations,
      log: silentLog(),
      metrics: testMetrics(),
    });
  const first = await open();
  const { profile } = createProfile(undefined, ada, adasNames, new Date());
  await first.transaction((trx) => saveProfile(trx, profile));
  await first.close();

  const second = await open();
  const { rows } = await second.pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["profiles", "avatars", "outbox"]));
  expect(await findProfile(second.db, ada.userId)).toMatchObject(adasNames);
  await second.close();
  await drop();
});
