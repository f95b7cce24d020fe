import { DependencyUnavailable } from "@speckit/service-kit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AskPrices, createAskPrices } from "../src/ask-prices.ts";
import { type FakeInventory, fakeInventory } from "./support/fake-inventory.ts";

let inventory: FakeInventory;
let askPrices: AskPrices;

beforeEach(async () => {
  inventory = await fakeInventory();
  askPrices = createAskPrices(inventory.client("inventory-service"));
});
afterEach(() => inventory.close());

test("P1: Order Placement: all skus are asked for in one call", async () => {
  const prices = await askPrices(["TEA-100", "MUG-001"]);

  expect(Object.fromEntries(prices)).toEqual({
    "TEA-100": { unitPrice: 450, currency: "EUR" },
    "MUG-001": { unitPrice: 1200, currency: "EUR" },
  });
  expect(inventory.calls.map(({ path }) => path)).toEqual([
    "/api/v1/products?sku=TEA-100&sku=MUG-001&limit=100",
  ]);
});

test("P7: Unknown Product: a sku that inventory-service does not know has no price", async () => {
  expect([...(await askPrices(["TEA-100", "TEA-999"])).keys()]).toEqual(["TEA-100"]);
});

test("a price that was raised is the price of the next order", async () => {
  await askPrices(["TEA-100"]);
  inventory.products.set("TEA-100", { sku: "TEA-100", unitPrice: 500, currency: "EUR" });

  expect((await askPrices(["TEA-100"])).get("TEA-100")).toEqual({ unitPrice: 500, currency: "EUR" });
});

test("orders that come at the same time share calls", async () => {
  await Promise.all(Array.from({ length: 50 }, (_, index) => askPrices([index % 2 ? "TEA-100" : "MUG-001"])));

  expect(inventory.calls).toHaveLength(2);
});

describe("P8: Outage During Placement, no price is to be had", () => {
  test.each([
    { given: "inventory-service hangs up", failure: "hang-up" },
    { given: "inventory-service answers with an error", failure: 500 },
    { given: "inventory-service wants fewer calls", failure: 429 },
  ] as const)("when $given", async ({ failure }) => {
    inventory.failWith(failure);

    await expect(askPrices(["TEA-100"])).rejects.toThrow(DependencyUnavailable);
  });

  test("when inventory-service does not answer in time", async () => {
    const impatient = createAskPrices(inventory.client("inventory-service", { timeoutMs: 50 }));
    inventory.failWith("silence");

    await expect(impatient(["TEA-100"])).rejects.toThrow(DependencyUnavailable);
  });

  test.each([
    { given: "no price", data: { currency: "EUR" } },
    { given: "a price with a fraction", data: { unitPrice: 4.5, currency: "EUR" } },
    { given: "a price below nothing", data: { unitPrice: -1, currency: "EUR" } },
    { given: "a price beyond its contract", data: { unitPrice: 10_000_001, currency: "EUR" } },
    { given: "a price in words", data: { unitPrice: "450", currency: "EUR" } },
    { given: "no currency", data: { unitPrice: 450 } },
    { given: "a currency that is none", data: { unitPrice: 450, currency: "euro" } },
    { given: "another product without a sku", data: { sku: undefined, unitPrice: 450, currency: "EUR" } },
    { given: "nothing", data: null },
  ])("when inventory-service answers with $given", async ({ data }) => {
    inventory.products.set("TEA-100", data && { sku: "TEA-100", ...data });

    await expect(askPrices(["TEA-100"])).rejects.toThrow(DependencyUnavailable);
  });
});

test("an order of a hundred products is one call", async () => {
  const skus = Array.from({ length: 100 }, (_, index) => `CUP-${index}`);
  for (const sku of skus) inventory.products.set(sku, { sku, unitPrice: 300, currency: "EUR" });

  expect([...(await askPrices(skus)).keys()]).toEqual(skus);
  expect(inventory.calls).toHaveLength(1);
});

test("a sku cannot lead the call elsewhere", async () => {
  await askPrices(["..", "a/b?c", "d&sku=TEA-100"]);

  expect(inventory.calls.map(({ path }) => path)).toEqual([
    "/api/v1/products?sku=..&sku=a%2Fb%3Fc&sku=d%26sku%3DTEA-100&limit=100",
  ]);
});
