import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const draft7 = "http://json-schema.org/draft-07/schema#";
const draft2020 = "https://json-schema.org/draft/2020-12/schema";

type Schema = Readonly<Record<string, unknown>>;
interface Case {
  readonly what: string;
  readonly base: Schema;
  readonly revision: Schema;
  /** Whether the new schema takes what the old one took, and the old one what the new one takes. */
  readonly backward: "holds" | "breaks";
  readonly forward: "holds" | "breaks";
  readonly strict?: true;
  readonly dialect?: string;
}

async function verdict({ base, revision, strict, dialect = draft7 }: Case, compatibility: string) {
  const write = (schema: Schema) => JSON.stringify({ $schema: dialect, ...schema });
  const root = folderWith({ "base.json": write(base), "revision.json": write(revision) });
  const options = ["--compatibility", compatibility, ...(strict ? ["--strict-content"] : [])];
  const { out, err } = await runCli(root, ["diff", "base.json", "revision.json", "--json", ...options]);
  expect(err).toBe("");
  return (JSON.parse(out) as { level: string }).level === "breaking" ? "breaks" : "holds";
}

/** A change that lets less through, and the same the other way round. */
function narrowing(what: string, base: Schema, revision: Schema, dialect = draft7): Case[] {
  return [
    { what: `${what}: less`, base, revision, dialect, backward: "breaks", forward: "holds" },
    { what: `${what}: more`, base: revision, revision: base, dialect, backward: "holds", forward: "breaks" },
  ];
}

function other(what: string, base: Schema, revision: Schema, dialect = draft7): Case[] {
  return [{ what: `${what}: others`, base, revision, dialect, backward: "breaks", forward: "breaks" }];
}

function same(what: string, base: Schema, revision: Schema, dialect = draft7): Case[] {
  return [{ what: `${what}: the same`, base, revision, dialect, backward: "holds", forward: "holds" }];
}

const text = { type: "string" };
const number = { type: "number" };
const integer = { type: "integer" };
const list = (more: Schema) => ({ type: "array", ...more });
const object = (properties: Schema, more: Schema = {}) => ({ type: "object", properties, ...more });
const closed = { additionalProperties: false };

const simple: Case[] = [
  ...same("title", { ...text, title: "a" }, { ...text, title: "b" }),
  ...same("description", { ...text, description: "a" }, { ...text, description: "b" }),
  ...same("examples", { ...text, examples: ["a"] }, { ...text, examples: ["b"] }),
  ...same("default", { ...text, default: "a" }, { ...text, default: "b" }),
  ...same("$id", { ...text, $id: "https://a.example/a" }, { ...text, $id: "https://a.example/b" }),
  ...same("$comment", text, { ...text, $comment: "why" }),
  ...narrowing("type added", {}, text),
  ...narrowing("type list", { type: ["string", "null"] }, text),
  ...narrowing("type integer", number, integer),
  ...other("type", text, number),
  ...narrowing("enum added", text, { ...text, enum: ["a"] }),
  ...narrowing("enum", { ...text, enum: ["a", "b"] }, { ...text, enum: ["a"] }),
  ...other("enum", { ...text, enum: ["a"] }, { ...text, enum: ["b"] }),
  ...same("enum in another order", { ...text, enum: ["a", "b"] }, { ...text, enum: ["b", "a"] }),
  ...narrowing("const added", text, { ...text, const: "a" }),
  ...other("const", { ...text, const: "a" }, { ...text, const: "b" }),
  ...same("const and enum of one", { ...text, const: "a" }, { ...text, enum: ["a"] }),
  ...["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"].flatMap((keyword) => [
    ...narrowing(`${keyword} added`, typed(keyword), { ...typed(keyword), [keyword]: 5 }),
    ...narrowing(keyword, { ...typed(keyword), [keyword]: 5 }, { ...typed(keyword), [keyword]: 4 }),
  ]),
  ...["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"].flatMap((keyword) => [
    ...narrowing(`${keyword} added`, typed(keyword), { ...typed(keyword), [keyword]: 5 }),
    ...narrowing(keyword, { ...typed(keyword), [keyword]: 5 }, { ...typed(keyword), [keyword]: 6 }),
  ]),
  ...narrowing("multipleOf added", integer, { ...integer, multipleOf: 2 }),
  ...narrowing("multipleOf", { ...integer, multipleOf: 2 }, { ...integer, multipleOf: 4 }),
  ...other("multipleOf", { ...integer, multipleOf: 2 }, { ...integer, multipleOf: 3 }),
  ...narrowing("pattern added", text, { ...text, pattern: "^a" }),
  ...other("pattern", { ...text, pattern: "^a" }, { ...text, pattern: "^b" }),
  ...narrowing("uniqueItems", list({}), list({ uniqueItems: true })),
  ...narrowing("items added", list({}), list({ items: text })),
  ...narrowing("items", list({ items: number }), list({ items: integer })),
  ...narrowing("items are false", list({ items: text }), list({ items: false })),
  ...narrowing("contains", list({}), list({ contains: text })),
  ...narrowing("additionalItems", list({ items: [text] }), list({ items: [text], additionalItems: false })),
  ...narrowing("a position", list({ items: [number] }), list({ items: [integer] })),
  ...narrowing("prefixItems", list({ prefixItems: [number] }), list({ prefixItems: [integer] }), draft2020),
  ...narrowing(
    "maxContains",
    list({ contains: text, maxContains: 3 }),
    list({ contains: text, maxContains: 2 }),
    draft2020,
  ),
  ...narrowing(
    "minContains",
    list({ contains: text, minContains: 2 }),
    list({ contains: text, minContains: 3 }),
    draft2020,
  ),
  ...narrowing(
    "unevaluatedItems",
    list({ prefixItems: [text] }),
    list({ prefixItems: [text], unevaluatedItems: false }),
    draft2020,
  ),
];

