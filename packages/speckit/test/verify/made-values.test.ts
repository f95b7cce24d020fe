import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../src/model/callable-operation.ts";
import { readCallableOperations, readDescribedEvents } from "../../src/parse/callable-operations.ts";
import { parseTree } from "../../src/parse/tree.ts";
import { boundaryValues } from "../../src/verify/schema/boundary-values.ts";
import { invalidValues } from "../../src/verify/schema/invalid-values.ts";
import { makeValue } from "../../src/verify/schema/made-value.ts";
import { ajvErrors } from "./oracle.ts";

const makings = [
  { optional: "none", useExamples: true },
  { optional: "all", useExamples: true },
  { optional: "all", useExamples: false },
] as const;

/** Makes values of a schema and lets another validator judge them. Gives back how many there were. */
function hold(schema: JsonSchema, seed: string) {
  const counts = { valid: 0, boundary: 0, invalid: 0 };
  for (const making of makings) {
    const value = makeValue(schema, making, seed);
    if (value === undefined) continue;
    counts.valid++;
    expect(ajvErrors(schema, value), JSON.stringify({ schema, value })).toEqual([]);
    for (const { title, value: made } of boundaryValues(schema, value, seed)) {
      counts.boundary++;
      expect(ajvErrors(schema, made), JSON.stringify({ title, schema, made })).toEqual([]);
    }
    for (const { title, value: made } of invalidValues(schema, value, seed)) {
      counts.invalid++;
      expect(ajvErrors(schema, made), JSON.stringify({ title, schema, made })).not.toEqual([]);
    }
  }
  return counts;
}

const name = fc.constantFrom("sku", "quantity", "email", "items", "note");
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<JsonSchema>(
      { type: "string" },
      { type: "string", format: "uuid" },
      { type: "string", format: "date-time" },
      { type: "string", format: "email", maxLength: 60 },
      { type: "string", format: "uri" },
      { type: "string", pattern: "^[A-Z]{3}-\\d{2,4}$" },
      { type: "string", pattern: "^[^\\u0000-\\u001F]+$", minLength: 1, maxLength: 12 },
      { type: "string", enum: ["pending", "confirmed"] },
      { const: "order.created" },
      { type: "boolean" },
      { type: ["string", "null"], minLength: 2 },
      { enum: [1, "one", null] },
      true,
    ),
    fc
      .record({ minLength: fc.nat(5), maxLength: fc.integer({ min: 5, max: 40 }) })
      .map((bounds) => ({ type: "string", ...bounds })),
    fc
      .record({ minimum: fc.integer({ min: -9, max: 9 }), maximum: fc.integer({ min: 9, max: 99 }) })
      .map((bounds) => ({ type: "integer", ...bounds })),
    fc
      .record({
        exclusiveMinimum: fc.integer({ min: -9, max: 9 }),
        exclusiveMaximum: fc.integer({ min: 11, max: 99 }),
      })
      .map((bounds) => ({ type: "number", ...bounds })),
    fc
      .constantFrom(0.01, 2, 5)
      .map((multipleOf) => ({ type: "number", multipleOf, minimum: 0, maximum: 100 })),
    fc
      .record({ items: tie("schema"), minItems: fc.nat(2), maxItems: fc.integer({ min: 2, max: 4 }) })
      .map((members) => ({ type: "array", ...members })),
    fc
      .tuple(tie("schema"), tie("schema"))
      .map((prefixItems) => ({ type: "array", prefixItems, minItems: 2, items: false })),
    tie("object"),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
    fc.array(tie("object"), { minLength: 1, maxLength: 2 }).map((allOf) => ({ allOf })),
    tie("object").map((one) => ({ if: { not: { required: ["sku"] } }, else: one })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(name, tie("schema"), { maxKeys: 3 }),
      required: fc.uniqueArray(name, { maxLength: 2 }),
      additionalProperties: fc.constantFrom<JsonSchema>(true, true, false, { type: "integer" }),
    })
    .map((members) => ({ type: "object", ...members })),
}));

test("of any schema, what is made as valid is valid and what is made as invalid is not", () => {
  const counts = { valid: 0, boundary: 0, invalid: 0 };
  fc.assert(
    fc.property(anySchema, fc.string({ maxLength: 3 }), (schema, seed) => {
      const { valid, boundary, invalid } = hold(schema, seed);
      counts.valid += valid;
      counts.boundary += boundary;
      counts.invalid += invalid;
    }),
    { numRuns: 120 },
  );
  expect(counts.valid).toBeGreaterThan(180);
  expect(counts.boundary).toBeGreaterThan(60);
  expect(counts.invalid).toBeGreaterThan(360);
});

const platform = fileURLToPath(new URL("../../../../examples/ecommerce-platform/", import.meta.url));
const load = (file: string) => parseTree(file, readFileSync(join(platform, file), "utf8")).value;

describe.each(readdirSync(join(platform, "services")))("%s of the example", (service) => {
  const file = `services/${service}/contracts/api-spec.yaml`;
  const operations = readCallableOperations({ file, value: load(file) }, load);

  test("every request body can be made, and every answer", () => {
    for (const { body, answers, parameters, operationId } of operations) {
      for (const { schema } of [
        ...parameters,
        ...(body?.contents ?? []),
        ...answers.flatMap(({ contents }) => contents),
      ])
        if (schema !== undefined && schema !== true) expect(hold(schema, "1").valid, operationId).toBe(3);
    }
  });

  test("every example of its own is as its schema says", () => {
    for (const { body, answers, operationId } of operations)
      for (const { schema, examples } of [
        ...(body?.contents ?? []),
        ...answers.flatMap(({ contents }) => contents),
      ])
        for (const example of examples) expect(ajvErrors(schema ?? true, example), operationId).toEqual([]);
  });
});

test("every event of the example can be made", () => {
  const files = readdirSync(join(platform, "services")).map((service) =>
    join("services", service, "contracts/events"),
  );
  const events = files.flatMap((folder) => {
    const [name] = listing(folder);
    const file = `${folder}/${name}`;
    return name === undefined ? [] : readDescribedEvents({ file, value: load(file) }, load);
  });
  expect(events.length).toBeGreaterThan(8);
  for (const { event, schema } of events) expect(hold(schema, "1").valid, event).toBe(3);
});

function listing(folder: string): string[] {
  try {
    return readdirSync(join(platform, folder));
  } catch {
    return [];
  }
}
