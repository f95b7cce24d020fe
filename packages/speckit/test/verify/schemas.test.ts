import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../src/model/callable-operation.ts";
import { selfContainedSchema } from "../../src/parse/self-contained-schema.ts";
import { brokenTexts, textOfFormat } from "../../src/verify/schema/formats.ts";
import { makeValue } from "../../src/verify/schema/made-value.ts";
import { randomFrom } from "../../src/verify/schema/random.ts";
import { isValid, schemaErrors } from "../../src/verify/schema/schema-errors.ts";
import { lengthOf, textOfPattern } from "../../src/verify/schema/text-of-pattern.ts";
import { ajvErrors } from "./oracle.ts";

describe("what is wrong with a value is said as people say it", () => {
  const order = {
    type: "object",
    required: ["sku", "items"],
    additionalProperties: false,
    properties: {
      sku: { type: "string", pattern: "^[A-Z-]+$", maxLength: 9 },
      items: {
        type: "array",
        items: { type: "object", properties: { quantity: { type: "integer", minimum: 1 } } },
      },
      state: { enum: ["open", "shut"] },
      id: { type: "string", format: "uuid" },
      customer: {
        oneOf: [
          { type: "object", required: ["name"], properties: { name: { type: "string" } } },
          { type: "null" },
        ],
      },
    },
  };
  const good = { sku: "TEA", items: [] };

  test.each([
    { value: good, says: [] },
    { value: { items: [] }, says: [" lacks 'sku'"] },
    { value: { ...good, sku: "tea" }, says: ['sku is "tea", which does not match ^[A-Z-]+$'] },
    { value: { ...good, sku: "TEA-TEA-TEA" }, says: ['sku is "TEA-TEA-TEA", and maxLength is 9'] },
    { value: { ...good, items: [{}, { quantity: 0 }] }, says: ["items[1].quantity is 0, and minimum is 1"] },
    {
      value: { ...good, items: [{ quantity: "2" }] },
      says: ['items[0].quantity is "2", and must be an integer'],
    },
    { value: { ...good, state: "ajar" }, says: ['state is "ajar", and must be one of "open", "shut"'] },
    { value: { ...good, id: "7" }, says: ['id is "7", which is no uuid'] },
    { value: { ...good, colour: "green" }, says: ["colour must not be there"] },
    { value: { ...good, customer: {} }, says: ["customer lacks 'name'"] },
    { value: { ...good, customer: { name: 7 } }, says: ["customer.name is 7, and must be a string"] },
    { value: [], says: [" is [], and must be an object"] },
  ])("$says", ({ value, says }) => {
    expect(schemaErrors(order, value).map(({ path, message }) => `${path} ${message}`)).toEqual(says);
  });

  test("of several alternatives that match", () => {
    expect(schemaErrors({ oneOf: [{ type: "integer" }, { minimum: 1 }, { type: "null" }] }, 7)).toEqual([
      { path: "", message: "matches several of the alternatives, and must match one" },
    ]);
  });

  test("of alternatives in alternatives the nearest counts", () => {
    const schema = {
      anyOf: [
        { type: "string" },
        {
          type: "object",
          properties: { a: { anyOf: [{ type: "integer" }, { type: "array", items: { type: "boolean" } }] } },
        },
      ],
    };
    expect(schemaErrors(schema, { a: [true, 1] })).toEqual([
      { path: "a[1]", message: "is 1, and must be a boolean" },
    ]);
  });
});

describe("texts of patterns", () => {
  test.each([
    "^[A-Z]{3}-\\d{2,4}$",
    "^(?:EUR|USD)$",
    "^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*){1,2}$",
    "^[^\\u0000-\\u001F\\u007F]+$",
    "^[\\x21-\\x7E]+$",
    "^\\p{Lu}\\p{Ll}+$",
    "^\\+?[0-9 ()-]{5,20}$",
    "\\bsku-\\w+\\b",
    "^(?=.*\\d)(?=.*[a-z]).{8,}$",
    "^[\\w.+-]+@[\\w-]+\\.[a-z]{2,}$",
    "^.{3}$",
    "^$",
    "(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])",
    "^[é-ü]+$",
    "^a{0}b$",
    "^\\u{1F600}+$",
  ])("%s", (pattern) => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const text = textOfPattern(pattern, { least: 0, most: 60, prefer: "short" }, randomFrom(seed));
        expect(text).toMatch(new RegExp(pattern, "u"));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", length: 64 },
    { pattern: "^[^\\u0000-\\u001F]+$", length: 1 },
    { pattern: "^x(?:ab)+$", length: 41 },
    { pattern: "^[a-z]+(-[a-z]+)*$", length: 1000 },
  ])("$pattern with exactly $length letters", ({ pattern, length }) => {
    for (const prefer of ["short", "long"] as const) {
      const text = textOfPattern(pattern, { least: length, most: length, prefer }, randomFrom("1"));
      expect(lengthOf(text ?? "")).toBe(length);
    }
  });

  test("that refer back, or can match nothing, are given up", () => {
    const length = { least: 0, most: 9, prefer: "short" } as const;
    expect(textOfPattern("^(a|b)\\1$", length, randomFrom("1"))).toBeUndefined();
    expect(textOfPattern("^(?=b)c$", length, randomFrom("1"))).toBeUndefined();
    expect(textOfPattern("^[a-z]{10}$", length, randomFrom("1"))).toBeUndefined();
  });
});

