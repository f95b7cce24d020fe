import type { Database } from "@speckit/service-kit";
import { silentLog } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startForgettingKeys } from "../src/forget-keys.ts";
import type { OrderTables } from "../src/store/migrations.ts";
import type { OrderStore } from "../src/store/orders.ts";
import { keyUse, newOrder, openShop } from "./support/shop.ts";

const soon = { timeout: 30_000 };
let database: Database<OrderTables>;
let orders: OrderStore;

beforeAll(async () => {
  ({ database, orders } = await openShop());
});
beforeEach(() => database.pool.query("TRUNCATE orders, order_lines, idempotency_keys"));
afterAll(() => database.close());

async function useKey(key: string, hoursAgo: number): Promise<void> {
  await orders.place(newOrder(), keyUse({ key }));
  await database.pool.query(
    "UPDATE idempotency_keys SET created_at = now() - make_interval(hours => $2) WHERE key = $1",
    [key, hoursAgo],
  );
}

const keys = async () =>
  (await database.db.selectFrom("idempotency_keys").select("key").orderBy("key").execute()).map(
    ({ key }) => key,
  );

test("keys older than 24 hours are deleted at the start, and that is done when it has stopped", async () => {
  await useKey("yesterday", 25);
  await useKey("today", 23);

  await startForgettingKeys({ database, log: silentLog() }).stop();

  expect(await keys()).toEqual(["today"]);
});

test("keys that grow old later are deleted in a later round", async () => {
  const forgetting = startForgettingKeys({ database, log: silentLog(), everyMs: 5 });
  await useKey("yesterday", 25);

  await vi.waitFor(async () => expect(await keys()).toEqual([]), soon);
  await forgetting.stop();
});

test("Failure mode: Database down: it goes on when the database is back", async () => {
  await useKey("yesterday", 25);
  await database.pool.query("ALTER TABLE idempotency_keys RENAME TO away");
  const warnings: string[] = [];
  const log = Object.assign(silentLog(), {
    warn: (_: unknown, message: string) => void warnings.push(message),
  });
  const forgetting = startForgettingKeys({ database, log, everyMs: 5 });
  await vi.waitFor(() => expect(warnings).toContain("old idempotency keys could not be deleted"), soon);

  await database.pool.query("ALTER TABLE away RENAME TO idempotency_keys");
  await vi.waitFor(async () => expect(await keys()).toEqual([]), soon);
  await forgetting.stop();
});
