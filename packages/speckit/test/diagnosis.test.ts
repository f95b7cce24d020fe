import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ruleIds } from "../src/cli/open-workspace.ts";
import { causes } from "../src/diagnosis/causes/index.ts";
import { diagnose } from "../src/diagnosis/diagnose.ts";
import { framesIn } from "../src/diagnosis/frames.ts";
import { ownFrames } from "../src/diagnosis/match-files.ts";
import { readError } from "../src/diagnosis/read-error.ts";
import { searchWords } from "../src/diagnosis/search-words.ts";
import { readWorkspace } from "../src/node/read-workspace.ts";
import { openSearchIndex } from "../src/node/search-index.ts";
import { search } from "../src/search/search.ts";
import { wordsIn } from "../src/search/terms.ts";
import { answerRules } from "../src/verify/rules/index.ts";

const folder = fileURLToPath(new URL("../src/diagnosis/causes/", import.meta.url));
const shop = fileURLToPath(new URL("../../../examples/ecommerce-platform/", import.meta.url));

/** The example platform, read once for all examples. */
const opened = lazily(async () => {
  const { workspace } = readWorkspace(shop, { cache: false, now: 0, ruleIds });
  const { index, textOf } = await openSearchIndex(shop, { cache: false, now: () => 0 });
  return { workspace, index, textOf };
});