describe("texts of formats", () => {
  const known = [
    "uuid",
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "json-pointer",
    "regex",
  ];

  test.each(known)("%s", (format) => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(ajvErrors({ format }, textOfFormat(format, randomFrom(seed)))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(Object.entries(brokenTexts))("%s is clearly not %s", (format, text) => {
    expect(ajvErrors({ format }, text)).not.toEqual([]);
    expect(isValid({ format }, text)).toBe(false);
  });
});

describe("schemas of contracts become schemas that stand alone", () => {
  const documents: Record<string, unknown> = {
    "api.yaml": {
      openapi: "3.0.3",
      components: {
        schemas: {
          Order: {
            type: "object",
            required: ["id", "sku", "password", "parent"],
            properties: {
              id: { type: "string", readOnly: true },
              password: { $ref: "#/components/schemas/Password" },
              sku: { $ref: "shared/types.yaml#/Sku" },
              note: { type: "string", nullable: true, enum: ["a"] },
              price: { type: "number", minimum: 0, exclusiveMinimum: true },
              parent: { $ref: "#/components/schemas/Order" },
            },
          },
          Password: { type: "string", writeOnly: true },
          Cat: { type: "object", required: ["kind"], properties: { kind: { type: "string" } } },
          Dog: { type: "object", required: ["kind"], properties: { kind: { type: "string" } } },
          Pet: {
            oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
            discriminator: { propertyName: "kind", mapping: { hound: "#/components/schemas/Dog" } },
          },
          Lost: { $ref: "nowhere.yaml#/Sku" },
          Odd: { type: "string", pattern: "(?i)x" },
        },
      },
    },
    "shared/types.yaml": { Sku: { type: "string", minLength: 2, description: "Identifies a product" } },
  };
  const rootOf = (file: string) => documents[file];
  const schemaOf = (name: string, writer: "client" | "service", isOld = true): JsonSchema => {
    const pointer = `/components/schemas/${name}`;
    const schemas = (documents["api.yaml"] as { components: { schemas: Record<string, unknown> } }).components
      .schemas;
    return selfContainedSchema({ file: "api.yaml", pointer, value: schemas[name] }, writer, {
      isOld,
      rootOf,
    });
  };
  const valid = (schema: JsonSchema, value: unknown) => {
    expect(isValid(schema, value)).toBe(ajvErrors(schema, value).length === 0);
    return isValid(schema, value);
  };

  test("what only one side writes is nothing for the other", () => {
    const order = { sku: "TEA", parent: { sku: "MUG", password: "x", parent: {} } };
    expect(valid(schemaOf("Order", "client"), { ...order, password: "x" })).toBe(false);
    expect(
      schemaErrors(schemaOf("Order", "client"), { sku: "TEA", id: "7" }).map(
        ({ path, message }) => `${path} ${message}`,
      ),
    ).toEqual([" lacks 'password'", " lacks 'parent'", "id must not be there"]);
    expect(
      schemaErrors(schemaOf("Order", "service"), { sku: "TEA", password: "x" }).map(
        ({ path, message }) => `${path} ${message}`,
      ),
    ).toEqual([" lacks 'id'", " lacks 'parent'", "password must not be there"]);
  });

  test("OpenAPI 3.0 writes null and bounds in its own way", () => {
    const { properties } = schemaOf("Order", "client") as { properties: Record<string, JsonSchema> };
    expect(properties.note).toEqual({ type: ["string", "null"], enum: ["a", null] });
    expect(properties.price).toEqual({ type: "number", exclusiveMinimum: 0 });
  });

  test("an alternative is known by its discriminator", () => {
    const pet = schemaOf("Pet", "client");
    expect(valid(pet, { kind: "Cat" })).toBe(true);
    expect(valid(pet, { kind: "hound" })).toBe(true);
    expect(valid(pet, { kind: "Dog" })).toBe(false);
    expect(makeValue(pet, { optional: "all", useExamples: true }, "1")).toEqual({ kind: "Cat" });
  });

  test("references across files come along; those that lead nowhere allow everything", () => {
    expect(valid(schemaOf("Lost", "client"), 7)).toBe(true);
    expect((schemaOf("Order", "client") as { $defs: object }).$defs).toMatchObject({
      Sku: { type: "string", minLength: 2 },
    });
  });

  test("a pattern of another language holds nobody", () => {
    expect(valid(schemaOf("Odd", "client"), "y")).toBe(true);
  });

  test("what a keyword cannot mean is left out", () => {
    const odd = {
      type: "int",
      enum: {},
      required: "sku",
      minimum: "1",
      dependentRequired: 7,
      format: 1,
      properties: 3,
      items: null,
    };
    const node = { file: "api.yaml", pointer: "", value: odd };
    const schema = selfContainedSchema(node, "client", { isOld: false, rootOf });
    expect(valid(schema, { anything: 1 })).toBe(true);
  });

  test("a schema in a circle ends", () => {
    const list = {
      $ref: "#/$defs/Node",
      $defs: {
        Node: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string" }, next: { $ref: "#/$defs/Node" } },
        },
      },
    };
    const value = makeValue(list, { optional: "all", useExamples: true }, "1");
    expect(ajvErrors(list, value)).toEqual([]);
    expect(JSON.stringify(value).length).toBeLessThan(1000);
    const endless = {
      $ref: "#/$defs/Node",
      $defs: { Node: { type: "object", required: ["next"], properties: { next: { $ref: "#/$defs/Node" } } } },
    };
    expect(makeValue(endless, { optional: "none", useExamples: true }, "1")).toBeUndefined();
  });
});
