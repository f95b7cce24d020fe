import { describe, expect, test } from "vitest";
import { schemaProblems } from "../src/parse/json-schema.ts";

const file = "services/order-service/contracts/api-spec.yaml";
const nothing = () => undefined;

/** What is said of one schema of an OpenAPI document, each with the rest of its pointer. */
function problemsOf(schema: unknown, openapi = "3.1.0"): string[] {
  const document = { openapi, components: { schemas: { Order: schema } } };
  return schemaProblems(file, document, "openapi", nothing).map(({ severity, at, message }) => {
    const pointer = "pointer" in at ? at.pointer.replace("/components/schemas/Order", "") : "";
    return `${severity} ${pointer}: ${message}`;
  });
}

describe("in OpenAPI 3.1", () => {
  test.each([
    {
      given: "an unknown type",
      schema: { type: "sting" },
      says: ["error /type: 'sting' is no type of JSON Schema. Did you mean 'string'?"],
    },
    {
      given: "a type of a programming language",
      schema: { type: "int" },
      says: ["error /type: 'int' is no type of JSON Schema. Did you mean 'integer'?"],
    },
    {
      given: "an unknown type among several",
      schema: { type: ["string", "nil"] },
      says: ["error /type/1: 'nil' is no type of JSON Schema. Did you mean 'null'?"],
    },
    {
      given: "an unquoted null",
      schema: { type: ["string", null] },
      says: ["error /type/1: 'type' is empty; the type of null is written in quotes: \"null\"."],
    },
    {
      given: "a broken pattern",
      schema: { pattern: "[a-z" },
      says: ["error /pattern: '[a-z' is no valid regular expression."],
    },
    {
      given: "a broken pattern for names",
      schema: { patternProperties: { "(": {} } },
      says: ["error /patternProperties/(: '(' is no valid regular expression."],
    },
    {
      given: "an interval the wrong way round",
      schema: { minLength: 5, maxLength: 2 },
      says: ["error /minLength: 'minLength' is 5 and 'maxLength' is 2, so no value is ever valid."],
    },
    {
      given: "an empty open interval",
      schema: { exclusiveMinimum: 1, maximum: 1 },
      says: ["error /exclusiveMinimum: No number lies between 1 and 1 as they are excluded here."],
    },
    {
      given: "a negative length",
      schema: { maxLength: -1 },
      says: ["error /maxLength: 'maxLength' is -1, not a whole number from 0 up."],
    },
    {
      given: "a step of zero",
      schema: { multipleOf: 0 },
      says: ["error /multipleOf: 'multipleOf' is 0, not a number above 0."],
    },
    {
      given: "a bound in quotes",
      schema: { minimum: "1" },
      says: ["error /minimum: 'minimum' is '1', not a number."],
    },
    {
      given: "an empty enum",
      schema: { enum: [] },
      says: ["error /enum: 'enum' is empty, so no value is ever valid."],
    },
    {
      given: "an enum that is no list",
      schema: { enum: "open" },
      says: ["error /enum: 'enum' is 'open', not a list."],
    },
    {
      given: "a value twice",
      schema: { enum: ["a", { b: 1 }, { b: 1 }] },
      says: ["warning /enum/2: {\"b\":1} stands twice in 'enum'."],
    },
    {
      given: "values of another type",
      schema: { type: "integer", enum: ["1", "2"] },
      says: ["error /enum: No value of 'enum' is of type integer, so no value is ever valid."],
    },
    {
      given: "one value of another type",
      schema: { type: "integer", enum: [1, "2"] },
      says: ["warning /enum/1: '2' is not of type integer."],
    },
    {
      given: "a default of another type",
      schema: { type: "boolean", default: "false" },
      says: ["warning /default: The default 'false' is not of type boolean."],
    },
    {
      given: "a default that is no choice",
      schema: { enum: ["a"], default: "b" },
      says: ["warning /default: The default 'b' is none of the values in 'enum'."],
    },
    {
      given: "a default out of bounds",
      schema: { maximum: 100, default: 1000 },
      says: ["warning /default: The default 1000 is outside 'maximum: 100'."],
    },
    {
      given: "a const of another type",
      schema: { type: "string", const: 1 },
      says: ["error /const: 'const' is 1, which is not of type string."],
    },
    {
      given: "required as a mark",
      schema: { properties: { id: { required: true } } },
      says: [
        "error /properties/id/required: 'required' is true, not a list: required properties are named in the 'required' of the object that has them.",
      ],
    },
    {
      given: "a required name in another case",
      schema: { required: ["userID"], properties: { userId: {} } },
      says: ["warning /required/0: 'userID' is required, but the property is called 'userId'."],
    },
    {
      given: "a required name that a closed schema has not",
      schema: { required: ["id"], properties: {}, additionalProperties: false },
      says: [
        "error /required/0: 'id' is required, but 'additionalProperties: false' allows only the properties named here, so no value is ever valid.",
      ],
    },
    {
      given: "a list of properties",
      schema: { properties: ["id"] },
      says: ["error /properties: 'properties' is [\"id\"], not an object."],
    },
    {
      given: "a property that is no schema",
      schema: { properties: { id: "string" } },
      says: ["error /properties/id: 'string' stands where a schema is expected."],
    },
    {
      given: "properties of a text",
      schema: { type: "string", properties: {} },
      says: ["warning /properties: 'properties' has no effect on a value of type 'string'."],
    },
    { given: "no alternatives", schema: { oneOf: [] }, says: ["error /oneOf: 'oneOf' is empty."] },
    {
      given: "a list of items",
      schema: { type: "array", items: [{}] },
      says: [
        "error /items: 'items' is a list; it has to be one schema, with 'prefixItems' for the first ones.",
      ],
    },
    {
      given: "nullable",
      schema: { type: "string", nullable: true },
      says: [
        "warning /nullable: 'nullable' means nothing since OpenAPI 3.1, so null is not allowed here. Add \"null\" to 'type'.",
      ],
    },
    {
      given: "a bound as a mark",
      schema: { minimum: 0, exclusiveMinimum: true },
      says: [
        "warning /exclusiveMinimum: 'exclusiveMinimum' is true, as in OpenAPI 3.0; since 3.1 it is the bound itself, a number.",
      ],
    },
    {
      given: "both readOnly and writeOnly",
      schema: { readOnly: true, writeOnly: true },
      says: ["error /readOnly: A property cannot be both 'readOnly' and 'writeOnly'."],
    },
  ])("$given is reported", ({ schema, says }) => {
    expect(problemsOf(schema)).toEqual(says);
  });

  test.each([
    {
      given: "properties named like keywords",
      schema: { properties: { items: { type: "string" }, required: { type: "boolean" }, enum: {} } },
    },
    {
      given: "data that looks like a schema",
      schema: { default: { type: "sting" }, examples: [{ type: "sting" }], "x-note": { type: "sting" } },
    },
    { given: "an array without items", schema: { type: "array" } },
    { given: "null beside a type", schema: { type: ["string", "null"], enum: ["a", null], default: null } },
    {
      given: "a required name from elsewhere",
      schema: { required: ["id"], allOf: [{ properties: { id: {} } }] },
    },
    {
      given: "a required name that a pattern allows",
      schema: { required: ["x-a"], patternProperties: { "^x-": {} }, additionalProperties: false },
    },
    { given: "patterns of both modes", schema: { anyOf: [{ pattern: "\\p{L}+" }, { pattern: "[\\w-.]" }] } },
    {
      given: "schemas that are true or false",
      schema: { properties: { id: true }, additionalProperties: false },
    },
    { given: "an integer with a fraction of zero", schema: { type: "integer", default: 1.0 } },
  ])("$given is fine", ({ schema }) => {
    expect(problemsOf(schema)).toEqual([]);
  });
});

