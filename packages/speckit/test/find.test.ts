import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { openSearchIndex } from "../src/node/search-index.ts";
import { search } from "../src/search/search.ts";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { commitAll } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const example = fileURLToPath(new URL("../../../examples/ecommerce-platform", import.meta.url));

interface Result {
  readonly file: string;
  readonly line: number;
  readonly heading: string;
  readonly type: string;
  readonly service: string | null;
  readonly relevance: number;
  readonly tokens: number;
  readonly excerpt: string;
}

async function find(cwd: string, ...argv: string[]) {
  const { code, out, err } = await runCli(cwd, ["find", ...argv, "--no-cache"]);
  return { code, out, err };
}

async function results(cwd: string, ...argv: string[]): Promise<Result[]> {
  const { code, out, err } = await find(cwd, ...argv, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return (JSON.parse(out) as { results: Result[] }).results;
}

const shop = folderWith({
  ".speckit.config.json": "{}",
  "services/order-service/specs/001-order-management/spec.md": `# Order Management

## Service Name
order-service

## User Scenarios
### P1: Place an order
**Given** a product in stock **When** a customer places an order **Then** order.created is published

### P2: Cancel an order
**Given** a placed order **When** the customer withdraws it **Then** the money is paid back
`,
  "services/order-service/specs/001-order-management/quick-ref.md":
    "# order-service Quick Reference\n\nPlaces and cancels an order.\n",
  "services/order-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders:
    post:
      operationId: placeOrder
      summary: Place an order
      responses: { '201': { description: Placed } }
  /api/v1/orders/{id}/cancellation:
    post:
      operationId: cancelOrder
      responses: { '204': { description: Cancelled } }
`,
  "services/order-service/contracts/events/order-events.json": `{
  "events": [
    { "eventType": "order.created", "version": "v1", "schema": { "type": "object" } },
    { "eventType": "order.cancelled", "version": "v1", "schema": { "type": "object" } }
  ]
}
`,
  "services/order-service/src/refunds.ts": `/** Pays the money back. */
export function payBack(orderId: string) {
  throw new Error(\`The refund of order \${orderId} was turned away by the bank\`);
}
`,
  "services/order-service/test/refunds.test.ts": `test("a refund is paid once", () => payBack("1"))\n`,
  "services/mail-service/contracts/api-spec.yaml":
    "openapi: 3.1.0\ninfo: { title: Mails, version: v1 }\npaths: {}\n",
  "services/mail-service/src/main.ts": `bus.subscribe("order.created", sendConfirmation)\n`,
  "docs/versand.md": "# Versand\n\n## Rücksendungen\n\nDie Größe des Pakets zählt.\n",
  "docs/配送.md": "# 配送\n\n## 退货政策\n\n客户可以在三十天内退货。\n",
});

describe("what stands where", () => {
  test.each([
    [
      "POST /api/v1/orders",
      "services/order-service/contracts/api-spec.yaml:5",
      "POST /api/v1/orders",
      "contract",
    ],
    [
      "order.cancelled",
      "services/order-service/contracts/events/order-events.json:4",
      "order.cancelled v1",
      "contract",
    ],
    [
      "cancelOrder",
      "services/order-service/contracts/api-spec.yaml:10",
      "POST /api/v1/orders/{id}/cancellation",
      "contract",
    ],
    ["payBack", "services/order-service/src/refunds.ts:1", "payBack", "code"],
    ["refund paid once", "services/order-service/test/refunds.test.ts:1", "a refund is paid once", "test"],
    [
      "money is paid back withdraws",
      "services/order-service/specs/001-order-management/spec.md:10",
      "P2: Cancel an order",
      "spec",
    ],
    ["groesse pakets", "docs/versand.md:3", "Rücksendungen", "doc"],
    ["RUCKSENDUNGEN", "docs/versand.md:3", "Rücksendungen", "doc"],
    ["退货", "docs/配送.md:3", "退货政策", "doc"],
  ])("%s is at %s", async (query, place, heading, type) => {
    const [first] = await results(shop, query);
    expect({ place: `${first?.file}:${first?.line}`, heading: first?.heading, type: first?.type }).toEqual({
      place,
      heading,
      type,
    });
  });

  test("with service, tokens and the line that says most", async () => {
    const [first] = await results(shop, "bank turned away refund");
    expect(first).toMatchObject({
      service: "order-service",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the line as it is written.
      excerpt: "throw new Error(`The refund of order ${orderId} was turned away by the bank`);",
    });
    const count = await loadTokenCounter();
    expect(first?.tokens).toBe(count(readFileSync(join(shop, first?.file ?? ""), "utf8")));
  });

  test("an operation costs what its own lines cost", async () => {
    const [operation] = await results(shop, "placeOrder", "--type", "contract");
    expect(operation?.tokens).toBeLessThan(40);
  });
});

describe("what is looked through", () => {
  test.each([
    { argv: ["order", "--type", "test"], types: ["test"] },
    { argv: ["order", "--type", "spec,contract"], types: ["contract", "spec"] },
  ])("$argv", async ({ argv, types }) => {
    const found = new Set((await results(shop, ...argv)).map(({ type }) => type));
    expect([...found].sort()).toEqual(types);
  });

  test("a service, by name or by standing in it", async () => {
    const named = await results(shop, "order created", "--service", "mail-service");
    expect(named.map(({ file }) => file)).toEqual(["services/mail-service/src/main.ts"]);
    const inside = join(shop, "services/mail-service/src");
    expect(await results(inside, "order created")).toEqual(named);
    expect((await results(inside, "order created", "--all")).length).toBeGreaterThan(1);
  });

  test("as many as are asked for", async () => {
    expect(await results(shop, "order", "--limit", "2")).toHaveLength(2);
  });
});

describe("what people see", () => {
  test("is what the walk through the platform promises", async () => {
    const { out, code } = await find(join(example, "services/user-service"), "user profile");
    const [title, spec, quickRef] = out.split("\n");
    expect({ code, title }).toEqual({ code: 0, title: "Found in:" });
    expect(spec).toMatch(/^- specs\/001-user-profile\/spec\.md \(relevance: \d\d%\)$/);
    expect(quickRef).toMatch(/^- specs\/001-user-profile\/quick-ref\.md \(relevance: \d\d%\)$/);
    expect(out).toMatch(/\nLoad quick-ref first \(\d{2,3} tokens vs \d,\d{3}\)\nNext: speckit impact \S+\n$/);
  });

  test.each([
    [example, "insufficient stock when an order is placed by two customers at once"],
    [shop, "order processing"],
    [shop, "POST /api/v1/orders"],
    [shop, "order.created"],
    [shop, "退货政策"],
    [shop, "e"],
  ])("takes at most 300 tokens and 80 columns: %s, %s", async (root, query) => {
    const count = await loadTokenCounter();
    const { out } = await find(root, query);
    expect(count(out)).toBeLessThanOrEqual(300);
    expect(out.split("\n").filter((line) => line.length > 80 && !line.startsWith("- "))).toEqual([]);
  });

  test.each([
    [
      ["refnud"],
      'Nothing here has to do with "refnud". Did you mean "refund"?\nNext: speckit find "refund"\n',
    ],
    [["qqqqzzz"], 'Nothing here has to do with "qqqqzzz".\nNext: speckit service-catalog\n'],
    [["the of and"], 'Nothing here has to do with "the of and".\nNext: speckit service-catalog\n'],
  ])("says so when there is nothing: %s", async (argv, out) => {
    expect(await find(shop, ...argv)).toEqual({ code: 0, out, err: "" });
  });

  test("the cheaper of two that say the same comes first", async () => {
    const text = "# Warehouse\n\n## Night shift\n\nThe night shift counts the stock.\n";
    const root = folderWith({
      "notes/a/night-shift.md": `${text}${"\nNothing else happens here.\n".repeat(40)}`,
      "notes/b/night-shift.md": text,
    });
    expect((await results(root, "night shift")).map(({ file }) => file)).toEqual([
      "notes/b/night-shift.md",
      "notes/a/night-shift.md",
    ]);
  });
});

test.each([
  [[], "There is nothing to look for"],
  [["  "], "There is nothing to look for"],
  [["order", "--limit", "0"], "--limit must be a number from 1 to 1000; it is '0'."],
  [["order", "--type", "specs"], "--type must be one of spec, doc, contract, code, test; it is 'specs'."],
  [
    ["order", "--service", "order-servce"],
    "There is no service 'order-servce'. Did you mean 'order-service'?",
  ],
])("%s is asked back", async (argv, message) => {
  const { code, out, err } = await find(shop, ...argv);
  expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringContaining(message) });
});

test("files that are no text, too large, or lead out of the tree are found by their names at most", async () => {
  const root = folderWith({
    "stock.bin": new Uint8Array([0, 255, 1, 0, 7]),
    "stock-latin1.md": new Uint8Array([0x23, 0x20, 0xe9, 0x20, 0x73, 0x74, 0x6f, 0x63, 0x6b, 0x0a]),
    "stock-huge.yaml": `stock:\n${"  - { sku: TEA-100, reserved: 1 }\n".repeat(1_600_000)}`,
    "stock-long-line.json": `{"stock":"${"x".repeat(900_000)}"}`,
    "stock-empty.md": "",
    "stock-crlf.md": "\uFEFF# Stock\r\n\r\n## Counting stock\r\n\r\nAt night.\r\n",
    "stock-out.md": { linkTo: "/etc/passwd" },
    "stock-loop.yaml": "a: &a [*a, *a]\nopenapi: 3.1.0\npaths: { $ref: '#/paths' }\n",
    ".gitignore": "secret/\n",
    "secret/stock.md": "# Stock of secrets\n",
  });
  const files = (await results(root, "stock", "--limit", "50")).map(({ file }) => file);
  expect(files.sort()).toEqual([
    "stock-crlf.md",
    "stock-empty.md",
    "stock-huge.yaml",
    "stock-latin1.md",
    "stock-long-line.json",
    "stock-loop.yaml",
  ]);
  expect((await results(root, "counting at night"))[0]).toMatchObject({ file: "stock-crlf.md", line: 3 });
}, 60_000);

test("an empty folder is said to be, and left empty", async () => {
  const folder = folderWith({});
  const { code, out, err } = await runCli(folder, ["find", "orders"]);
  expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringContaining("is empty") });
  expect(readdirSync(folder)).toEqual([]);
});

