import { describe, expect, test } from "vitest";
import { readError } from "../src/diagnosis/read-error.ts";
import { folderWith, runCli } from "./run-cli.ts";

const python = [
  "Traceback (most recent call last):",
  '  File "/app/src/invoices.py", line 9, in create_invoice',
  '    raise ValueError(f"negative stock level of {parcel}")',
  "ValueError: negative stock level of p-12",
];
const java = [
  'Exception in thread "main" java.lang.IllegalStateException: Stock fell below zero',
  "\tat com.acme.StockService.levelOf(StockService.java:12)",
];
const before = (prefix: string, lines: readonly string[]) => lines.map((line) => prefix + line).join("\n");

describe("what stands before each line of a log does not hide what it says", () => {
  test.each([
    { by: "docker compose", prefix: "shop-billing-1  | ", logger: "shop-billing" },
    { by: "docker compose without numbers", prefix: "billing  | ", logger: "billing" },
    { by: "docker compose with times", prefix: "billing-2 | 2026-11-23T10:00:01.123Z ", logger: "billing" },
    { by: "a pod of Kubernetes", prefix: "[pod/billing-7d9f8b5c-x2x9p/billing] ", logger: "billing" },
    { by: "the runtime of containers", prefix: "2026-11-23T10:00:01.12Z stderr F ", logger: undefined },
    { by: "journald", prefix: "Nov 23 10:00:01 host1 billing[1234]: ", logger: "billing" },
    { by: "concurrently", prefix: "[billing] ", logger: "billing" },
    { by: "turbo", prefix: "billing:dev: ", logger: "billing:dev" },
    { by: "a service of three words", prefix: "[user-account-store] ", logger: "user-account-store" },
  ])("of $by", ({ prefix, logger }) => {
    expect(readError(before(prefix, python))).toMatchObject({
      message: "ValueError: negative stock level of p-12",
      frames: [{ file: "/app/src/invoices.py", line: 9, symbol: "create_invoice" }],
      loggers: logger === undefined ? [] : [logger],
    });
    expect(readError(before(prefix, java)).frames[0]).toMatchObject({ file: "com/acme/StockService.java" });
    const line = { level: 50, msg: "request failed", req: { method: "POST", url: "/api/v1/invoices" } };
    expect(readError(before(prefix, ["started", JSON.stringify(line)]))).toMatchObject({
      message: "request failed",
      requests: [{ method: "POST", path: "/api/v1/invoices" }],
    });
  });

  test("of several programs that write at the same time", () => {
    const mixed = python.flatMap((line) => [`billing-1  | ${line}`, "stock-1    | INFO asked for a level"]);
    expect(readError(mixed.join("\n"))).toMatchObject({
      message: "ValueError: negative stock level of p-12",
      loggers: ["billing"],
    });
  });

  test("and a table in a message is none of that", () => {
    const text = "Error: no such product\n| sku | price |\n| tea | 4.20 |";
    expect(readError(text)).toMatchObject({ text, loggers: [] });
  });
});

test("the name of a container names its service", async () => {
  const root = folderWith({
    "services/billing/specs/001-invoices/spec.md": "# Billing\n\n## Service Name\nbilling\n",
    "services/stock/specs/001-levels/spec.md": "# Stock\n\n## Service Name\nstock\n",
  });
  const log = "shop-billing-1  | Error: the till is closed";
  const { out } = await runCli(root, ["error-context", log, "--json", "--no-cache"]);
  expect(JSON.parse(out)).toMatchObject({ message: "Error: the till is closed", services: ["billing"] });
});

test("errors of a group in Python are read without the lines drawn beside them", () => {
  const group = `  + Exception Group Traceback (most recent call last):
  |   File "/app/src/run.py", line 4, in run
  |     async with TaskGroup() as group:
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/app/src/invoices.py", line 9, in create_invoice
    |     raise ValueError("negative stock level")
    | ValueError: negative stock level
    +------------------------------------`;
  expect(readError(group)).toMatchObject({
    message: "ValueError: negative stock level",
    frames: [{ file: "/app/src/invoices.py" }, { file: "/app/src/run.py" }],
  });
});

