import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSummary } from "../src/parse/summary.ts";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { api, languages, largeApi, shopWith, spec } from "./document-services.ts";
import { folderWith, runCli } from "./run-cli.ts";

const dir = "services/order-service";
const quickRef = `${dir}/specs/001-orders/quick-ref.md`;
const aiDoc = `${dir}/specs/001-orders/ai-doc.md`;
const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");
const document = (root: string, ...flags: readonly string[]) =>
  runCli(root, ["document", "--service=order-service", ...flags]);
/** What a reference of ai-doc.md says, held against the files. */
const staleIn = (root: string, file: string) =>
  parseSummary(file, read(root, file), (other) => {
    try {
      return read(root, other);
    } catch {
      return undefined;
    }
  }).stale;

/** What the code of each language tells. */
const told = {
  typescript: `**Key Files:**
- src/domain/orders.ts - Decides what becomes of an order
- src/routes/orders.ts - Endpoints of /api/v1/orders
- src/main.ts - Starts the service

**Environment:**
- DATABASE_URL - Database connection
- PORT - Port to listen on`,
  python: `**Key Files:**
- src/api/orders.py - Order endpoints
- src/services/order_service.py - Decides what becomes of an order

**Environment:**
- DATABASE_URL - Database connection`,
  go: `**Key Files:**
- handlers/orders.go - Takes an order and tells of it
- main.go - Command orders takes orders

**Environment:**
- PORT - Port to listen on`,
  java: `**Key Files:**
- src/main/java/shop/OrderController.java - Answers for orders
- src/main/java/shop/OrderService.java - Decides what becomes of an order

**Environment:**
- DATABASE_URL - Database connection`,
};

describe.each(Object.entries(languages))("a service in %s", (language, code) => {
  const root = folderWith(shopWith(code));

  test("has a quick-ref in the seed's form, within the target", async () => {
    const { code: exit, out, err } = await document(root);
    expect(err).toBe("");
    expect(exit).toBe(0);
    expect(out).toContain(`✅ ${quickRef} written`);
    const text = read(root, quickRef);
    expect(text).toBe(`# order-service Quick Reference

**Endpoints:**
- POST /api/v1/orders - Place an order
- GET /api/v1/orders/{orderId} - Read an order

${told[language as keyof typeof told]}

**Integration:**
- Called by: mail-service for order details
- Publishes: order.created
`);
    const count = await loadTokenCounter();
    expect(count(text)).toBeLessThanOrEqual(200);
  });

  test("has an ai-doc whose references lead where they say", () => {
    const text = read(root, aiDoc);
    const references = text.match(/`[^`\s]+:\d+`/g) ?? [];
    expect(references.length).toBeGreaterThan(8);
    expect(staleIn(root, aiDoc)).toEqual([]);
    const handlers = {
      typescript: "`postOrder` `src/routes/orders.ts:6`",
      python: "`place_order` `src/api/orders.py:12`",
      go: "`PlaceOrder` `handlers/orders.go:4`",
      java: "`placeOrder` `src/main/java/shop/OrderController.java:11`",
    };
    expect(text).toContain(handlers[language as keyof typeof handlers]);
    expect(text).toContain("| `sku`, `note`? | 200: `data.orderId`; 404 |");
    expect(text).not.toContain("no test names it");
    expect(text).not.toContain("not seen in code");
  });

  test("is up to date when nothing changed", async () => {
    expect((await document(root, "--check")).code).toBe(0);
    const before = [read(root, quickRef), read(root, aiDoc)];
    expect((await document(root, "--update")).out).toContain(`✅ ${aiDoc} up to date`);
    expect([read(root, quickRef), read(root, aiDoc)]).toEqual(before);
  });
});

test.each([
  { target: 60, operations: 2 },
  { target: 200, operations: 12 },
  { target: 200, operations: 13 },
  { target: 200, operations: 500 },
  { target: 1000, operations: 500 },
])("$operations operations fit into $target tokens", async ({ target, operations }) => {
  const root = folderWith(
    shopWith(languages.typescript, {
      [`${dir}/contracts/api-spec.yaml`]: operations === 2 ? api : largeApi(operations),
      ".speckit.config.json": JSON.stringify({ documentation: { token_target: target } }),
    }),
  );
  expect((await document(root)).code).toBe(0);
  const text = read(root, quickRef);
  const count = await loadTokenCounter();
  expect(count(text)).toBeLessThanOrEqual(target);
  // Most of the room is used, and every part has something.
  expect(count(text)).toBeGreaterThan(target * 0.7);
  if (target >= 200)
    for (const section of ["Endpoints", "Key Files", "Environment", "Integration"])
      expect(text).toContain(`**${section}:**\n- `);
  if (operations === 500) expect(text).toMatch(/- POST \/api\/v1\/resource-\d\d - 10 endpoints/);
  expect(staleIn(root, aiDoc)).toEqual([]);
});

test("the ai-doc of 500 operations is divided by resource", async () => {
  const root = folderWith(shopWith({}, { [`${dir}/contracts/api-spec.yaml`]: largeApi(500) }));
  await document(root);
  const text = read(root, aiDoc);
  expect(text).toContain("500 operations on 50 resources:\n");
  const sections = text.split("\n## Operations: ").slice(1);
  expect(sections).toHaveLength(50);
  for (const section of sections) expect(section.match(/^\| `act/gm)).toHaveLength(10);
});

