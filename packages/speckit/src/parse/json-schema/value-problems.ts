import { isMapping, list, type Mapping } from "../values.ts";
import { type Dialect, type KeywordRule, quote, type SchemaProblem } from "./schema-problem.ts";

const problem = (
  severity: SchemaProblem["severity"],
  message: string,
  ...path: (string | number)[]
): SchemaProblem => ({ path, message, severity });

/** A range that nothing fits in, found at its lower end. */
const range =
  (low: string, high: string): KeywordRule =>
  (schema) => {
    const [least, most] = [schema[low], schema[high]];
    if (typeof least !== "number" || typeof most !== "number" || least <= most) return [];
    const message = `'${low}' is ${least} and '${high}' is ${most}, so no value is ever valid.`;
    return [problem("error", message, low)];
  };

/** Bounds that exclude themselves: as numbers of their own, or in the older form as a mark on `minimum` and `maximum`. */
function exclusiveRange(schema: Mapping): SchemaProblem[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const above = exclusiveMinimum === true ? minimum : exclusiveMinimum;
  const below = exclusiveMaximum === true ? maximum : exclusiveMaximum;
  const low = typeof above === "number" ? above : minimum;
  const high = typeof below === "number" ? below : maximum;
  const isExclusive = typeof above === "number" || typeof below === "number";
  if (!isExclusive || typeof low !== "number" || typeof high !== "number" || low < high) return [];
  // Two plain bounds the wrong way round are said to be so already.
  if (typeof minimum === "number" && typeof maximum === "number" && minimum > maximum) return [];
  const at = typeof above === "number" ? "exclusiveMinimum" : "exclusiveMaximum";
  return [problem("error", `No number lies between ${low} and ${high} as they are excluded here.`, at)];
}

function missingItems(schema: Mapping, dialect: Dialect): SchemaProblem[] {
  if (dialect !== "3.0" || schema.type !== "array" || "items" in schema) return [];
  return [problem("error", "An array needs 'items' in OpenAPI 3.0, which says what is in it.", "type")];
}

function defaultValue(schema: Mapping): SchemaProblem[] {
  const value = schema.default;
  // Frameworks write `default: null` for "none", and no reader stumbles over it.
  if (value === null) return [];
  if (!fitsType(value, schema))
    return [problem("warning", `The default ${quote(value)} is not of type ${typeOf(schema)}.`, "default")];
  if (Array.isArray(schema.enum) && !contains(schema.enum, value))
    return [problem("warning", `The default ${quote(value)} is none of the values in 'enum'.`, "default")];
  const bound = brokenBound(value, schema);
  return bound === undefined
    ? []
    : [problem("warning", `The default ${quote(value)} is outside '${bound}: ${schema[bound]}'.`, "default")];
}

function constant(schema: Mapping): SchemaProblem[] {
  const value = schema.const;
  if (!fitsType(value, schema))
    return [problem("error", `'const' is ${quote(value)}, which is not of type ${typeOf(schema)}.`, "const")];
  if (Array.isArray(schema.enum) && !contains(schema.enum, value))
    return [problem("error", `'const' is ${quote(value)}, which is none of the values in 'enum'.`, "const")];
  return [];
}

/** Values that can never occur; when that is all of them nothing is valid. Null is left alone: readers of OpenAPI 3.0 disagree about it. */
function choices(schema: Mapping): SchemaProblem[] {
  const all = list(schema.enum);
  const wrong = all.flatMap((value, index) =>
    value === null || fitsType(value, schema) ? [] : [{ value, index }],
  );
  const [first] = wrong;
  if (!first) return [];
  if (wrong.length === all.length) {
    return [
      problem("error", `No value of 'enum' is of type ${typeOf(schema)}, so no value is ever valid.`, "enum"),
    ];
  }
  return [problem("warning", `${quote(first.value)} is not of type ${typeOf(schema)}.`, "enum", first.index)];
}

function bothOnly(schema: Mapping): SchemaProblem[] {
  return schema.readOnly === true && schema.writeOnly === true
    ? [problem("error", "A property cannot be both 'readOnly' and 'writeOnly'.", "readOnly")]
    : [];
}

/** By keyword, what may be wrong with it beside others: ranges that nothing fits in, and values that the schema itself turns away. */
export const valueRules: ReadonlyMap<string, KeywordRule> = new Map<string, KeywordRule>([
  ...["Length", "Items", "Properties", "Contains"].map(
    (what) => [`min${what}`, range(`min${what}`, `max${what}`)] as const,
  ),
  ["minimum", range("minimum", "maximum")],
  ["exclusiveMinimum", exclusiveRange],
  ["exclusiveMaximum", (schema) => ("exclusiveMinimum" in schema ? [] : exclusiveRange(schema))],
  ["type", missingItems],
  ["default", defaultValue],
  ["const", constant],
  ["enum", choices],
  ["readOnly", bothOnly],
]);

function fitsType(value: unknown, { type, nullable }: Mapping): boolean {
  const types = Array.isArray(type) ? type : [type];
  return (
    types.some((name) => isOfType(value, name) ?? true) ||
    types.length === 0 ||
    (value === null && nullable === true)
  );
}

/** Undefined when the type is missing or unknown: then nothing can be said. */
function isOfType(value: unknown, type: unknown): boolean | undefined {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "number":
      return typeof value === "number";
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isMapping(value);
    case "null":
      return value === null;
    default:
      return undefined;
  }
}

function typeOf({ type }: Mapping): string {
  return Array.isArray(type) ? type.join(" or ") : String(type);
}

function contains(values: readonly unknown[], wanted: unknown): boolean {
  const text = JSON.stringify(wanted);
  return values.some((value) => value === wanted || JSON.stringify(value) === text);
}

/** The keyword whose limit a value oversteps. */
function brokenBound(value: unknown, schema: Mapping): string | undefined {
  const beyond = (keyword: string, isBeyond: (limit: number) => boolean): boolean => {
    const limit = schema[keyword];
    return typeof limit === "number" && isBeyond(limit);
  };
  if (typeof value === "number") {
    if (beyond("minimum", (limit) => value < limit)) return "minimum";
    if (beyond("maximum", (limit) => value > limit)) return "maximum";
  }
  const size =
    typeof value === "string" ? [...value].length : Array.isArray(value) ? value.length : undefined;
  const what = typeof value === "string" ? "Length" : "Items";
  if (size === undefined) return undefined;
  if (beyond(`min${what}`, (limit) => size < limit)) return `min${what}`;
  if (beyond(`max${what}`, (limit) => size > limit)) return `max${what}`;
  return undefined;
}
