import { describe, expect, test } from "vitest";
import { canonicalBody } from "../../src/domain/idempotency.ts";

const twoTeas = '{"items":[{"sku":"TEA-100","quantity":2},{"sku":"MUG-001","quantity":1}]}';

describe("P2: Repeated Placement, when two bodies are the same", () => {
  test.each([
    {
      given: "spaces and line breaks",
      other: '{ "items": [\n {"sku": "TEA-100", "quantity": 2}, {"sku":"MUG-001","quantity":1}] }',
      same: true,
    },
    {
      given: "another order of properties",
      other: '{"items":[{"quantity":2,"sku":"TEA-100"},{"quantity":1,"sku":"MUG-001"}]}',
      same: true,
    },
    {
      given: "the same number written otherwise",
      other: '{"items":[{"sku":"TEA-100","quantity":2.0},{"sku":"MUG-001","quantity":1e0}]}',
      same: true,
    },
    {
      given: "another quantity",
      other: '{"items":[{"sku":"TEA-100","quantity":3},{"sku":"MUG-001","quantity":1}]}',
      same: false,
    },
    {
      given: "another product",
      other: '{"items":[{"sku":"TEA-200","quantity":2},{"sku":"MUG-001","quantity":1}]}',
      same: false,
    },
    {
      given: "another order of lines",
      other: '{"items":[{"sku":"MUG-001","quantity":1},{"sku":"TEA-100","quantity":2}]}',
      same: false,
    },
    { given: "a line less", other: '{"items":[{"sku":"TEA-100","quantity":2}]}', same: false },
    {
      given: "a property more",
      other: '{"items":[{"sku":"TEA-100","quantity":2},{"sku":"MUG-001","quantity":1}],"note":null}',
      same: false,
    },
  ])("$given: same is $same", ({ other, same }) => {
    expect(canonicalBody(JSON.parse(other)) === canonicalBody(JSON.parse(twoTeas))).toBe(same);
  });
});
