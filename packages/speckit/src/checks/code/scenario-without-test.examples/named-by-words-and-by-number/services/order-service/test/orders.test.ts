import { describe, test } from "vitest";
describe("orders", () => {
  test("P1 works", () => {});
  test("a cancelled order returns the payment", () => {});
});
