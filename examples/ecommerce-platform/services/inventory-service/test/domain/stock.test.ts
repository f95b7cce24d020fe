import { describe, expect, test } from "vitest";
import { linesOf, reasonOf, shortagesOf } from "../../src/domain/stock.ts";

const tea = (quantity: number) => ({ sku: "TEA-100", quantity });
const mug = (quantity: number) => ({ sku: "MUG-001", quantity });
const stock = new Map([
  ["TEA-100", 10],
  ["MUG-001", 5],
]);

describe("P8: Scarce Stock: lines come sorted by sku, so that orders lock products in one order", () => {
  test.each([
    { given: "one line", items: [tea(2)], lines: [tea(2)] },
    { given: "lines in another order", items: [tea(2), mug(1)], lines: [mug(1), tea(2)] },
    { given: "a sku twice", items: [tea(2), mug(1), tea(3)], lines: [mug(1), tea(5)] },
    {
      given: "capitals and small letters, sorted by code unit",
      items: [
        { sku: "a", quantity: 1 },
        { sku: "B", quantity: 1 },
        { sku: "A", quantity: 1 },
      ],
      lines: [
        { sku: "A", quantity: 1 },
        { sku: "B", quantity: 1 },
        { sku: "a", quantity: 1 },
      ],
    },
  ])("$given", ({ items, lines }) => {
    expect(linesOf(items)).toEqual(lines);
  });
});

describe("P4: Insufficient Stock", () => {
  test.each([
    { given: "all lines are there", lines: [mug(5), tea(10)], shortages: [] },
    {
      given: "one line is short by one",
      lines: [mug(6), tea(10)],
      shortages: [{ sku: "MUG-001", requested: 6, available: 5 }],
      reason: "insufficient-stock",
    },
    {
      given: "both are short",
      lines: [mug(6), tea(11)],
      shortages: [
        { sku: "MUG-001", requested: 6, available: 5 },
        { sku: "TEA-100", requested: 11, available: 10 },
      ],
      reason: "insufficient-stock",
    },
    {
      given: "a sku is unknown",
      lines: [{ sku: "CUP-404", quantity: 1 }, tea(1)],
      shortages: [{ sku: "CUP-404", requested: 1, available: 0 }],
      reason: "unknown-sku",
    },
    {
      given: "one is unknown and another short",
      lines: [{ sku: "CUP-404", quantity: 1 }, mug(6)],
      shortages: [
        { sku: "CUP-404", requested: 1, available: 0 },
        { sku: "MUG-001", requested: 6, available: 5 },
      ],
      reason: "unknown-sku",
    },
  ])("when $given, it names what is short", ({ lines, shortages, reason }) => {
    expect(shortagesOf(lines, stock)).toEqual(shortages);
    if (reason) expect(reasonOf(shortages, stock)).toBe(reason);
  });
});
