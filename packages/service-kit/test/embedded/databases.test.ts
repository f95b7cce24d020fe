import { Client } from "pg";
import { describe, expect, inject, test } from "vitest";
import { prepareDatabase } from "../../src/embedded/index.ts";

async function answerOf(url: string, sql: string): Promise<string> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query(sql);
    return JSON.stringify(rows);
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe("a database of one service", async () => {
  const admin = inject("postgresUrl");
  const orders = { database: "kit_orders_db", role: "kit_orders", password: "tea" };
  const stock = { database: "kit_stock_db", role: "kit_stock", password: "mug" };
  const ordersUrl = await prepareDatabase(admin, orders);
  const stockUrl = await prepareDatabase(admin, stock);
  const inStock = (url: string) => new URL("/kit_stock_db", url).href;

  test.each([
    { who: "its own role", url: ordersUrl, sql: "SELECT current_user AS me", says: '[{"me":"kit_orders"}]' },
    { who: "its own role may make tables", url: stockUrl, sql: "CREATE TABLE t (a int)", says: "[]" },
    {
      who: "another service's role",
      url: inStock(ordersUrl),
      sql: "SELECT 1",
      says: "permission denied for database",
    },
    {
      who: "a wrong password",
      url: ordersUrl.replace("tea", "mug"),
      sql: "SELECT 1",
      says: "password authentication failed",
    },
    {
      who: "nobody without a password",
      url: ordersUrl.replace(":tea", ""),
      sql: "SELECT 1",
      says: "password",
    },
    {
      who: "a role that wants more",
      url: ordersUrl,
      sql: "CREATE DATABASE more",
      says: "permission denied to create database",
    },
  ])("$who is answered: $says", async ({ url, sql, says }) => {
    expect(await answerOf(url, sql)).toContain(says);
  });

  test("making it again keeps what it holds and takes the new password", async () => {
    await answerOf(ordersUrl, "CREATE TABLE placed AS SELECT 'TEA-100' AS sku");
    const url = await prepareDatabase(admin, { ...orders, password: "ch/a@i" });
    expect(await answerOf(url, "SELECT sku FROM placed")).toBe('[{"sku":"TEA-100"}]');
    expect(await answerOf(ordersUrl, "SELECT 1")).toContain("password authentication failed");
  });
});
