import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const root = folderWith({
  CODEOWNERS: "/services/mail-service/ @shop/mail\n",
  "services/order-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders/{orderId}/cancel:
    post: { operationId: cancelOrder, responses: { '200': { description: Cancelled }, '409': { description: Settled } } }
`,
  "services/order-service/contracts/events/order-events.json": JSON.stringify({
    events: [{ eventType: "order.cancelled", version: "v1", schema: { type: "object" } }],
  }),
  "services/order-service/specs/001-orders/spec.md": `# Order Service

## Service Name
order-service

## User Scenarios
### P1: Order Cancellation
**Given** a pending order
**When** the customer cancels it
**Then** the order becomes cancelled and order.cancelled is published
**Or** returns 409 if the order is settled
`,
  "services/order-service/specs/001-orders/quick-ref.md":
    "# order-service Quick Reference\n\n- POST /api/v1/orders/{orderId}/cancel\n",
  "services/order-service/specs/001-orders/tasks.md": `# Tasks

### Task 1.1: Cancellation
- File: src/domain/cancel-order.ts
- Covers: P1: Order Cancellation, \`order.cancelled\`
`,
  "services/order-service/src/domain/cancel-order.ts": `export function cancel(order) {
  if (order.total < 0) throw new RangeError(\`The total of \${order.id} is below zero.\`);
  return { ...order, status: "cancelled" };
}
`,
  "services/mail-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Mail, version: v1 }
paths: {}
`,
  "services/mail-service/src/main.ts": `bus.subscribe("order.cancelled", send)\n`,
});

interface ContextJson {
  readonly message: string;
  readonly status?: number;
  readonly infrastructure: boolean;
  readonly services: readonly string[];
  readonly places: readonly { file: string; line: number; reason: string; heading: string }[];
  readonly causes: readonly { id: string }[];
  readonly touches: readonly { kind: string; name: string; via: string }[];
  readonly concerned: readonly { service: string; owner?: string; reasons: string[] }[];
  readonly readNext: readonly { file: string; tokens: number }[];
}

async function contextOf(input: string | undefined, ...argv: string[]) {
  const { code, out, err } = await runCli(root, ["error-context", ...argv, "--json"], false, input);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as ContextJson;
}

const source = "services/order-service/src/domain/cancel-order.ts";

describe("an error leads from the code to promises and to other services", () => {
  test.each([
    [
      "a stack trace of built code",
      "RangeError: x\n    at cancel (/srv/services/order-service/dist/domain/cancel-order.js:1:60)",
      [],
      "stack",
    ],
    ["its words alone", undefined, ["The total of 7b1e is below zero."], "literal"],
    ["the place alone", undefined, ["--file", source, "--line", "2"], "given"],
  ])("given %s", async (_, input, argv, reason) => {
    const { places, services, touches, concerned, readNext } = await contextOf(input, ...argv);
    expect(places[0]).toMatchObject({ file: source, reason });
    expect(services).toEqual(["order-service"]);
    expect(touches.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "event order.cancelled",
      "scenario P1: Order Cancellation",
      "task 1.1 Cancellation",
    ]);
    expect(concerned).toMatchObject([
      { service: "order-service", reasons: ["it arises here"] },
      { service: "mail-service", owner: "@shop/mail", reasons: ["receives order.cancelled"] },
    ]);
    expect(readNext.map(({ file }) => file)).toEqual([
      source,
      "services/order-service/specs/001-orders/spec.md",
      "services/order-service/specs/001-orders/quick-ref.md",
    ]);
    expect(readNext.every(({ tokens }) => tokens > 0)).toBe(true);
  });

  test("given the answer to a request", async () => {
    const problem = { title: "Conflict", status: 409, instance: "/api/v1/orders/7b1e/cancel" };
    const { causes, touches, infrastructure } = await contextOf(JSON.stringify(problem));
    expect(infrastructure).toBe(false);
    expect(causes[0]?.id).toBe("answer-as-specified");
    expect(touches[0]).toMatchObject({ kind: "operation", via: "the error names it" });
  });
});

test("an infrastructure error is called one, and what has nothing to do with it is not shown", async () => {
  const { out } = await runCli(root, ["error-context", "connect", "ECONNREFUSED", "127.0.0.1:3004"]);
  expect(out).toContain("⚠️  An infrastructure error.");
  expect(out).toContain("(connection-refused,");
  expect(out).not.toContain("Where it arises");
  expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
});

test("what nobody knows is said, in a folder of any kind", async () => {
  const other = folderWith({ "README.md": "# Notes\n" });
  const { code, out } = await runCli(other, ["error-context", "zzyzx quux"]);
  expect(code).toBe(0);
  expect(out).toContain("Nothing in this workspace is known to say this");
});

describe("input that is none is refused with what to do", () => {
  const binary = Uint8Array.from({ length: 4000 }, (_, index) => (index * 37) % 256);
  test.each([
    ["nothing", undefined, [], "There is no error to look at."],
    ["an empty pipe", " \n", [], "The input is empty."],
    ["a binary", binary, [], "The input is no text:"],
    ["a line without a file", undefined, ["--line", "3"], "--line needs the file"],
    ["no number", undefined, ["--file", source, "--line", "x"], "--line must be a number"],
    ["a line behind the end", undefined, ["--file", source, "--line", "999"], "--line is 999, but"],
    ["a file that is not there", undefined, ["--file", "src/gone.ts"], "--file names src/gone.ts"],
  ])("%s", async (_, input, argv, says) => {
    const { code, out, err } = await runCli(root, ["error-context", ...argv], false, input);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
  });
});

test("of a log of many megabytes the end is read, in little time", async () => {
  const log = `${"2026-11-23 order placed, all is well\n".repeat(200_000)}Error: socket hang up\n`;
  const { code, out, err } = await runCli(root, ["error-context", "--json"], false, log);
  expect(code).toBe(0);
  expect(err).toMatch(/^Read the last 2000000 characters; \d+ bytes before them were left out\.\n$/);
  expect(JSON.parse(out)).toMatchObject({
    message: "Error: socket hang up",
    causes: [{ id: "connection-reset" }],
  });
});

test("the same error has the same bytes", async () => {
  const run = async () =>
    (await runCli(root, ["error-context", "The total of 7b1e is below zero.", "--json"])).out;
  expect(await run()).toBe(await run());
});
