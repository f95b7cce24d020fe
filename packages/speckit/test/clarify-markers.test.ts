import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseSpec } from "../src/parse/spec.ts";
import { folderWith, runCli } from "./run-cli.ts";

const file = "services/order-service/specs/001-orders/spec.md";
const specWith = (line: string) => `# Order Service Specification

### Service Name
order-service

## User Scenarios

### P1: Place Order
**Given** a customer
**When** they send an order
${line}
`;

test.each([
  { line: "**Then** [NEEDS CLARIFICATION: which of items[0]?] is sent", question: "which of items[0]?" },
  {
    line: "**Then** [NEEDS CLARIFICATION: which currency (ISO 4217 [three letters])?] is sent",
    question: "which currency (ISO 4217 [three letters])?",
  },
  {
    line: "**Then** [NEEDS CLARIFICATION: see [docs](https://shop.example/a) or [a [b]]?] is sent",
    question: "see [docs](https://shop.example/a) or [a [b]]?",
  },
  { line: "**Then** [NEEDS CLARIFICATION: (0, 10] or [0, 10)?] is sent", question: "(0, 10] or [0, 10)?" },
  { line: "**Then** [NEEDS CLARIFICATION: `a]` or b?] is sent", question: "`a]` or b?" },
  { line: "**Then** [NEEDS CLARIFICATION: how\n  fast exactly?] is sent", question: "how fast exactly?" },
  { line: "**Then** [**NEEDS CLARIFICATION**: 200?] is sent", question: "200?" },
  { line: "**Then** [NEEDS CLARIFICATION: a[0 or b?] is sent", question: "a[0 or b?" },
  { line: "**Then** [NEEDS CLARIFICATION：哪个 [货币]？] is sent", question: "哪个 [货币]？" },
])("$line is one question, and its answer takes its place", async ({ line, question }) => {
  const root = folderWith({ [file]: specWith(line), ".speckit.config.json": "{}" });
  const cwd = join(root, "services/order-service");
  const listed = JSON.parse((await runCli(cwd, ["clarify", "--json"])).out) as { open: { text: string }[] };
  expect(listed.open).toEqual([{ number: 1, kind: "question", text: question, line: 11, column: 10 }]);
  expect((await runCli(cwd, ["clarify", "--answer", "1=EUR [x]"])).code).toBe(0);
  expect(readFileSync(join(root, file), "utf8")).toBe(specWith("**Then** EUR [x] is sent"));
});

test("each answer stands where its question was, also of two that share a line", async () => {
  const asked = "**Then** [NEEDS CLARIFICATION: one\ntwo?] and [NEEDS CLARIFICATION: three\nfour?] and more";
  const root = folderWith({ [file]: specWith(asked), ".speckit.config.json": "{}" });
  const cwd = join(root, "services/order-service");
  expect((await runCli(cwd, ["clarify", "--answer", "1=A", "--answer", "2=B"])).code).toBe(0);
  expect(readFileSync(join(root, file), "utf8")).toBe(specWith("**Then** A and B and more"));
});

test.each([
  { given: "an item that begins another", text: "- [NEEDS CLARIFICATION: one\n- two]", found: 0 },
  { given: "a paragraph that ends", text: "[NEEDS CLARIFICATION: one\n\ntwo]", found: 0 },
  { given: "code", text: "`[NEEDS CLARIFICATION: one]`\n\n```\n[NEEDS CLARIFICATION: two]\n```", found: 0 },
  { given: "a row of a table", text: "| a |\n|---|\n| [NEEDS CLARIFICATION: b [c]?] |", found: 1 },
  { given: "many brackets that never end", text: `[NEEDS CLARIFICATION: ${"[".repeat(5000)}`, found: 0 },
  { given: "many that begin", text: "[NEEDS CLARIFICATION: ".repeat(2000), found: 0 },
  { given: "many parentheses", text: `[NEEDS CLARIFICATION: ${"(a] ".repeat(2000)}`, found: 1 },
])("$given holds $found questions", ({ text, found }) => {
  const spec = parseSpec({ file: "spec.md", text: specWith(text), bytes: text.length });
  expect(spec.clarifications).toHaveLength(found);
});
