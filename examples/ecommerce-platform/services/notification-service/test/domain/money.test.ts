import { expect, test } from "vitest";
import { money } from "../../src/domain/money.ts";

test.each([
  { amount: 0, currency: "EUR", shown: "0.00 EUR" },
  { amount: 5, currency: "EUR", shown: "0.05 EUR" },
  { amount: 1_234_500, currency: "EUR", shown: "12,345.00 EUR" },
  { amount: 1200, currency: "JPY", shown: "1,200 JPY" },
  { amount: 1200, currency: "KWD", shown: "1.200 KWD" },
  { amount: 1200, currency: "XXX", shown: "12.00 XXX" },
  { amount: 1_000_000_000_000_000, currency: "USD", shown: "10,000,000,000,000.00 USD" },
])("$amount minor units of $currency are $shown", ({ amount, currency, shown }) => {
  expect(money(amount, currency)).toBe(shown);
});