function typed(keyword: string): Schema {
  if (keyword.endsWith("Length")) return text;
  if (keyword.endsWith("Items")) return list({});
  return keyword.endsWith("Properties") ? { type: "object" } : number;
}

const objects: Case[] = [
  ...narrowing("required", object({ a: text }), object({ a: text }, { required: ["a"] })),
  {
    what: "required with a default",
    base: object({ a: { ...text, default: "x" } }),
    revision: object({ a: { ...text, default: "x" } }, { required: ["a"] }),
    backward: "holds",
    forward: "holds",
  },
  ...narrowing("a property", object({ a: number }), object({ a: integer })),
  ...other("a property", object({ a: text }), object({ a: integer })),
  ...narrowing("additionalProperties false", object({ a: text }), object({ a: text }, closed)),
  ...narrowing(
    "additionalProperties added",
    object({ a: text }),
    object({ a: text }, { additionalProperties: text }),
  ),
  ...narrowing(
    "additionalProperties",
    object({}, { additionalProperties: number }),
    object({}, { additionalProperties: integer }),
  ),
  ...narrowing("patternProperties added", object({}), object({}, { patternProperties: { "^x": text } })),
  ...narrowing(
    "patternProperties",
    object({}, { patternProperties: { "^x": number } }),
    object({}, { patternProperties: { "^x": integer } }),
  ),
  ...narrowing("propertyNames", object({}), object({}, { propertyNames: { pattern: "^x" } })),
  ...narrowing(
    "dependencies added",
    object({ a: text, b: text }),
    object({ a: text, b: text }, { dependencies: { a: ["b"] } }),
  ),
  ...narrowing(
    "dependencies",
    object({}, { dependencies: { a: ["b"] } }),
    object({}, { dependencies: { a: ["b", "c"] } }),
  ),
  ...narrowing(
    "dependencies with a schema",
    object({}),
    object({}, { dependencies: { a: { required: ["b"] } } }),
  ),
  ...narrowing("dependentRequired", object({}), object({}, { dependentRequired: { a: ["b"] } }), draft2020),
  ...narrowing(
    "dependentSchemas",
    object({}),
    object({}, { dependentSchemas: { a: { required: ["b"] } } }),
    draft2020,
  ),
  ...narrowing(
    "unevaluatedProperties",
    object({ a: text }),
    object({ a: text }, { unevaluatedProperties: false }),
    draft2020,
  ),
  {
    what: "an optional property comes to a closed object",
    base: object({ a: text }, closed),
    revision: object({ a: text, b: text }, closed),
    backward: "holds",
    forward: "breaks",
  },
  {
    what: "a property goes from a closed object",
    base: object({ a: text, b: text }, closed),
    revision: object({ a: text }, closed),
    backward: "breaks",
    forward: "holds",
  },
  {
    what: "a required property comes to a closed object",
    base: object({ a: text }, closed),
    revision: object({ a: text, b: text }, { ...closed, required: ["b"] }),
    backward: "breaks",
    forward: "breaks",
  },
  {
    what: "a required property with a default comes to a closed object",
    base: object({}, closed),
    revision: object({ b: { ...text, default: "x" } }, { ...closed, required: ["b"] }),
    backward: "holds",
    forward: "breaks",
  },
];

