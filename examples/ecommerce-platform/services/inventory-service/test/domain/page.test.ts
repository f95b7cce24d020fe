import { expect, test } from "vitest";
import { cutPage } from "../../src/domain/page.ts";

test.each([
  { given: "nothing", found: [], page: { entries: [], last: null } },
  { given: "fewer than the limit", found: ["MUG-001"], page: { entries: ["MUG-001"], last: null } },
  {
    given: "exactly the limit",
    found: ["MUG-001", "TEA-100"],
    page: { entries: ["MUG-001", "TEA-100"], last: null },
  },
  {
    given: "one more than the limit",
    found: ["MUG-001", "TEA-100", "TEA-200"],
    page: { entries: ["MUG-001", "TEA-100"], last: "TEA-100" },
  },
])("P1: Product Browsing: of $given a page of two shows what fits and where the next begins", ({
  found,
  page,
}) => {
  expect(cutPage(found, 2)).toEqual(page);
});
