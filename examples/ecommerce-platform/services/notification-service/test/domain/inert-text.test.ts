import fc from "fast-check";
import { expect, test } from "vitest";
import { inert, inertToken } from "../../src/domain/inert-text.ts";

test.each([
  { given: "a name", value: "Ada", shown: "Ada" },
  { given: "a name in another script", value: "مريم", shown: "مريم" },
  { given: "a name that needs a joiner", value: "علی\u200Cرضا", shown: "علی\u200Cرضا" },
  { given: "a family of emoji", value: "👩‍👩‍👧", shown: "👩‍👩‍👧" },
  { given: "initials", value: "J.R.R. Tolkien", shown: "J. R. R. Tolkien" },
  { given: "a sku", value: "TEA-1.5_kg", shown: "TEA-1.5_kg" },
  { given: "a line break", value: "Ada\r\nBcc: eve@example.com", shown: "Ada Bcc: eve@ example. com" },
  { given: "other line breaks", value: "a\u2028b\u2029c\u0085d\u000Be\u000Cf", shown: "a b c d e f" },
  { given: "NUL and other controls", value: "A\u0000d\u0007a", shown: "A d a" },
  { given: "an override of direction", value: "Ada\u202Egnp.exe", shown: "Adagnp. exe" },
  { given: "isolates and marks", value: "\u2066Ada\u2069\u200F\uFEFF", shown: "Ada" },
  { given: "half a character", value: "Ada\uD83D", shown: "Ada\uFFFD" },
  { given: "an address of a page", value: "https://evil.example/x", shown: "https: //evil. example/x" },
  { given: "a host in other dots", value: "evil。example．com", shown: "evil。 example． com" },
  { given: "an address of mail", value: "mailto:eve@evil.example", shown: "mailto: eve@ evil. example" },
  { given: "an encoded word", value: "=?utf-8?Q?=0D=0ABcc?=", shown: "= ?utf-8?Q?=0D=0ABcc?=" },
  { given: "markup", value: "<b>Ada</b>", shown: "<b>Ada</b>" },
  { given: "only space", value: " \t\u00A0\n ", shown: "" },
  { given: "nothing", value: "", shown: "" },
])("$given is shown as $shown", ({ value, shown }) => {
  expect(inert(value)).toBe(shown);
});

test("what is long is cut between characters", () => {
  expect(inert("é".repeat(200))).toBe(`${"é".repeat(99)}…`);
  expect(inert("👩".repeat(1_000_000), 3)).toBe("👩👩…");
});

test("what is inert stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(inert(inert(value))).toBe(inert(value));
    }),
  );
});

test("a token is copied as it is, anything else that came in its place is made inert", () => {
  const token = "pr_u5Rk8w2zQ1nV7c4xL0-aYdEeFfGgHhIiJjKkLlMmNn";
  expect(inertToken(token)).toBe(token);
  expect(inertToken("https://evil.example/reset-your-password")).toBe(
    "https: //evil. example/reset-your-password",
  );
});