async function causesOf(text: string) {
  const { workspace, index, textOf } = await opened();
  const error = readError(text);
  const query = searchWords(error.message);
  const { hits } = search(index, query, { limit: 8, textOf });
  const rules = new Map(answerRules.map((rule) => [rule.id, rule]));
  return diagnose({
    workspace,
    error,
    hits,
    words: wordsIn(query).length,
    given: undefined,
    textOf,
    causes,
    rules,
  }).causes;
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

describe("every cause", () => {
  const names = readdirSync(folder);

  test("is in the list, and has an example that shows it and one that does not", () => {
    const files = names
      .filter((name) => name.endsWith(".ts") && name !== "index.ts")
      .map((name) => basename(name, ".ts"));
    expect(causes.map(({ id }) => id).sort()).toEqual(files.sort());
    for (const { id } of causes) {
      const examples = readdirSync(join(folder, `${id}.examples`));
      expect(
        examples.some((name) => name.startsWith("not-")),
        id,
      ).toBe(true);
      expect(
        examples.some((name) => !name.startsWith("not-")),
        id,
      ).toBe(true);
    }
  });

  test.each(
    causes.flatMap(({ id }) =>
      readdirSync(join(folder, `${id}.examples`)).map((name) => [id, name] as const),
    ),
  )("%s is seen in its examples alone: %s", async (id, name) => {
    const text = readFileSync(join(folder, `${id}.examples`, name), "utf8");
    const found = await causesOf(text);
    expect(found.map((cause) => cause.id).includes(id), JSON.stringify(found)).toBe(!name.startsWith("not-"));
    for (const { evidence } of found) expect(evidence.length).toBeGreaterThan(0);
  });
});

test.each([
  [
    "Node",
    "    at placeOrder (file:///app/dist/routes/place-order.js:25:13)",
    "/app/dist/routes/place-order.js:25 placeOrder",
  ],
  [
    "Node, async, with properties",
    "    at async Promise.all (index 0)\n    at async askOne (/app/src/ask-prices.ts:20:30) {",
    "/app/src/ask-prices.ts:20 askOne",
  ],
  ["Node, without a name", "    at file:///app/dist/main.js:3:1", "/app/dist/main.js:3 "],
  [
    "Chrome",
    "    at loadOrders (https://shop.example.com/assets/orders.js:10:15)",
    "/assets/orders.js:10 loadOrders",
  ],
  [
    "Firefox",
    "loadOrders@https://shop.example.com/assets/orders.js:10:15",
    "/assets/orders.js:10 loadOrders",
  ],
  [
    "Java",
    "\tat com.shop.orders.OrderService.place(OrderService.java:42)",
    "com/shop/orders/OrderService.java:42 com.shop.orders.OrderService.place",
  ],
  [
    "Go",
    "main.placeOrder(0xc000, 0x1)\n\t/app/orders/place.go:42 +0x1d",
    "/app/orders/place.go:42 main.placeOrder",
  ],
  [
    "a compiler",
    "services/order-service/src/app.ts:12:5 - error TS2304",
    "services/order-service/src/app.ts:12 ",
  ],
])("a stack frame of %s is read", (_, text, frame) => {
  expect(framesIn(text).map(({ file, line, symbol = "" }) => `${file}:${line} ${symbol}`)).toContain(frame);
});

test("Python's frames come innermost first, and its last line is the message", () => {
  const { frames, message } = readError(`Traceback (most recent call last):
  File "/app/main.py", line 8, in <module>
    serve()
  File "/app/orders/place.py", line 42, in place_order
    return prices[sku]
KeyError: 'TEA-100'
`);
  expect(frames.map(({ file, line }) => `${file}:${line}`)).toEqual([
    "/app/orders/place.py:42",
    "/app/main.py:8",
  ]);
  expect(message).toBe("KeyError: 'TEA-100'");
});

test.each([
  ["/app/services/order-service/dist/ask-prices.js", [], "services/order-service/src/ask-prices.ts"],
  ["C:\\build\\services\\order-service\\src\\app.ts", [], "services/order-service/src/app.ts"],
  ["/app/dist/app.js", [], undefined],
  ["/app/dist/app.js", ["services/order-service"], "services/order-service/src/app.ts"],
  ["/app/node_modules/fastify/src/app.ts", [], undefined],
  ["node:internal/process/task_queues", [], undefined],
])("%s of another machine, known to be of %j, is %s here", (file, dirs, expected) => {
  const files = [
    "services/order-service/src/app.ts",
    "services/order-service/src/ask-prices.ts",
    "services/user-service/src/app.ts",
  ];
  const [found] = ownFrames([{ file, line: 1, column: 1, symbol: undefined }], files, dirs);
  expect(found?.file).toBe(expected);
});

describe("an error is read", () => {
  const stack =
    "RangeError: The total is beyond what can be counted exactly.\n    at total (/app/src/domain/place-order.ts:65:43)";
  test.each([
    [
      "pino",
      {
        level: 50,
        name: "order-service",
        msg: "request failed",
        err: { type: "RangeError", message: "x", stack },
        req: { method: "POST", url: "/api/v1/orders?x=1" },
        res: { statusCode: 500 },
      },
    ],
    [
      "winston",
      {
        level: "error",
        service: "order-service",
        message: "request failed",
        stack,
        method: "POST",
        url: "/api/v1/orders",
        statusCode: 500,
      },
    ],
    [
      "zap",
      {
        level: "error",
        logger: "order-service",
        msg: "request failed",
        error: "x",
        stacktrace: stack,
        method: "POST",
        path: "/api/v1/orders",
        status: 500,
      },
    ],
  ])("from a line of %s among others", (_, entry) => {
    const log = `starting\n${JSON.stringify({ level: 30, msg: "an order" })}\n${JSON.stringify(entry)}\n`;
    const error = readError(log);
    expect(error).toMatchObject({ status: 500, loggers: ["order-service"] });
    expect(error.requests[0]).toEqual({ method: "POST", path: "/api/v1/orders" });
    expect(error.frames).toMatchObject([{ file: "/app/src/domain/place-order.ts", line: 65 }]);
    expect(error.text).not.toContain("an order");
  });

  test("from problem details", () => {
    const problem = {
      type: "about:blank",
      title: "Conflict",
      status: 409,
      detail: "The order is confirmed.",
      instance: "/api/v1/orders/7b1e/cancel",
    };
    expect(readError(JSON.stringify(problem, null, 2))).toMatchObject({
      status: 409,
      message: "Conflict: The order is confirmed.",
      requests: [{ path: "/api/v1/orders/7b1e/cancel" }],
    });
  });

  test("from what lies behind it", () => {
    const text =
      "TypeError: fetch failed\n    at askOne (/app/a.ts:1:1) {\n  [cause]: Error: connect ECONNREFUSED 127.0.0.1:3004\n}";
    expect(readError(text).message).toBe("Error: connect ECONNREFUSED 127.0.0.1:3004");
  });

  test("from a long log, of which what tells of errors is kept", () => {
    const noise = Array.from({ length: 20_000 }, (_, index) => `order ${index} placed`).join("\n");
    const { text, message } = readError(
      `${noise}\nError: socket hang up\n    at f (/app/a.ts:1:1)\n${noise}`,
    );
    expect(message).toBe("Error: socket hang up");
    expect(text.length).toBeLessThan(20_000);
  });
});

test.each([
  [
    "Error: Order 7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f is confirmed and has no reservation.",
    "Order   is confirmed and has no reservation.",
  ],
  ["POST /api/v1/orders answered 503", "answered 503"],
  ["connect ECONNREFUSED 127.0.0.1:3004", "connect ECONNREFUSED"],
])("of %s is searched for: %s", (message, words) => {
  expect(searchWords(message)).toBe(words);
});
