import type { JsonSchema } from "../../model/callable-operation.ts";
import { definitionOf, isValid } from "./schema-errors.ts";

/** Picks one of alternatives that all are allowed: an index below `count`. */
export type Choose = (branches: readonly JsonSchema[]) => number;

/** What several schemas that must all hold say together, alternatives decided. Enough to make values; whether one is valid the schema itself says. */
export interface MergedSchema {
  /** Undefined when any type will do. `integer` stands for itself. */
  readonly types: readonly string[] | undefined;
  /** `enum`, or `const` as the only value. */
  readonly values: readonly unknown[] | undefined;
  readonly examples: readonly unknown[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly isAbove: boolean;
  readonly isBelow: boolean;
  readonly multipleOf: number | undefined;
  readonly minLength: number;
  readonly maxLength: number | undefined;
  readonly patterns: readonly string[];
  readonly format: string | undefined;
  readonly properties: ReadonlyMap<string, readonly JsonSchema[]>;
  readonly required: readonly string[];
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  /** For properties that are not named. */
  readonly additional: readonly JsonSchema[];
  readonly propertyNames: readonly JsonSchema[];
  readonly minProperties: number;
  readonly maxProperties: number | undefined;
  readonly prefixItems: readonly (readonly JsonSchema[])[];
  readonly items: readonly JsonSchema[];
  readonly minItems: number;
  readonly maxItems: number | undefined;
  readonly uniqueItems: boolean;
}

type Keywords = Readonly<Record<string, unknown>>;

/** Merges schemas of one document; `root` holds the definitions. References in a circle count once. */
export function mergeSchemas(schemas: readonly JsonSchema[], root: JsonSchema, choose: Choose): MergedSchema {
  const parts = flatten(schemas, root, choose);
  const numbers = (keyword: string) =>
    parts.map((part) => part[keyword]).filter((value) => typeof value === "number");
  const texts = (keyword: string) =>
    parts.map((part) => part[keyword]).filter((value) => typeof value === "string");
  const schemasOf = (keyword: string) =>
    parts.map((part) => part[keyword]).filter((value): value is JsonSchema => isSchema(value));
  const [low, above] = [most(numbers("minimum")), most(numbers("exclusiveMinimum"))];
  const [high, below] = [least(numbers("maximum")), least(numbers("exclusiveMaximum"))];
  const isAbove = above !== undefined && (low === undefined || above >= low);
  const isBelow = below !== undefined && (high === undefined || below <= high);
  return {
    types: typesOf(parts),
    values: valuesOf(parts),
    examples: parts.flatMap(({ example, examples, default: usual }) => [
      ...(example === undefined ? [] : [example]),
      ...(Array.isArray(examples) ? examples : []),
      ...(usual === undefined ? [] : [usual]),
    ]),
    minimum: isAbove ? above : low,
    maximum: isBelow ? below : high,
    isAbove,
    isBelow,
    multipleOf: most(numbers("multipleOf")),
    minLength: most(numbers("minLength")) ?? 0,
    maxLength: least(numbers("maxLength")),
    patterns: texts("pattern"),
    format: texts("format")[0],
    properties: propertiesOf(parts),
    required: [
      ...new Set(parts.flatMap(({ required }) => (Array.isArray(required) ? (required as string[]) : []))),
    ],
    dependentRequired: new Map(
      parts.flatMap(({ dependentRequired }) =>
        Object.entries((dependentRequired ?? {}) as Record<string, string[]>),
      ),
    ),
    additional: [...schemasOf("additionalProperties"), ...schemasOf("unevaluatedProperties")],
    propertyNames: schemasOf("propertyNames"),
    minProperties: most(numbers("minProperties")) ?? 0,
    maxProperties: least(numbers("maxProperties")),
    prefixItems: prefixItemsOf(parts),
    items: [...schemasOf("items"), ...schemasOf("contains")],
    minItems: Math.max(most(numbers("minItems")) ?? 0, contained(parts)),
    maxItems: least(numbers("maxItems")),
    uniqueItems: parts.some(({ uniqueItems }) => uniqueItems === true),
  };
}

/** How many items `contains` asks for. */
function contained(parts: readonly Keywords[]): number {
  const counts = parts
    .filter(({ contains }) => contains !== undefined)
    .map(({ minContains }) => (typeof minContains === "number" ? minContains : 1));
  return most(counts) ?? 0;
}

/** For alternatives of a value that is there: the first one that it is. */
export function alternativeOf(value: unknown, root: JsonSchema): Choose {
  return (branches) =>
    Math.max(
      0,
      branches.findIndex((branch) => isValid(within(root, [branch]), value)),
    );
}

const alone = new WeakMap<object, WeakMap<object, JsonSchema>>();

/** Schemas of a document as one that stands alone. The same one for the same schema, so that what is learnt about it is kept. */
export function within(root: JsonSchema, schemas: readonly JsonSchema[]): JsonSchema {
  const [only] = schemas;
  if (only === root && schemas.length === 1) return root;
  const made = () => ({
    allOf: schemas,
    ...(typeof root === "object" && root.$defs !== undefined ? { $defs: root.$defs } : {}),
  });
  if (typeof root === "boolean" || typeof only !== "object" || schemas.length > 1) return made();
  const known = alone.get(root) ?? new WeakMap<object, JsonSchema>();
  alone.set(root, known);
  const schema = known.get(only) ?? made();
  known.set(only, schema);
  return schema;
}

/** The schemas with those that they refer to and are composed of, each as plain keywords. `false` is a schema that nothing is valid against. */
function flatten(schemas: readonly JsonSchema[], root: JsonSchema, choose: Choose): Keywords[] {
  const parts: Keywords[] = [];
  const seen = new Set<JsonSchema>();
  const add = (schema: JsonSchema): void => {
    if (typeof schema === "boolean" || seen.has(schema)) {
      if (schema === false) parts.push({ enum: [] });
      return;
    }
    seen.add(schema);
    parts.push(schema);
    if (typeof schema.$ref === "string") add(definitionOf(root, schema.$ref));
    for (const part of listOf(schema.allOf)) add(part);
    for (const keyword of ["oneOf", "anyOf"]) {
      const branches = listOf(schema[keyword]);
      const chosen = branches.length > 0 ? branches[choose(branches) % branches.length] : undefined;
      if (chosen !== undefined) add(chosen);
    }
    if (isSchema(schema.if)) for (const part of conditional(schema, choose)) add(part);
  };
  for (const schema of schemas) add(schema);
  return parts;
}

/** `if` holds and with it `then`; or what `else` says. */
function conditional(
  { if: test, then: holds = true, else: otherwise = true }: Keywords,
  choose: Choose,
): JsonSchema[] {
  const whenTrue = { allOf: [test, holds] };
  const whenFalse = { allOf: [otherwise] };
  return [[whenTrue, whenFalse][choose([whenTrue, whenFalse]) % 2] ?? whenTrue];
}

function listOf(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));
}

