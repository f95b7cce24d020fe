import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedProducts } from "../../src/seed-products.ts";
import { findProduct, listProducts, saveProduct } from "../../src/store/products.ts";
import { type Inventory, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await openInventory();
});
afterAll(() => inventory.close());
beforeEach(async () => {
  await inventory.database.pool.query("TRUNCATE products");
});

const tea = { sku: "TEA-100", name: "Tea, 100 g", unitPrice: 450, currency: "EUR", available: 1000 };

describe("P1: Product Browsing", () => {
  test.each([
    { after: undefined, limit: 2, skus: ["A-1", "B-1"] },
    { after: "A-1", limit: 2, skus: ["B-1", "a-1"] },
    { after: "B-1", limit: 5, skus: ["a-1"] },
    { after: "a-1", limit: 5, skus: [] },
  ])("of A-1, B-1 and a-1, the $limit after $after are $skus", async ({ after, limit, skus }) => {
    await inventory.stock({ "a-1": 1, "B-1": 1, "A-1": 1 });
    const found = await listProducts(inventory.database.db, { after, limit });
    expect(found.map(({ sku }) => sku)).toEqual(skus);
  });
});

describe("P2: Product Maintenance", () => {
  test("a product is created, then replaced as a whole", async () => {
    const { db } = inventory.database;
    expect(await saveProduct(db, tea)).toBe("created");
    expect(await saveProduct(db, { ...tea, name: "Green tea", available: 7 })).toBe("replaced");
    expect(await findProduct(db, "TEA-100")).toEqual({ ...tea, name: "Green tea", available: 7 });
  });

  test("saving a product leaves a live reservation of it alone", async () => {
    const orderId = randomUUID();
    await saveProduct(inventory.database.db, tea);
    await inventory.handle(orders.created(orderId, [{ sku: "TEA-100", quantity: 2 }]));
    const before = await inventory.reservationOf(orderId);

    await saveProduct(inventory.database.db, { ...tea, available: 3 });
    expect(await inventory.reservationOf(orderId)).toEqual(before);
    expect(await inventory.available("TEA-100")).toBe(3);
  });

  test("no more than a billion pieces are shown, and those beyond are not lost", async () => {
    const orderId = randomUUID();
    await saveProduct(inventory.database.db, tea);
    await inventory.handle(orders.created(orderId, [{ sku: "TEA-100", quantity: 7 }]));
    await saveProduct(inventory.database.db, { ...tea, available: 1_000_000_000 });
    await inventory.handle(orders.cancelled(orderId));
    expect(await inventory.available("TEA-100")).toBe(1_000_000_000);
    await inventory.handle(orders.created(randomUUID(), [{ sku: "TEA-100", quantity: 8 }]));
    expect(await inventory.available("TEA-100")).toBe(999_999_999);
  });

  test("the database refuses a number below zero, whatever asks for it", async () => {
    await saveProduct(inventory.database.db, tea);
    const change = inventory.database.pool.query("UPDATE products SET available = available - 1001");
    await expect(change).rejects.toThrow("products_available_check");
  });
});

test("demo products are created when they are missing and left alone when not", async () => {
  await inventory.stock({ "TEA-100": 998 });
  await seedProducts(inventory.database);
  await seedProducts(inventory.database);
  expect(await inventory.available("TEA-100")).toBe(998);
  expect(await inventory.available("MUG-001")).toBe(5);
});