describe("in OpenAPI 3.0", () => {
  test.each([
    {
      given: "an array without items",
      schema: { type: "array" },
      says: ["error /type: An array needs 'items' in OpenAPI 3.0, which says what is in it."],
    },
    {
      given: "an empty interval with marks",
      schema: { minimum: 1, exclusiveMinimum: true, maximum: 1 },
      says: ["error /exclusiveMinimum: No number lies between 1 and 1 as they are excluded here."],
    },
    { given: "nullable", schema: { type: "string", nullable: true, default: null }, says: [] },
    {
      given: "whatever stands beside a reference",
      schema: { $ref: "#/components/schemas/Order", type: "sting" },
      says: [],
    },
  ])("$given", ({ schema, says }) => {
    expect(problemsOf(schema, "3.0.3")).toEqual(says);
  });
});

test("schemas are found wherever a contract has them", () => {
  // Each its own: a node that stands in several places of a document is looked at once.
  const wrong = () => ({ type: "sting" });
  const body = () => ({ content: { "application/json": { schema: wrong() } } });
  const document = {
    openapi: "3.1.0",
    paths: {
      "/orders": {
        parameters: [{ name: "a", in: "query", schema: wrong() }],
        post: {
          requestBody: body(),
          responses: { 200: { ...body(), headers: { "X-Count": { schema: wrong() } } } },
          callbacks: { done: { "{$url}": { post: { requestBody: body() } } } },
        },
      },
    },
    webhooks: { placed: { post: { requestBody: body() } } },
  };
  const pointers = schemaProblems(file, document, "openapi", nothing).map(
    ({ at }) => "pointer" in at && at.pointer,
  );
  expect(pointers).toEqual([
    "/paths/~1orders/parameters/0/schema/type",
    "/paths/~1orders/post/requestBody/content/application~1json/schema/type",
    "/paths/~1orders/post/responses/200/content/application~1json/schema/type",
    "/paths/~1orders/post/responses/200/headers/X-Count/schema/type",
    "/paths/~1orders/post/callbacks/done/{$url}/post/requestBody/content/application~1json/schema/type",
    "/webhooks/placed/post/requestBody/content/application~1json/schema/type",
  ]);
});

test("a schema in another file is read once, and its own references with it", () => {
  const files: Record<string, unknown> = {
    "shared/order.json": {
      properties: { item: { $ref: "#/$defs/item" } },
      $defs: { item: { type: "sting" } },
    },
  };
  const document = {
    events: [
      { eventType: "order.created", schema: { $ref: "../shared/order.json" } },
      { eventType: "order.cancelled", schema: { $ref: "../shared/order.json" } },
    ],
  };
  const problems = schemaProblems("contracts/order-events.json", document, "events", (name) => files[name]);
  expect(new Set(problems.map(({ at }) => JSON.stringify(at)))).toEqual(
    new Set(['{"file":"shared/order.json","pointer":"/$defs/item/type"}']),
  );
});