describe("an error message", () => {
  test("is found first where it is thrown, at its line", async () => {
    const [first] = await results(shop, "refund of order was turned away by the bank");
    expect(first).toMatchObject({ file: "services/order-service/src/refunds.ts", line: 3 });
    expect(first?.relevance).toBeGreaterThanOrEqual(70);
  });

  test("of which only a few words stand in a row is looked up as words", async () => {
    const { index, textOf } = await openSearchIndex(shop, { cache: false, now: Date.now });
    const query = "the bank refund of order 4711 was late and so was everybody";
    expect(search(index, query, { textOf, quoted: true })).toEqual(search(index, query));
  });

  test("leads to the line that has its words in a row, whatever values stand in it", async () => {
    const { index, textOf } = await openSearchIndex(shop, { cache: false, now: Date.now });
    const message = "Error: The refund of order 4711 was turned away by the bank";
    const { hits } = search(index, message, { textOf });
    expect(hits[0]).toMatchObject({
      file: "services/order-service/src/refunds.ts",
      line: 3,
      literal: { line: 3, words: 6 },
    });
  });
});

describe("the index is kept", () => {
  let root = "";
  const open = (engine = "engine 1") => openSearchIndex(root, { cache: true, now: Date.now, engine });
  const filesFor = async (query: string) => search((await open()).index, query).hits.map(({ file }) => file);
  const write = (file: string, text: string) => {
    writeFileSync(join(root, file), text);
    // As if it had been written a while ago: files as young as the index are read again.
    const past = Date.now() / 1000 - 100 + text.length / 1000;
    utimesSync(join(root, file), past, past);
  };

  beforeAll(() => {
    root = folderWith({ "docs/tea.md": "# Tea\n\nGreen.\n", "docs/coffee.md": "# Coffee\n\nBlack.\n" });
    for (const file of ["docs/tea.md", "docs/coffee.md"]) write(file, readFileSync(join(root, file), "utf8"));
  });

  test("and only files that changed are read", async () => {
    expect((await open()).stats.read).toBe(2);
    expect((await open()).stats.read).toBe(0);
    write("docs/tea.md", "# Tea\n\nOolong.\n");
    expect((await open()).stats.read).toBe(1);
    expect(await filesFor("oolong")).toEqual(["docs/tea.md"]);
    expect(await filesFor("green")).toEqual([]);
  });

  test("new files are found, removed ones are not", async () => {
    write("docs/cocoa.md", "# Cocoa\n\nSweet.\n");
    expect(await filesFor("cocoa")).toEqual(["docs/cocoa.md"]);
    rmSync(join(root, "docs/cocoa.md"));
    expect(await filesFor("cocoa")).toEqual([]);
  });

  test("many changes later it says what a new one says", async () => {
    for (let round = 0; round < 25; round++) {
      write(
        `docs/blend-${round % 12}.md`,
        `# Blend ${round}\n\nTea of round ${round}, ${"leaf ".repeat(round)}.\n`,
      );
      await open();
    }
    const kept = search((await open()).index, "tea leaf blend").hits;
    const { index } = await openSearchIndex(root, { cache: false, now: Date.now });
    expect(kept).toEqual(search(index, "tea leaf blend").hits);
    expect(readdirSync(join(root, ".speckit/cache/search")).length).toBeLessThan(12);
  });

  test.each([
    ["of another engine", () => {}, "engine 2"],
    ["whose state is cut off", () => truncate("state.json"), "engine 1"],
    ["whose postings are damaged", () => damage(".segment"), "engine 1"],
    [
      "that lacks a segment",
      () => rmSync(join(root, ".speckit/cache/search", fileLike(".segment"))),
      "engine 1",
    ],
  ])("one %s is made anew", async (_, harm, engine) => {
    await open();
    harm();
    const { index, stats } = await open(engine);
    expect(stats.read).toBe(stats.files);
    expect(search(index, "oolong").hits).toHaveLength(1);
    expect((await open(engine)).stats.read).toBeLessThan(stats.files);
  });

  const folder = () => join(root, ".speckit/cache/search");
  const fileLike = (end: string) => readdirSync(folder()).find((name) => name.endsWith(end)) ?? "";
  const truncate = (name: string) => {
    const file = join(folder(), name);
    writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size / 2));
  };
  const damage = (end: string) => {
    const file = join(folder(), fileLike(end));
    const bytes = readFileSync(file);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 255;
    writeFileSync(file, bytes);
  };

  test("a place where nothing can be written does not matter", async () => {
    const full = folderWith({ "docs/tea.md": "# Tea\n", ".speckit": "a file where a folder should be" });
    const { index } = await openSearchIndex(full, { cache: true, now: Date.now, engine: "engine 1" });
    expect(search(index, "tea").hits).toHaveLength(1);
  });

  test("subjects of commits count, and a new commit is seen", async () => {
    const git = folderWith({ "src/a.ts": "export const rate = 3;\n", "src/b.ts": "export const fee = 4;\n" });
    commitAll(git);
    const run = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: git,
      });
    const options = { cache: true, now: Date.now, engine: "engine 1" };
    expect(search((await openSearchIndex(git, options)).index, "postage").hits).toEqual([]);
    writeFileSync(join(git, "src/b.ts"), "export const fee = 5;\n");
    run("commit", "--quiet", "--all", "--message=Raise the postage");
    const { hits } = search((await openSearchIndex(git, options)).index, "postage");
    expect(hits.map(({ file }) => file)).toEqual(["src/b.ts"]);
  });
});
