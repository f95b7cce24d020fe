import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, openApp } from "../support/app.ts";
import { type Inventory, openInventory } from "../support/inventory.ts";

let inventory: Inventory;
let app: App;
beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
  await inventory.stock({ "TEA-100": 998 });
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

describe("P1: Product Browsing", () => {
  test("a product shows sku, name, price, currency and the number available", async () => {
    const { status, body } = await app.send({ url: "/api/v1/products/TEA-100" });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      sku: "TEA-100",
      name: "Product TEA-100",
      unitPrice: 450,
      currency: "EUR",
      available: 998,
    });
  });

  test.each([
    "CUP-404",
    "tea-100",
    "-",
    "a%20b",
    "%27%3BDROP%20TABLE%20products",
    `T${"E".repeat(64)}`,
  ])("there is no product %s", async (sku) => {
    expect((await app.send({ url: `/api/v1/products/${sku}` })).status).toBe(404);
  });
});