function typesOf(parts: readonly Keywords[]): readonly string[] | undefined {
  const all = parts.flatMap(({ type }) => (type === undefined ? [] : [[type].flat() as string[]]));
  const [first, ...others] = all;
  return first && others.reduce((types, other) => types.flatMap((type) => narrowed(type, other)), first);
}

function narrowed(type: string, other: readonly string[]): string[] {
  if (other.includes(type) || (type === "integer" && other.includes("number"))) return [type];
  return type === "number" && other.includes("integer") ? ["integer"] : [];
}

function valuesOf(parts: readonly Keywords[]): readonly unknown[] | undefined {
  const all = parts.flatMap((part) => [
    ...(Array.isArray(part.enum) ? [part.enum as unknown[]] : []),
    ...("const" in part ? [[part.const]] : []),
  ]);
  const [first, ...others] = all;
  const has = (values: readonly unknown[], value: unknown) =>
    values.some((one) => JSON.stringify(one) === JSON.stringify(value));
  return first?.filter((value) => others.every((values) => has(values, value)));
}

function propertiesOf(parts: readonly Keywords[]): Map<string, JsonSchema[]> {
  const properties = new Map<string, JsonSchema[]>();
  for (const part of parts)
    for (const [name, schema] of Object.entries((part.properties ?? {}) as Record<string, JsonSchema>))
      properties.set(name, [...(properties.get(name) ?? []), schema]);
  return properties;
}

function prefixItemsOf(parts: readonly Keywords[]): JsonSchema[][] {
  const all = parts.map(({ prefixItems }) => listOf(prefixItems));
  const length = Math.max(0, ...all.map((items) => items.length));
  return Array.from({ length }, (_, index) => all.flatMap((items) => items.slice(index, index + 1)));
}

function most(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}
