import { loadTokenCounter } from "@speckit/cli/cli";
import { expect, test } from "vitest";
import { cutToTokens } from "../src/cut.ts";

const count = await loadTokenCounter();
const note = (shown: number, total: number) => `cut: ${shown} of ${total} tokens.`;
const lines = Array.from(
  { length: 400 },
  (_, index) => `services/order-service/spec.md:${index + 1} order.created`,
);
const long = `${lines.join("\n")}\n\nNext: speckit validate`;

test.each([
  { given: "many lines", text: long, max: 300 },
  {
    given: "a line that is too long by itself",
    text: `${"order.created ".repeat(5000)}\nNext: speckit validate`,
    max: 250,
  },
  {
    given: "a line of characters that are tokens each",
    text: "注文が作成されました🧾".repeat(2000),
    max: 200,
  },
  { given: "one word without an end", text: "x".repeat(200_000), max: 200 },
])("$given: cut within the tokens, at the end of a line where there is one, and said so", ({ text, max }) => {
  const cut = cutToTokens(text, max, count, note);
  expect(cut.tokens).toBe(count(cut.text));
  expect(cut.tokens).toBeLessThanOrEqual(max);
  // Nearly all that is allowed is used: a cut that gave next to nothing would be within the tokens too.
  expect(cut.tokens).toBeGreaterThan(max * 0.8);
  expect(cut.text).toMatch(new RegExp(`\\n\\ncut: \\d+ of ${count(text)} tokens\\.`));
});

test("what is left is whole lines from the beginning, then what to do next", () => {
  const { text } = cutToTokens(long, 300, count, note);
  const [shown = "", said] = text.split("\n\ncut: ");
  expect(long.startsWith(`${shown}\n`)).toBe(true);
  expect(said).toMatch(/^\d+ of \d+ tokens\.\nNext: speckit validate$/);
});

test("what fits stays as it is", () => {
  expect(cutToTokens(long, 20_000, count, note).text).toBe(long);
});