const combined: Case[] = [
  ...narrowing("oneOf", { oneOf: [text, number] }, { oneOf: [text] }),
  ...narrowing("anyOf", { anyOf: [text, number] }, { anyOf: [text] }),
  ...narrowing("anyOf added", {}, { anyOf: [text, number] }),
  ...narrowing(
    "allOf",
    { allOf: [{ minLength: 1 }], type: "string" },
    { allOf: [{ minLength: 1 }, { maxLength: 3 }], type: "string" },
  ),
  ...narrowing("not added", text, { ...text, not: { const: "a" } }),
  ...narrowing("not", { ...text, not: { enum: ["a"] } }, { ...text, not: { enum: ["a", "b"] } }),
  ...narrowing(
    "a branch",
    { oneOf: [{ type: "object", required: ["a"], properties: { a: number } }, text] },
    { oneOf: [{ type: "object", required: ["a"], properties: { a: integer } }, text] },
  ),
  ...same("branches in another order", { oneOf: [text, number] }, { oneOf: [number, text] }),
  ...same("allOf of one", { allOf: [text] }, text),
  ...same("$ref", { $ref: "#/definitions/A", definitions: { A: text } }, text),
  ...narrowing(
    "behind a $ref",
    { definitions: { A: number }, properties: { a: { $ref: "#/definitions/A" } } },
    { definitions: { A: integer }, properties: { a: { $ref: "#/definitions/A" } } },
  ),
  ...narrowing(
    "if and then added",
    { type: "object" },
    JSON.parse('{ "type": "object", "if": { "required": ["a"] }, "then": { "required": ["b"] } }'),
  ),
];

/** Who says nothing about other properties, lets anything stand in them: so the strict reading. */
const strictly: Case[] = [
  {
    what: "an optional property comes to an open object",
    base: object({ a: text }),
    revision: object({ a: text, b: text }),
    strict: true,
    backward: "breaks",
    forward: "holds",
  },
  {
    what: "a property that may be anything comes to an open object",
    base: object({ a: text }),
    revision: object({ a: text, b: {} }),
    strict: true,
    backward: "holds",
    forward: "holds",
  },
  {
    what: "a property goes from an open object",
    base: object({ a: text, b: text }),
    revision: object({ a: text }),
    strict: true,
    backward: "holds",
    forward: "breaks",
  },
  {
    what: "an optional property comes to a closed object",
    base: object({ a: text }, closed),
    revision: object({ a: text, b: text }, closed),
    strict: true,
    backward: "holds",
    forward: "breaks",
  },
  {
    what: "an optional property comes to an open object",
    base: object({ a: text }),
    revision: object({ a: text, b: text }),
    backward: "holds",
    forward: "holds",
  },
  {
    what: "a property goes from an open object",
    base: object({ a: text, b: text }),
    revision: object({ a: text }),
    backward: "holds",
    forward: "holds",
  },
];

describe.each([
  { group: "values and lists", cases: simple },
  { group: "objects", cases: objects },
  { group: "combinations", cases: combined },
  { group: "what is not forbidden", cases: strictly },
])("$group", ({ cases }) => {
  test.each(cases)("$what: backward $backward, forward $forward", async (one) => {
    expect(await verdict(one, "backward"), "backward").toBe(one.backward);
    expect(await verdict(one, "forward"), "forward").toBe(one.forward);
    const holds = one.backward === "holds" && one.forward === "holds";
    expect(await verdict(one, "full"), "full").toBe(holds ? "holds" : "breaks");
  });
});
