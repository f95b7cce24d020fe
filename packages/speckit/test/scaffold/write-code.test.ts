import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { typeOfSchema } from "../../src/authoring/scaffold/schema-type.ts";
import { camel, capitalized, imported, literal, property } from "../../src/authoring/scaffold/write-code.ts";
import { versions } from "../../src/authoring/scaffold/write-project.ts";
import type { JsonSchema } from "../../src/model/callable-operation.ts";

test.each([
  { text: "user.profile.created", name: "userProfileCreated" },
  { text: "log-in", name: "logIn" },
  { text: "delete", name: "onDelete" },
  { text: "2fa", name: "on2fa" },
  { text: "创建", name: "创建" },
  { text: "***", name: "on" },
])("$text is called $name", ({ text, name }) => {
  expect(camel(text, "on")).toBe(name);
  expect(capitalized(text, "on")).toBe(`${name[0]?.toUpperCase()}${name.slice(1)}`);
});

test.each([
  { name: "userId", written: "userId" },
  { name: "x-api-key", written: '"x-api-key"' },
  { name: "POST /a", written: '"POST /a"' },
])("a property $name is written $written", ({ name, written }) => {
  expect(property(name)).toBe(written);
});

test("values of JSON are written as code, longer ones on lines of their own", () => {
  expect(literal({ a: 1, "b-c": [true, null, "x"] })).toBe('{ a: 1, "b-c": [true, null, "x"] }');
  expect(literal({ text: "x".repeat(120) })).toBe(`{\n  text: "${"x".repeat(120)}",\n}`);
});

test("imports are sorted, and types alone are imported as types", () => {
  expect(imported(["type B", "a", "a"], "./c.ts")).toEqual(['import { a, type B } from "./c.ts";']);
  expect(imported(["type B"], "./c.ts")).toEqual(['import type { B } from "./c.ts";']);
  expect(imported([], "./c.ts")).toEqual([]);
});

describe("a schema becomes the type", () => {
  const tree = { $ref: "#/$defs/Tree" };
  const cases: { schema: JsonSchema; type: string }[] = [
    { schema: true, type: "unknown" },
    { schema: { type: "integer", minimum: 1 }, type: "number" },
    { schema: { type: ["string", "null"] }, type: "string | null" },
    { schema: { enum: ["a", "b", 1] }, type: '"a" | "b" | 1' },
    { schema: { const: "v1" }, type: '"v1"' },
    { schema: { type: "array", items: { enum: ["a", "b"] } }, type: 'readonly ("a" | "b")[]' },
    {
      schema: {
        type: "array",
        items: { oneOf: [{ properties: { a: true } }, { properties: { b: true } }] },
      },
      type: "readonly ({\n  readonly a?: unknown;\n} | {\n  readonly b?: unknown;\n})[]",
    },
    {
      schema: { type: "array", items: { properties: { a: { enum: ["x", "}"] } } } },
      type: 'readonly {\n  readonly a?: "x" | "}";\n}[]',
    },
    { schema: { type: "object" }, type: "Readonly<Record<string, unknown>>" },
    {
      schema: { type: "object", additionalProperties: { type: "number" } },
      type: "Readonly<Record<string, number>>",
    },
    {
      schema: { properties: { a: { type: "string" }, "b-c": true }, required: ["a"] },
      type: '{\n  readonly a: string;\n  readonly "b-c"?: unknown;\n}',
    },
    { schema: { oneOf: [{ type: "string" }, { type: "number" }] }, type: "string | number" },
    {
      schema: {
        allOf: [{ properties: { a: { type: "number" } } }, { oneOf: [{ const: 1 }, { const: 2 }] }],
      },
      type: "{\n  readonly a?: number;\n} & (1 | 2)",
    },
  ];
  test.each(cases)("$type", ({ schema, type }) => {
    expect(typeOfSchema(schema)).toBe(type);
  });

  test("that ends where a schema contains itself", () => {
    const schema: JsonSchema = {
      ...tree,
      $defs: { Tree: { type: "object", properties: { left: tree } } },
    };
    expect(typeOfSchema(schema)).toContain("readonly left?: unknown");
  });
});

test("generated services ask for the versions that this repository is tested with", () => {
  const read = (folder: string) =>
    JSON.parse(readFileSync(new URL(`../../../../${folder}package.json`, import.meta.url), "utf8"));
  const manifests = [
    read(""),
    read("packages/service-kit/"),
    ...["auth", "user"].map((name) => read(`examples/ecommerce-platform/services/${name}-service/`)),
  ];
  const used = Object.assign(
    {},
    ...manifests
      .reverse()
      .map(({ dependencies, devDependencies }) => ({ ...devDependencies, ...dependencies })),
    {
      "@speckit/service-kit": `^${read("packages/service-kit/").version}`,
      "@speckit/cli": `^${read("packages/speckit/").version}`,
    },
  );
  for (const [name, version] of Object.entries(versions)) expect(used[name], name).toBe(version);
});
