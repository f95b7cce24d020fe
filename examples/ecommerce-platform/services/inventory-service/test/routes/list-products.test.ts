import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Product } from "../../src/store/products.ts";
import { type App, openApp } from "../support/app.ts";
import { type Inventory, openInventory } from "../support/inventory.ts";

let inventory: Inventory;
let app: App;
const skus = ["CUP-007", "MUG-001", "POT-300", "TEA-100", "TEA-200"];

beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
  await inventory.stock(Object.fromEntries(skus.map((sku) => [sku, 5])));
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

describe("P1: Product Browsing", () => {
  test.each(["administrator", "customer", undefined] as const)("products are shown to %s", async (as) => {
    const { status, body } = await app.send<Product[]>({ url: "/api/v1/products", as });
    expect(status).toBe(200);
    expect(body.data[0]).toEqual({
      sku: "CUP-007",
      name: "Product CUP-007",
      unitPrice: 450,
      currency: "EUR",
      available: 5,
    });
    expect(body.meta.nextCursor).toBeNull();
  });

  test("following nextCursor shows each product once, sorted by sku", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const from: string = cursor && `&cursor=${cursor}`;
      const { body } = await app.send<Product[]>({ url: `/api/v1/products?limit=2${from}` });
      expect(body.data.length).toBeLessThanOrEqual(2);
      seen.push(...body.data.map(({ sku }) => sku));
      cursor = body.meta.nextCursor;
    }
    expect(seen).toEqual(skus);
  });

  test.each([
    { query: "sku=TEA-100", found: ["TEA-100"] },
    { query: "sku=TEA-100&sku=CUP-007&sku=TEA-999&sku=TEA-100", found: ["CUP-007", "TEA-100"] },
    { query: "sku=a%2Fb%27;--", found: [] },
    { query: "sku=TEA-100&sku=CUP-007&limit=1", found: ["CUP-007"] },
  ])("$query shows $found", async ({ query, found }) => {
    const { status, body } = await app.send<Product[]>({ url: `/api/v1/products?${query}` });
    expect(status).toBe(200);
    expect(body.data.map(({ sku }) => sku)).toEqual(found);
  });

  test.each([
    "sku=",
    "sku=TEA-100&sku=%00",
    `sku=${"A".repeat(65)}`,
    Array.from({ length: 101 }, (_, index) => `sku=CUP-${index}`).join("&"),
    "limit=0",
    "limit=101",
    "limit=two",
    "cursor=",
    "cursor=nobody-wrote-this",
  ])("%s answers 400", async (query) => {
    const { status, body } = await app.send({ url: `/api/v1/products?${query}` });
    expect(status).toBe(400);
    expect(body.type).toBe("/problems/bad-request");
  });

  test("products stay readable while auth-service does not answer", async () => {
    app.auth.failWith(500);
    expect((await app.send({ url: "/api/v1/products" })).status).toBe(200);
    app.auth.failWith(undefined);
  });
});
