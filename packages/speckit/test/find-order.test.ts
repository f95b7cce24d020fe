import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { folderWith, runCli } from "./run-cli.ts";

const example = fileURLToPath(new URL("../../../examples/ecommerce-platform", import.meta.url));

interface Result {
  readonly file: string;
  readonly line: number;
  readonly heading: string;
  readonly relevance: number;
}

async function results(cwd: string, query: string): Promise<Result[]> {
  const { code, out, err } = await runCli(cwd, ["find", query, "--no-cache", "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return (JSON.parse(out) as { results: Result[] }).results;
}

const billing = folderWith({
  "services/billing/specs/001-invoices/spec.md": `# Billing

## Service Name
billing

## User Scenarios
### P1: Create Invoice
**Given** a shipped parcel **When** the client sends POST /api/v1/invoices **Then** an invoice is created
`,
  "services/billing/contracts/api-spec.yaml": `openapi: 3.0.3
info: { title: Billing, version: v1 }
paths:
  /api/v1/invoices:
    post:
      operationId: createInvoice
      responses: { '201': { description: Created } }
`,
  "services/billing/src/invoices.ts": `export function fetchStock(parcelId: string) {
  throw new ConnectionError("the warehouse did not answer");
}

app.post("/api/v1/invoices", () => 201);
`,
});

describe("hits come in the order of their percentages", () => {
  test.each([
    { query: "POST /api/v1/invoices", cwd: billing },
    { query: "the warehouse did not answer for a parcel", cwd: billing },
    { query: "Order 7b1e is confirmed and has no reservation", cwd: example },
    { query: "POST /api/v1/orders", cwd: example },
    { query: "user profile", cwd: example },
  ])("of $query", async ({ query, cwd }) => {
    const relevances = (await results(cwd, query)).map(({ relevance }) => relevance);
    expect(relevances.length).toBeGreaterThan(1);
    expect(relevances).toEqual([...relevances].sort((a, b) => b - a));
  });
});

test("what is called as the query says comes before what quotes it", async () => {
  const [first] = await results(billing, "POST /api/v1/invoices");
  expect(first).toMatchObject({ heading: "POST /api/v1/invoices", relevance: 99 });
});

test("one word of many says little, also where nothing else has any", async () => {
  const query = "panic: runtime connection invalid memory address or nil pointer dereference";
  const [first] = await results(billing, query);
  expect(first?.file).toBe("services/billing/src/invoices.ts");
  expect(first?.relevance).toBeLessThan(30);
});

test.each([
  { given: "words that stand nowhere", query: "zzyx qq ".repeat(3000) },
  { given: "words that stand somewhere", query: "warehouse zzyx ".repeat(2000) },
  { given: "a misspelt word", query: "warehuose ".repeat(2000) },
])("an answer to a whole log with $given is short", async ({ query }) => {
  const { code, out } = await runCli(billing, ["find", query, "--no-cache"]);
  expect(code).toBe(0);
  const count = await loadTokenCounter();
  expect(count(out)).toBeLessThanOrEqual(300);
});

test("a line that quotes the query is named after what it stands in", async () => {
  const lines = [
    "export function parcelOf(order: Order) {",
    "  return warehouse.parcel(order, warehouse.shelf, warehouse.parcelOf(order));",
    "}",
    "export function bookParcel() {",
    '  throw new Error("the warehouse has no parcel for this order");',
    "}",
  ];
  const root = folderWith({ "src/book.ts": `${lines.join("\n")}\n` });
  const [first] = await results(root, "the warehouse has no parcel for this order");
  expect(first).toMatchObject({ line: 5, heading: "bookParcel" });
});
