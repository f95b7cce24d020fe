import { afterAll, describe, expect, test } from "vitest";
import { correlation, type Database, MigrationChanged, openDatabase } from "../../src/index.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";
import { freshDatabase, testDatabase } from "../../src/testing/index.ts";

interface Tables {
  product: { sku: string; price: number };
}

const log = createLogger({ service: "inventory-service", level: "silent" });
const products = {
  id: "001-products",
  sql: "CREATE TABLE product (sku text PRIMARY KEY, price bigint NOT NULL)",
};
const open: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const each of open.reverse()) await each.close();
});

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await freshDatabase();
  open.push({ close: drop });
  return url;
}

async function opened(url: string, migrations = [products]): Promise<Database<Tables>> {
  const database = await openDatabase<Tables>({
    url,
    service: "inventory-service",
    migrations,
    log,
    metrics: createMetrics("inventory-service"),
  });
  open.push(database);
  return database;
}

describe("opening a database", () => {
  test("makes the kit's tables and the service's, once", async () => {
    const url = await emptyDatabase();
    await opened(url);
    const { pool } = await opened(url);
    const { rows } = await pool.query("SELECT id FROM schema_migration ORDER BY applied_at");
    expect(rows.map(({ id }) => id)).toEqual(["kit-001-outbox", "kit-002-inbox", "001-products"]);
  });

  test("lets five instances start together", async () => {
    const url = await emptyDatabase();
    const databases = await Promise.all(Array.from({ length: 5 }, () => opened(url)));
    for (const { db } of databases) expect(await db.selectFrom("product").selectAll().execute()).toEqual([]);
  });

  test("adds what a newer version brings", async () => {
    const url = await emptyDatabase();
    await opened(url);
    const { db } = await opened(url, [
      products,
      { id: "002-tea", sql: "INSERT INTO product VALUES ('TEA-100', 450)" },
    ]);
    expect(await db.selectFrom("product").select("sku").execute()).toEqual([{ sku: "TEA-100" }]);
  });

  test("refuses a migration whose text was changed after it was applied", async () => {
    const url = await emptyDatabase();
    await opened(url);
    await expect(opened(url, [{ id: products.id, sql: `${products.sql} -- later` }])).rejects.toThrow(
      MigrationChanged,
    );
  });

  test("leaves nothing of a migration that fails", async () => {
    const url = await emptyDatabase();
    const broken = { id: "002-broken", sql: "CREATE TABLE half (id int); SELECT 1 / 0" };
    await expect(opened(url, [products, broken])).rejects.toThrow("division by zero");
    const { pool } = await opened(url);
    const { rows } = await pool.query(
      "SELECT to_regclass('half') AS half, to_regclass('product') AS product",
    );
    expect(rows).toEqual([{ half: null, product: "product" }]);
  });

  test("says what the server says when it refuses", async () => {
    const url = new URL(await emptyDatabase());
    url.pathname = "/no_such_database";
    await expect(opened(url.href)).rejects.toThrow(/no_such_database/);
  });
});

describe("a transaction", () => {
  test("commits what it did, and nothing of it when it throws", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    await transaction((trx) => trx.insertInto("product").values({ sku: "TEA-100", price: 450 }).execute());
    const failing = transaction(async (trx) => {
      await trx.insertInto("product").values({ sku: "MUG-001", price: 1200 }).execute();
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await db.selectFrom("product").selectAll().execute()).toEqual([{ sku: "TEA-100", price: 450 }]);
  });

  test("commits nothing for a request that has been answered for want of time", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    const limit = new AbortController();
    const late = correlation.run({ signal: limit.signal }, () =>
      transaction(async (trx) => {
        await trx.insertInto("product").values({ sku: "TEA-100", price: 450 }).execute();
        limit.abort(new Error("too late"));
      }),
    );
    await expect(late).rejects.toThrow("too late");
    expect(await db.selectFrom("product").selectAll().execute()).toEqual([]);
  });

  test("is told to listeners after it is committed, not when it failed", async () => {
    const { pool, transaction, onCommit, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    const seen: Promise<number>[] = [];
    const forget = onCommit(() =>
      seen.push(pool.query("SELECT * FROM product").then(({ rows }) => rows.length)),
    );
    await transaction((trx) => trx.insertInto("product").values({ sku: "TEA-100", price: 450 }).execute());
    await transaction(() => Promise.reject(new Error("no"))).catch(() => {});
    forget();
    await transaction(async () => {});
    expect(await Promise.all(seen)).toEqual([1]);
  });

  test.each([0, 450, 1_000_000_000_000_000])("reads an amount of %d as a number", async (price) => {
    const { db, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    await db.insertInto("product").values({ sku: "TEA-100", price }).execute();
    expect(await db.selectFrom("product").select("price").executeTakeFirst()).toEqual({ price });
  });
});

describe("a transaction on one connection", () => {
  test("that did nothing costs nothing, and what follows is outside of it", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    await transaction(async () => {});
    await db.insertInto("product").values({ sku: "TEA-100", price: 450 }).execute();
    await transaction(() => Promise.reject(new Error("changed my mind"))).catch(() => {});
    expect(await db.selectFrom("product").select("sku").execute()).toEqual([{ sku: "TEA-100" }]);
  });

  test("undoes its first statement too when a later one is refused", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    const tea = { sku: "TEA-100", price: 450 };
    const twice = transaction(async (trx) => {
      await trx.insertInto("product").values(tea).execute();
      await trx.insertInto("product").values(tea).execute();
    });
    await expect(twice).rejects.toMatchObject({ code: "23505" });
    expect(await db.selectFrom("product").selectAll().execute()).toEqual([]);
  });

  test("goes on after its first statement was refused", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    const tea = { sku: "TEA-100", price: 450 };
    await db.insertInto("product").values(tea).execute();
    const again = transaction((trx) => trx.insertInto("product").values(tea).execute());
    await expect(again).rejects.toMatchObject({ code: "23505" });
    await transaction((trx) =>
      trx
        .insertInto("product")
        .values({ ...tea, sku: "MUG-001" })
        .execute(),
    );
    expect(await db.selectFrom("product").select("sku").orderBy("sku").execute()).toEqual([
      { sku: "MUG-001" },
      { sku: "TEA-100" },
    ]);
  });

  test("keeps transactions of many callers apart", async () => {
    const { db, transaction, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        transaction(async (trx) => {
          await trx
            .insertInto("product")
            .values({ sku: `SKU-${index}`, price: index })
            .execute();
          if (index % 3 === 0) throw new Error("changed my mind");
        }),
      ),
    );
    const { count } = await db
      .selectFrom("product")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(40);
  });

  test("reads a table again that a newer version of the service has changed", async () => {
    const { db, pool, close } = await testDatabase<Tables>([products]);
    open.push({ close });
    const read = () => db.selectFrom("product").selectAll().where("price", ">", 0).execute();
    for (let time = 0; time < 3; time++) await read();
    await pool.query("ALTER TABLE product ADD COLUMN currency text DEFAULT 'EUR'");
    await pool.query("INSERT INTO product VALUES ('TEA-100', 450)");
    await read().catch(() => {});
    expect(await read()).toEqual([{ sku: "TEA-100", price: 450, currency: "EUR" }]);
  });
});
