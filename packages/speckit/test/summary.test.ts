import { describe, expect, test } from "vitest";
import { divide } from "../src/authoring/document/divide.ts";
import { type Hash, sealsText } from "../src/authoring/document/seals.ts";
import { withoutGenerated } from "../src/authoring/document/without-generated.ts";
import { describeStale } from "../src/model/summary.ts";
import { parseSummary } from "../src/parse/summary.ts";

const document = "services/order-service/specs/001-orders/ai-doc.md";
const files: Readonly<Record<string, string>> = {
  "services/order-service/src/orders.ts":
    "export function placeOrder() {}\n\nexport function cancelOrder() {}\n",
  "services/order-service/test/orders.test.ts": 'test("a | b \\"c\\"", () => {});\n',
  "services/order-service/specs/001-orders/spec.md": "# Orders\n",
  "deploy/compose.yaml": "services:\n  orders:\n",
};
const stale = (text: string, file = document) =>
  parseSummary(file, text, (other) => (Object.hasOwn(files, other) ? files[other] : undefined)).stale.map(
    describeStale,
  );

describe("a reference", () => {
  test.each([
    { given: "from the service", text: "`placeOrder` `src/orders.ts:1`" },
    { given: "from the root", text: "`placeOrder` (`services/order-service/src/orders.ts:1`)" },
    { given: "from the document", text: "See spec.md:1 and ../../src/orders.ts:3." },
    { given: "to a file of the whole fleet", text: "`orders` in `deploy/compose.yaml:2`" },
    { given: "with a column", text: "src/orders.ts:3:17" },
    { given: "in a table, with a bar in the name", text: "| Test | `a \\| b` `test/orders.test.ts:1` |" },
    { given: "behind the name of something else", text: "`GET /orders`, see `src/orders.ts:3`" },
    { given: "in a file with line ends of Windows", text: "one\r\n`cancelOrder` `src/orders.ts:3`\r\n" },
    { given: "in a code fence", text: "```text\nsrc/none.ts:1\n```" },
    {
      given: "that is an address",
      text: "http://localhost:8080 https://example.com/a.md:3 db.example.com:5432",
    },
    { given: "that is a time or a version", text: "At 10:30, v1.2:3, README:3" },
  ])("$given holds", ({ text }) => {
    expect(stale(text)).toEqual([]);
  });

  test.each([
    {
      given: "to a file that is gone",
      text: "`src/none.ts:1`",
      says: "There is no src/none.ts, which 'src/none.ts:1' refers to.",
    },
    {
      given: "behind the end",
      text: "src/orders.ts:4",
      says: "'src/orders.ts:4' refers to a line behind the end of the file.",
    },
    {
      given: "to another line",
      text: "`cancelOrder` `src/orders.ts:1`",
      says: "'cancelOrder' is not at 'src/orders.ts:1'; it is on line 3 now.",
    },
    {
      given: "to a name that is gone",
      text: "`dropOrder` (`src/orders.ts:1`)",
      says: "'dropOrder' is not in the file that 'src/orders.ts:1' refers to.",
    },
    {
      given: "out of the repository",
      text: "../../../../../etc/passwd.md:1",
      says: "There is no ../../../../../etc/passwd.md, which '../../../../../etc/passwd.md:1' refers to.",
    },
    {
      given: "to line 0",
      text: "src/orders.ts:0",
      says: "'src/orders.ts:0' refers to a line behind the end of the file.",
    },
  ])("$given is stale", ({ text, says }) => {
    expect(stale(text)).toEqual([says]);
  });

  test("is read in one pass, whatever the line", () => {
    const long = ["a/", "a.", "`", "(", "`a` ", "-", "`Orders` `spec.md:1`, "]
      .map((part) => `x ${part.repeat(40_000)}`)
      .join("\n");
    expect(stale(`${long}\n\`src/none.ts:1\``)).toHaveLength(1);
  });
});

describe("sections that were generated", () => {
  const hash: Hash = (text) => text.length.toString(16).padStart(12, "0");
  const text =
    "# orders\n\n## Operations\n\nPlace.\n\n## Flows\n\nFirst this.\n\n```md\n## No heading\n```\n";
  const generated = divide("ai-doc.md", text).filter(({ key }) => key !== "Flows");
  const record = Object.fromEntries(generated.map((block) => [block.key, block.text.trimEnd()]));
  const whole = text + sealsText({ "quick-ref.md": {}, "ai-doc.md": record }, hash);

  test("are left out of what an agent gets, and lines keep their numbers", () => {
    const own = withoutGenerated(whole, hash);
    expect(own.trim()).toBe("## Flows\n\nFirst this.\n\n```md\n## No heading\n```");
    expect(own.split("\n").indexOf("## Flows")).toBe(text.split("\n").indexOf("## Flows"));
  });

  test("are left out where a person wrote behind the seals, too", () => {
    const own = withoutGenerated(`${whole}\n## Notes\n\nAsk Ada. <!-- or Bob -->\n`, hash);
    expect(own).not.toMatch(/Seals:|Place\./);
    expect(own.split("\n").indexOf("Ask Ada. <!-- or Bob -->")).toBe(whole.split("\n").length + 2);
  });

  test("are a person's once they say something else", () => {
    expect(withoutGenerated(whole.replace("Place.", "Place, by hand."), hash)).toContain("Place, by hand.");
    expect(withoutGenerated(text, hash)).toBe(text);
  });
});
