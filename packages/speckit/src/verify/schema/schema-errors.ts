import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import type { JsonSchema } from "../../model/callable-operation.ts";
import { groupBy } from "../../model/group-by.ts";

/** Where a value is not as its schema says. */
export interface SchemaError {
  /** Where in the value, as people write it: `data.items[0].sku`; empty for the value itself. */
  readonly path: string;
  /** Goes on from the place: "is 12, and must be a string". */
  readonly message: string;
}

const validators = new WeakMap<object, Validator>();

function validatorOf(schema: Exclude<JsonSchema, boolean>): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new Validator(schema as Schema, "2020-12", false);
    validators.set(schema, validator);
  }
  return validator;
}

/** Whether a value is as the schema says. Formats are held too. */
export function isValid(schema: JsonSchema, value: unknown): boolean {
  return typeof schema === "boolean" ? schema : validatorOf(schema).validate(value).valid;
}

/** What is wrong with a value, the deepest places only: that a list is wrong because an item is need not be said. Empty when it is valid. */
export function schemaErrors(schema: JsonSchema, value: unknown): SchemaError[] {
  if (typeof schema === "boolean") return schema ? [] : [{ path: "", message: "must not be there" }];
  const { valid, errors } = validatorOf(schema).validate(value);
  if (valid) return [];
  const placed = errors.map((unit, index) =>
    // Of a property that is not allowed only the keyword before it says where the schema forbids it.
    unit.keyword === "false" ? { ...unit, keywordLocation: errors[index - 1]?.keywordLocation ?? "#" } : unit,
  );
  const telling = placed.filter(
    ({ keyword, error }) => !passedOn.has(keyword) || matchesSeveral(keyword, error),
  );
  const all = nearest(withoutMatched(telling), 0).map((unit) => ({
    path: writtenPath(unit.instanceLocation),
    message: describe(unit, schema, valueAt(value, unit.instanceLocation)),
  }));
  return [...new Map(all.map((error) => [`${error.path} ${error.message}`, error])).values()];
}

/** Keywords that only say that something below them is wrong. */
const passedOn = new Set([
  "$ref",
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "items",
  "prefixItems",
  "unevaluatedItems",
  "allOf",
  "anyOf",
  "oneOf",
  "if",
  "dependentSchemas",
  "propertyNames",
]);

function matchesSeveral(keyword: string, error: string): boolean {
  return keyword === "oneOf" && /\((?!0 )\d+ matches\)/.test(error);
}

/** Where several alternatives match, what is wrong with the others is not the point. */
function withoutMatched(errors: readonly OutputUnit[]): OutputUnit[] {
  const several = errors
    .filter(({ keyword }) => keyword === "oneOf")
    .map(({ keywordLocation }) => `${keywordLocation}/`);
  return errors.filter(({ keywordLocation }) => !several.some((start) => keywordLocation.startsWith(start)));
}

/**
 * Of alternatives the one counts that the value came closest to. `from` is how much of the keywords' locations has been dealt with.
 */
function nearest(errors: readonly OutputUnit[], from: number): readonly OutputUnit[] {
  const choice = /\/(?:anyOf|oneOf)(?=\/\d)/g;
  const ends = errors.flatMap(({ keywordLocation }) => {
    choice.lastIndex = from;
    return choice.test(keywordLocation) ? [keywordLocation.slice(0, choice.lastIndex)] : [];
  });
  const [at] = ends;
  if (at === undefined) return errors;
  const inside = errors.filter(({ keywordLocation }) => keywordLocation.startsWith(`${at}/`));
  const branches = groupBy(
    inside,
    ({ keywordLocation }) => keywordLocation.slice(at.length + 1).split("/")[0] ?? "",
  );
  const least = Math.min(...inside.map(depthOf));
  const [best] = [...branches].sort(([, a], [, b]) => distance(a, least) - distance(b, least));
  return [
    ...nearest(
      errors.filter((error) => !inside.includes(error)),
      from,
    ),
    ...(best ? nearest(best[1], at.length + 1 + best[0].length) : []),
  ];
}

