import type { JsonSchema } from "../../model/callable-operation.ts";
import { makeNumber, makeText, makeValue } from "./made-value.ts";
import { type MergedSchema, within } from "./merged-schema.ts";
import { type Random, randomFrom } from "./random.ts";
import { isValid, quote, writePath } from "./schema-errors.ts";
import { type ValuePlace, walkValue, withValueAt } from "./value-walk.ts";

/** A variant of a value, and what is special about it: "items[0].quantity is 1, its minimum". */
export interface Variant {
  readonly title: string;
  readonly value: unknown;
  /** It is one too where everything is sent as text, as in forms. */
  readonly isTextual: boolean;
}

type Edge = Pick<Variant, "title" | "value"> & Partial<Variant>;

/** Longer texts and lists are no boundary that a service is likely to keep to the letter. */
const LONGEST_TEXT = 10_000;
const LONGEST_LIST = 100;
const MOST_CHOICES = 10;

/** Valid variants of a valid value, each at one boundary of the schema, with all else as it was. */
export function boundaryValues(schema: JsonSchema, value: unknown, seed: string): Variant[] {
  const variants: Variant[] = [];
  const seen = new Set([JSON.stringify(value)]);
  for (const place of walkValue(schema, value)) {
    for (const { title, value: made, isTextual = false } of edgesOf(
      place,
      schema,
      randomFrom(`${seed} ${writePath(place.path)}`),
    )) {
      const whole = withValueAt(value, place.path, made);
      const text = JSON.stringify(whole);
      if (made === undefined || seen.has(text) || !isValid(schema, whole)) continue;
      seen.add(text);
      variants.push({ title: `${writePath(place.path) || "the body"} ${title}`, value: whole, isTextual });
    }
  }
  return variants;
}

function edgesOf(place: ValuePlace, root: JsonSchema, random: Random): Edge[] {
  const { value, merged } = place;
  const choices = [...valuesListed(merged), ...alternativesOf(place, root)];
  if (merged.values) return choices;
  if (typeof value === "string") return [...choices, ...textEdges(merged, random)];
  if (typeof value === "number") return [...choices, ...numberEdges(merged)];
  if (Array.isArray(value)) return [...choices, ...listEdges(value as unknown[], place, root)];
  return choices;
}

/** Every value of an enumeration; null where it is one of several types; both truths. */
function valuesListed({ values, types }: MergedSchema): Edge[] {
  const listed = (values ?? []).slice(0, MOST_CHOICES);
  const others = values
    ? []
    : [...(types?.includes("null") ? [null] : []), ...(types?.includes("boolean") ? [false] : [])];
  return [...listed, ...others].map((value) => ({
    title: `is ${quote(value)}`,
    value,
    isTextual: typeof value === "string",
  }));
}

/** A value of each alternative of `oneOf` and `anyOf`. */
function alternativesOf({ schemas }: ValuePlace, root: JsonSchema): Edge[] {
  return schemas.flatMap((schema) => {
    if (typeof schema === "boolean") return [];
    return ["oneOf", "anyOf"].flatMap((keyword) => {
      const branches = Array.isArray(schema[keyword]) ? (schema[keyword] as JsonSchema[]) : [];
      const { [keyword]: _, ...rest } = schema;
      return branches.slice(0, MOST_CHOICES).map((branch, index) => ({
        title: `is as alternative ${index + 1} of ${branches.length}`,
        value: makeValue(
          within(root, [rest, branch]),
          { optional: "none", useExamples: true },
          `${keyword} ${index}`,
        ),
      }));
    });
  });
}

function textEdges(merged: MergedSchema, random: Random): Edge[] {
  const { minLength, maxLength } = merged;
  const edges: Edge[] = [];
  if (minLength > 0) {
    const shortest = makeText(merged, random, "short", { least: minLength, most: minLength });
    edges.push({ title: `has the least length ${minLength}`, value: shortest });
  }
  if (maxLength !== undefined && maxLength <= LONGEST_TEXT) {
    const longest = makeText(merged, random, "long", { least: maxLength, most: maxLength });
    edges.push({ title: `has the greatest length ${maxLength}`, value: longest });
  }
  return edges;
}

function numberEdges(merged: MergedSchema): Edge[] {
  const { minimum, maximum } = merged;
  return [
    ...(minimum === undefined
      ? []
      : [{ title: "is as small as allowed", value: makeNumber(merged, minimum) }]),
    ...(maximum === undefined
      ? []
      : [{ title: "is as large as allowed", value: makeNumber(merged, maximum) }]),
  ];
}

function listEdges(list: readonly unknown[], place: ValuePlace, root: JsonSchema): Edge[] {
  const { minItems, maxItems, items, prefixItems } = place.merged;
  const shortest = { title: `has ${minItems} items, the least`, value: list.slice(0, minItems) };
  if (maxItems === undefined || maxItems > LONGEST_LIST) return [shortest];
  const longest = Array.from(
    { length: maxItems },
    (_, index) =>
      list[index] ??
      makeValue(
        within(root, prefixItems[index] ?? items),
        { optional: "none", useExamples: false },
        `item ${index}`,
      ),
  );
  return [shortest, { title: `has ${maxItems} items, the most`, value: longest }];
}