test("before there is code, both say what is planned", async () => {
  const root = folderWith({
    [`${dir}/specs/001-orders/spec.md`]: spec("order-service"),
    [`${dir}/specs/001-orders/tasks.md`]:
      "# Tasks: Orders\n\n## Phase 1: Orders\n\n- [ ] T001 Store orders in src/store/orders.ts\n- [ ] T002 [US1] Answer POST /api/v1/orders in src/routes/place-order.ts\n",
    [`${dir}/contracts/api-spec.yaml`]: api,
  });
  expect((await document(root)).code).toBe(0);
  const text = read(root, quickRef);
  expect(text).toContain("# order-service Quick Reference\n\nPlanned: there is no code yet.\n");
  expect(text).toContain("- src/routes/place-order.ts - Planned\n");
  const whole = read(root, aiDoc);
  expect(whole).toContain("State: planned. There is no code yet");
  expect(whole).toContain("| planned in T002 |");
  expect(whole).toContain("- T001 Store orders in src/store/orders.ts");
  expect(staleIn(root, aiDoc)).toEqual([]);
});

test("what is planned names the place of a task, and its files are no names of that place", async () => {
  const root = folderWith({
    [`${dir}/specs/001-orders/spec.md`]: spec("order-service"),
    [`${dir}/specs/001-orders/tasks.md`]:
      "# Tasks: Orders\n\n## Phase 1: Foundation\n\n### Task 1.1: Project Setup\n- File: pyproject.toml, requirements.txt\n- Dependencies: fastapi\n",
    [`${dir}/contracts/api-spec.yaml`]: api,
  });
  expect((await document(root)).code).toBe(0);
  expect(read(root, aiDoc)).toContain(
    "- 1.1 Project Setup (`specs/001-orders/tasks.md:5`): `pyproject.toml`",
  );
  expect(staleIn(root, aiDoc)).toEqual([]);
  expect((await document(root, "--check")).code).toBe(0);
});

test("of several features each has documents of its own operations", async () => {
  const root = folderWith(
    shopWith(languages.typescript, {
      [`${dir}/specs/002-reading/spec.md`]: `${spec("order-service")}\n\n### P2: Reading\n**Given** an order\n**When** \`GET /api/v1/orders/{orderId}\` is sent\n**Then** it is shown\n`,
    }),
  );
  const { out } = await document(root);
  expect(out.match(/✅/g)).toHaveLength(4);
  const text = read(root, `${dir}/specs/002-reading/quick-ref.md`);
  expect(text).toContain("- GET /api/v1/orders/{orderId}");
  expect(text).not.toContain("- POST /api/v1/orders -");
});

test.each([
  {
    given: "a table of the plan",
    file: `${dir}/specs/001-orders/plan.md`,
    text: "# Plan\n\n| Variable | Required | Meaning |\n|---|---|---|\n| `PORT` | no | where it listens; any free one |\n",
  },
  {
    given: "a list of the README",
    file: `${dir}/README.md`,
    text: "# Orders\n\n- PORT - Where it listens\n",
  },
  {
    given: "a sample of the environment",
    file: `${dir}/.env.example`,
    text: "# Where it listens\nPORT=8080\n",
  },
  {
    given: "the line that reads it",
    file: `${dir}/src/main.ts`,
    text: "const port = process.env.PORT; // where it listens\n",
  },
])("what a variable means is taken from $given", async ({ file, text }) => {
  const root = folderWith(shopWith(languages.typescript, { [file]: text }));
  await document(root);
  expect(read(root, quickRef)).toMatch(/^- PORT - [Ww]here it listens$/m);
  expect(read(root, aiDoc)).toMatch(/\| `PORT` \| [Ww]here it listens/);
});

describe("without a folder for documents", () => {
  const root = folderWith({
    [`${dir}/contracts/api-spec.yaml`]: api,
    [`${dir}/src/main.ts`]: "export const a = 1;\n",
  });

  test("it is said what to do", async () => {
    const { code, err } = await document(root);
    expect(code).toBe(2);
    expect(err).toContain("order-service has no folder specs/NNN-slug");
    expect(err).toContain("speckit init");
  });

  test("the documents can be read all the same", async () => {
    const { code, out } = await document(root, "--stdout");
    expect(code).toBe(0);
    expect(out).toContain(
      "# order-service Quick Reference\n\n**Endpoints:**\n- POST /api/v1/orders - Place an order\n",
    );
    expect(out).toContain("\n# order-service\n\nState: partly built.");
  });
});
