import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const contract = (schema: string) => `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders:
    post:
      requestBody:
        content:
          application/json:
            schema: ${schema}
      responses:
        '201': { description: Placed }
`;
const base = contract("{ type: object, properties: { sku: { type: string } } }");
const required = contract("{ type: object, required: [sku], properties: { sku: { type: string } } }");
const longer = contract("{ type: object, properties: { sku: { type: string }, note: { type: string } } }");
const answering = (schema: string) =>
  base.replace("Placed }", () => `Placed, content: { application/json: { schema: ${schema} } } }`);

const root = folderWith({
  "base.yaml": base,
  "required.yaml": required,
  "longer.yaml": longer,
  "a.yaml": answering("{ type: string, pattern: '^[A-Z]+$' }"),
  "b.yaml": answering("{ type: string }"),
  "string.schema.json": '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string" }',
  "any.schema.json":
    '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": ["string", "null"] }',
  "notes.md": "# Notes\n",
  "broken.yaml": "openapi: 3.1.0\npaths: [\n",
});

const diff = (...args: string[]) => runCli(root, ["diff", ...args]);

test("a person sees what breaks, where, why and what to do", async () => {
  expect(await diff("base.yaml", "required.yaml")).toEqual({
    code: 1,
    err: "",
    out: `❌ POST /api/v1/orders
   request.body.sku: New required field 'sku'
   required.yaml:9:37
   Requests that leave it out, which were valid, are now rejected.
   → Make the field optional or bump version to v2

1 breaking, 0 risky, 0 compatible

Next: speckit explain property-became-required
`,
  });
});

test("a program gets every change with both places", async () => {
  const { code, out } = await diff("base.yaml", "required.yaml", "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    schemaVersion: 1,
    command: "diff",
    level: "breaking",
    changes: [
      {
        kind: "property-became-required",
        level: "breaking",
        operation: "POST /api/v1/orders",
        location: "request.body.sku",
        message: "New required field 'sku'",
        base: { file: "base.yaml", line: 9 },
        revision: { file: "required.yaml", line: 9 },
      },
    ],
  });
});

test("a changelog", async () => {
  expect((await diff("required.yaml", "base.yaml", "--format", "markdown")).out).toBe(`# API changelog

## Compatible (1)

- \`POST /api/v1/orders\`, at \`request.body.sku\`: Field 'sku' may now be left out.
`);
});

test.each([
  { base: "base.yaml", revision: "base.yaml", failOn: [], code: 0, level: "none" },
  { base: "base.yaml", revision: "longer.yaml", failOn: [], code: 0, level: "compatible" },
  { base: "base.yaml", revision: "required.yaml", failOn: [], code: 1, level: "breaking" },
  {
    base: "base.yaml",
    revision: "required.yaml",
    failOn: ["--fail-on", "risky"],
    code: 1,
    level: "breaking",
  },
  { base: "a.yaml", revision: "b.yaml", failOn: ["--fail-on", "breaking"], code: 0, level: "risky" },
  { base: "a.yaml", revision: "b.yaml", failOn: ["--fail-on", "risky"], code: 1, level: "risky" },
])("$base to $revision $failOn: $level, exit $code", async ({
  base: from,
  revision,
  failOn,
  code,
  level,
}) => {
  const answer = await diff(from, revision, ...failOn, "--json");
  expect(JSON.parse(answer.out).level).toBe(level);
  expect(answer.code).toBe(code);
});

describe("plain JSON Schema", () => {
  test.each([
    { base: "string", revision: "any", compatibility: "backward", level: "compatible" },
    { base: "string", revision: "any", compatibility: "forward", level: "breaking" },
    { base: "string", revision: "any", compatibility: "full", level: "breaking" },
    { base: "any", revision: "string", compatibility: "backward", level: "breaking" },
    { base: "any", revision: "string", compatibility: undefined, level: "breaking" },
    { base: "string", revision: "any", compatibility: undefined, level: "compatible" },
  ])("$base to $revision, $compatibility: $level", async ({ compatibility, level, ...sides }) => {
    const asked = compatibility === undefined ? [] : ["--compatibility", compatibility];
    const { out } = await diff(
      `${sides.base}.schema.json`,
      `${sides.revision}.schema.json`,
      ...asked,
      "--json",
    );
    expect(JSON.parse(out).level).toBe(level);
  });
});

test.each([
  { args: ["base.yaml", "nowhere.yaml"], says: "nowhere.yaml" },
  { args: ["base.yaml", "notes.md"], says: "notes.md" },
  {
    args: ["base.yaml", "string.schema.json"],
    says: "are of different kinds: openapi and schema. Pass two of one kind.",
  },
  { args: ["base.yaml", "broken.yaml"], says: "broken.yaml:3" },
  {
    args: ["base.yaml", "base.yaml", "--fail-on", "loudly"],
    says: "--fail-on must be one of breaking, risky",
  },
  { args: ["base.yaml", "base.yaml", "--compatibility", "none"], says: "--compatibility must be one of" },
])("$args cannot be compared: one line, exit code 2", async ({ args, says }) => {
  const { code, out, err } = await diff(...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(says);
  expect(err).toMatch(/^speckit: [^\n]+\n$/);
});

describe("OpenAPI 3.2", () => {
  const three = (method: string, schema: string) => `openapi: 3.2.0
info: { title: Log, version: v1 }
paths:
  /log:
    ${method}
      responses:
        '200': { description: Lines, content: { application/jsonl: { itemSchema: ${schema} } } }
`;
  const object = (required: string) =>
    `{ type: object, required: [${required}], properties: { at: { type: string } } }`;

  test.each([
    "query:",
    "additionalOperations: { LINK: { responses: {} } }\n    get:",
  ])("the items of a stream are compared, under %s", async (method) => {
    const folder = folderWith({
      "base.yaml": three(method, object("at")),
      "revision.yaml": three(method, object("")),
    });
    const { out } = await runCli(folder, ["diff", "base.yaml", "revision.yaml", "--json"]);
    expect(JSON.parse(out).changes).toMatchObject([
      { kind: "property-became-optional", level: "breaking", location: "response.200.body[].at" },
    ]);
  });

  test("a method that the specification does not name can go away", async () => {
    const folder = folderWith({
      "base.yaml": three("additionalOperations: { LINK: { responses: {} } }\n    get:", "{}"),
      "revision.yaml": three("get:", "{}"),
    });
    const { out } = await runCli(folder, ["diff", "base.yaml", "revision.yaml", "--json"]);
    expect(JSON.parse(out).changes).toMatchObject([{ kind: "operation-removed", operation: "LINK /log" }]);
  });
});

test("a folder that is not there is said to be missing, not the files in it", async () => {
  const { code, err } = await runCli(folderWith({}), ["diff", "--cwd", "nowhere", "a.json", "b.json"]);
  expect(code).toBe(2);
  expect(err).toContain("There is no folder nowhere.");
});