describe("frames as engines and servers of development write them", () => {
  test.each([
    {
      frame: "    at formatTotal (http://localhost:5173/src/total.ts?t=1700000000:2:16)",
      symbol: "formatTotal",
    },
    { frame: "    at new Cart (/app/src/total.ts:2:16)", symbol: "Cart" },
    { frame: "    at Object.formatTotal (/app/src/total.ts:2:16)", symbol: "formatTotal" },
    { frame: "    at List (webpack-internal:///(app-pages-browser)/./src/total.ts:2:16)", symbol: "List" },
    { frame: "async*loadTotal@http://localhost:5173/src/total.ts?t=17:2:16", symbol: "loadTotal" },
    { frame: "List/<@webpack-internal:///./src/total.ts:2:16", symbol: "List" },
  ])("$frame", ({ frame, symbol }) => {
    const { frames } = readError(`TypeError: total is undefined\n${frame}`);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ file: expect.stringMatching(/src\/total\.ts$/), line: 2, symbol });
  });
});

test.each([
  {
    given: "a line of source above the stack trace",
    text: "/app/total.js:2\n  throw new Error('x')\n  ^\nTypeError: total is undefined\n    at f (/app/total.js:2:3)",
    message: "TypeError: total is undefined",
  },
  {
    given: "problem details with an address of their type",
    text: '{"type":"https://acme.example/error/stock","title":"Unavailable","status":503,"detail":"stock is silent"}',
    message: "Unavailable: stock is silent",
  },
  {
    given: "words with an e before one that tells of an error",
    text: "Every event was examined by default\nthe payment was refused",
    message: "the payment was refused",
  },
])("with $given the message is the one that tells of the error", ({ text, message }) => {
  expect(readError(text).message).toBe(message);
});

describe("what tests of contracts say was answered", () => {
  test.each([
    { by: "Vitest", text: "POST /api/v1/invoices\nAssertionError: expected 500 to be 201", status: 500 },
    { by: "Jest", text: "Expected: 201\nReceived: 500", status: 500 },
    { by: "Supertest", text: 'Error: expected 200 "OK", got 404 "Not Found"', status: 404 },
    { by: "Pact", text: "Failures:\n  expected 200 but was 404", status: 404 },
    { by: "Schemathesis", text: "    Received: 500\n    Documented: 201, 503", status: 500 },
  ])("by $by", ({ text, status }) => {
    expect(readError(text).status).toBe(status);
  });

  test("is not looked for in what was documented", async () => {
    const root = folderWith({
      "services/billing/contracts/api-spec.yaml": `openapi: 3.0.3
info: { title: Billing, version: v1 }
paths:
  /api/v1/invoices:
    post: { operationId: createInvoice, responses: { '201': { description: Created }, '503': { description: Down } } }
`,
    });
    const text = `____ POST /api/v1/invoices ____
- Undocumented HTTP status code

    Received: 500
    Documented: 201, 503
`;
    const { out } = await runCli(root, ["error-context", text, "--json", "--no-cache"]);
    const { infrastructure, causes } = JSON.parse(out) as {
      infrastructure: boolean;
      causes: { id: string; evidence: { text: string }[] }[];
    };
    expect({ infrastructure, causes: causes.map(({ id }) => id) }).toEqual({
      infrastructure: false,
      causes: ["answer-undeclared"],
    });
    expect(causes[0]?.evidence[0]?.text).toContain("describes 201, 503, not 500");
  });
});

test.each([
  "a",
  "(",
  "a.",
  "a/",
  " at ",
  '"',
  "*a",
  "a: ",
  "A1 ",
  "Error: ",
])("a line of 2 MB of %s is read as fast as any other", async (part) => {
  const root = folderWith({ "README.md": "# Shop\n" });
  const { code, out } = await runCli(root, [
    "error-context",
    part.repeat(2_000_000 / part.length),
    "--no-cache",
  ]);
  expect(code).toBe(0);
  expect(out.length).toBeLessThan(4000);
});
