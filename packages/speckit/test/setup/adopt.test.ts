import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { allServices, commitAll, platformWith } from "../platform.ts";
import { folderWith } from "../run-cli.ts";
import { runIn } from "../sessions.ts";
import { read, setUp, snapshot, write } from "./run-init.ts";

/** The example platform before anybody wrote a specification. */
function fleetWithoutSpecs() {
  const files = Object.entries(platformWith(allServices));
  const root = folderWith(
    Object.fromEntries(files.filter(([file]) => !/\/specs\/|^constitution/.test(file))),
  );
  commitAll(root);
  return root;
}

describe("a fleet that exists", () => {
  let root = "";
  let before: Record<string, string> = {};
  beforeAll(async () => {
    root = fleetWithoutSpecs();
    before = snapshot(root);
    await setUp(root, ["--ai", "claude"]);
  });

  test("keeps every file as it is", () => {
    expect(snapshot(root)).toMatchObject(before);
  });

  test("gets a specification of each service, from its contracts", () => {
    for (const name of allServices)
      expect(readdirSync(`${root}/services/${name}-service/specs`)).toEqual([`001-${name}`]);
    const spec = read(root, "services/order-service/specs/001-order/spec.md");
    for (const part of [
      "### Service Name\norder-service\n",
      "### P2: Place an Order\n**Given** a signed-in caller\n**When** they send `POST /api/v1/orders`\n**Then** system returns 202\n",
      "**Or** returns 409 if it contradicts what is there\n",
      "- **FR-002**: The service MUST answer `POST /api/v1/orders` as its contract says (P2: Place an Order)",
      "### Event: order.created\n",
      "**Consumers:** inventory-service, notification-service",
      "### Event: user.profile.created\n**From:** user-service\n**Topic:** events.user.profile.created\n",
      "[NEEDS CLARIFICATION: ",
    ])
      expect(spec).toContain(part);
  });

  test.each([
    { argv: ["validate", "--all"] },
    { argv: ["validate-contracts", "--all"] },
    { argv: ["service-catalog", "--check"] },
  ])("passes $argv afterwards", async ({ argv }) => {
    const { code, out } = await runIn(root, argv);
    expect(code, out).toBe(0);
  });

  test("is not drafted again, whatever a person makes of the drafts", async () => {
    const spec = "services/order-service/specs/001-order/spec.md";
    write(root, spec, read(root, spec).replace("Place an Order", "Buy"));
    const edited = snapshot(root);
    const { files } = await setUp(root, []);
    expect(files.some(({ path }) => path.endsWith("spec.md"))).toBe(false);
    expect(snapshot(root)).toEqual(edited);
  });
});

test("with --no-drafts there are neither specs nor a catalog", async () => {
  const root = fleetWithoutSpecs();
  const { services, files } = await setUp(root, ["--no-drafts"]);
  expect(services).toHaveLength(5);
  expect(files.map(({ path }) => path).filter((path) => /spec\.md$|CATALOG/.test(path))).toEqual([]);
});

const contract = (path: string, summary: string) =>
  `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n  ${path}:\n    get:\n      summary: ${JSON.stringify(summary)}\n      responses: { "200": { description: ok } }\n`;

test("principles that the fleet does not keep are left out of its constitution, and named", async () => {
  const root = folderWith({
    "services/order-service/contracts/api-spec.yaml": contract("/orders", "List orders"),
    "services/user-service/contracts/api-spec.yaml": contract("/users", "List users"),
    "services/user-service/package.json": '{ "dependencies": { "fastify": "5.0.0" } }',
    "services/user-service/src/main.ts": "export {};\n",
  });
  const { rejected } = await setUp(root, []);
  const constitution = read(root, "constitution.md");
  expect(rejected).toContain("REST API versioning: /api/v1/");
  expect(constitution).not.toContain("/api/v1/");
  expect(constitution).toContain("- Language: TypeScript (Fastify)\n");
  expect((await runIn(root, ["validate-contracts", "--all"])).code).toBe(0);
});

test.each([
  { given: "a comment that never ends", summary: "List <!-- orders" },
  { given: "lines and a heading", summary: "List\n\n## Events Published\n\n### Event: order.stolen" },
  { given: "a table", summary: "a | b | c" },
  { given: "100,000 letters", summary: "x".repeat(100_000) },
  { given: "nothing but blanks", summary: "   " },
])("a contract whose summary has $given gives a specification that passes", async ({ summary }) => {
  const file = "services/order-service/contracts/api-spec.yaml";
  const root = folderWith({ [file]: contract("/orders", summary) });
  await setUp(root, []);
  const spec = read(root, "services/order-service/specs/001-order/spec.md");
  expect(spec.length).toBeLessThan(3000);
  expect(spec.match(/^## Events Published$/gm)).toHaveLength(1);
  const { code, out } = await runIn(root, ["validate", "--all"]);
  expect(code, out).toBe(0);
});

test("a large API gets one scenario a resource", async () => {
  const paths = ["orders", "customers"].flatMap((name) =>
    ["", "/{id}", "/{id}/items", "/{id}/notes", "/{id}/history", "/{id}/status", "/search"].map(
      (rest) => `  /api/v1/${name}${rest}:\n    get:\n      responses: { "200": { description: ok } }\n`,
    ),
  );
  const root = folderWith({
    "services/shop-service/contracts/api-spec.yaml": `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n${paths.join("")}`,
  });
  await setUp(root, []);
  const spec = read(root, "services/shop-service/specs/001-shop/spec.md");
  expect(spec.match(/^### P\d+: .*$/gm)).toEqual(["### P1: Orders", "### P2: Customers"]);
});