/** An alternative of another type than the value, at the place of the choice itself, is farther away than one with many mistakes in it. */
function distance(errors: readonly OutputUnit[], choiceDepth: number): number {
  const isOther = errors.some(
    (error) => /^(?:type|const|enum)$/.test(error.keyword) && depthOf(error) === choiceDepth,
  );
  return errors.length + (isOther ? 100 : 0);
}

function depthOf({ instanceLocation }: OutputUnit): number {
  return instanceLocation.split("/").length;
}

function describe(
  { keyword, keywordLocation, error }: OutputUnit,
  schema: JsonSchema,
  value: unknown,
): string {
  const holder = schemaAt(schema, keywordLocation.slice(0, keywordLocation.lastIndexOf("/")));
  const wanted = holder?.[keyword];
  const shown = quote(value);
  switch (keyword) {
    case "type":
      return `is ${shown}, and must be ${[wanted].flat().map(article).join(" or ")}`;
    case "required":
      return `lacks '${/"(.*)"/.exec(error)?.[1] ?? ""}'`;
    case "const":
      return `is ${shown}, and must be ${quote(wanted)}`;
    case "enum":
      return `is ${shown}, and must be one of ${(wanted as unknown[]).map(quote).join(", ")}`;
    case "format":
      return `is ${shown}, which is no ${String(wanted)}`;
    case "pattern":
      return `is ${shown}, which does not match ${String(wanted)}`;
    case "false":
      return "must not be there";
    case "oneOf":
      return "matches several of the alternatives, and must match one";
    default:
      return wanted === undefined || typeof wanted === "object"
        ? `is ${shown}: ${error.replace(/^Instance /, "it ").replace(/\.$/, "")}`
        : `is ${shown}, and ${keyword} is ${String(wanted)}`;
  }
}

/** The schema at a place that the validator names, which goes through references: `#/properties/data/$ref/required`. */
function schemaAt(root: JsonSchema, location: string): Record<string, unknown> | undefined {
  let current: unknown = root;
  for (const token of location.split("/").slice(1)) {
    if (typeof current !== "object" || current === null) return undefined;
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const next = (current as Record<string, unknown>)[key];
    current = key === "$ref" && typeof next === "string" ? definitionOf(root, next) : next;
  }
  return typeof current === "object" && current !== null ? (current as Record<string, unknown>) : undefined;
}

/** What `#/$defs/Name` means. */
export function definitionOf(root: JsonSchema, reference: string): JsonSchema {
  const defs = typeof root === "boolean" ? undefined : (root.$defs as Record<string, JsonSchema> | undefined);
  return defs?.[reference.slice("#/$defs/".length)] ?? true;
}

function valueAt(value: unknown, location: string): unknown {
  let current = value;
  for (const token of tokensOf(location))
    current =
      typeof current === "object" && current !== null
        ? (current as Record<string, unknown>)[token]
        : undefined;
  return current;
}

function tokensOf(location: string): string[] {
  return location
    .split("/")
    .slice(1)
    .map((token) => decode(token).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function writtenPath(location: string): string {
  return writePath(tokensOf(location).map((token) => (/^\d+$/.test(token) ? Number(token) : token)));
}

/** A place in a value as people write it: `items[0].sku`. */
export function writePath(path: readonly (string | number)[]): string {
  return path
    .map((part) =>
      typeof part === "number" ? `[${part}]` : /^[\w$-]+$/.test(part) ? `.${part}` : `["${part}"]`,
    )
    .join("")
    .replace(/^\./, "");
}

function article(type: unknown): string {
  return type === "null" ? "null" : `${/^[aeiou]/.test(String(type)) ? "an" : "a"} ${String(type)}`;
}

/** A value as findings show it: short. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
