import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addUpLines, placeOrder } from "../../src/domain/place-order.ts";

const prices = new Map([
  ["TEA-100", { unitPrice: 450, currency: "EUR" }],
  ["MUG-001", { unitPrice: 1200, currency: "EUR" }],
  ["CUP-US1", { unitPrice: 900, currency: "USD" }],
  ["GIFT-000", { unitPrice: 0, currency: "EUR" }],
  ["GOLD-999", { unitPrice: 10_000_000, currency: "EUR" }],
]);

describe("P1: Order Placement, what an order comes to", () => {
  test.each([
    { given: "one line", items: [{ sku: "TEA-100", quantity: 2 }], total: 900 },
    {
      given: "two products",
      items: [
        { sku: "TEA-100", quantity: 2 },
        { sku: "MUG-001", quantity: 1 },
      ],
      total: 2100,
    },
    { given: "a product that costs nothing", items: [{ sku: "GIFT-000", quantity: 3 }], total: 0 },
    {
      given: "the largest order that the contracts allow",
      items: [{ sku: "GOLD-999", quantity: 100_000_000 }],
      total: 1_000_000_000_000_000,
    },
  ])("$given is pending with a total of $total", ({ items, total }) => {
    const placement = placeOrder(items, prices);

    expect(placement).toMatchObject({ status: "pending", reason: null, totalAmount: total, currency: "EUR" });
    expect(placement.lines.map(({ sku, quantity }) => ({ sku, quantity }))).toEqual(items);
  });

  test("lines with the same sku are added up, where the sku was named first", () => {
    const lines = addUpLines([
      { sku: "MUG-001", quantity: 1 },
      { sku: "TEA-100", quantity: 2 },
      { sku: "MUG-001", quantity: 4 },
    ]);

    expect(lines).toEqual([
      { sku: "MUG-001", quantity: 5 },
      { sku: "TEA-100", quantity: 2 },
    ]);
  });

  test("a total is exact, or there is none", () => {
    const anyLines = fc.uniqueArray(
      fc.record({ sku: fc.string(), quantity: fc.nat(), unitPrice: fc.maxSafeNat() }),
      { selector: ({ sku }) => sku, minLength: 1 },
    );
    fc.assert(
      fc.property(anyLines, (lines) => {
        const exact = lines.reduce(
          (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice),
          0n,
        );
        const place = () =>
          placeOrder(
            lines,
            new Map(lines.map(({ sku, unitPrice }) => [sku, { unitPrice, currency: "EUR" }])),
          );

        if (exact > BigInt(Number.MAX_SAFE_INTEGER)) expect(place).toThrow(RangeError);
        else expect(BigInt(place().totalAmount ?? -1)).toBe(exact);
      }),
    );
  });
});

describe("P7: Unknown Product, orders that are rejected at once", () => {
  test.each([
    { given: "an unknown product", skus: ["TEA-999"], reason: "unknown-sku", unitPrices: [null] },
    {
      given: "an unknown product beside a known one",
      skus: ["TEA-100", "TEA-999"],
      reason: "unknown-sku",
      unitPrices: [450, null],
    },
    {
      given: "prices in two currencies",
      skus: ["TEA-100", "CUP-US1"],
      reason: "mixed-currencies",
      unitPrices: [450, 900],
    },
    {
      given: "an unknown product and two currencies",
      skus: ["TEA-100", "CUP-US1", "TEA-999"],
      reason: "unknown-sku",
      unitPrices: [450, 900, null],
    },
  ])("$given is rejected for $reason, without a total", ({ skus, reason, unitPrices }) => {
    const placement = placeOrder(
      skus.map((sku) => ({ sku, quantity: 1 })),
      prices,
    );

    expect(placement).toMatchObject({ status: "rejected", reason, totalAmount: null, currency: null });
    expect(placement.lines.map(({ unitPrice }) => unitPrice)).toEqual(unitPrices);
  });
});
