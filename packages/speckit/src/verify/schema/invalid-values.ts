import type { JsonSchema } from "../../model/callable-operation.ts";
import type { Variant } from "./boundary-values.ts";
import { brokenTexts } from "./formats.ts";
import { makeText } from "./made-value.ts";
import type { MergedSchema } from "./merged-schema.ts";
import { type Random, randomFrom } from "./random.ts";
import { isValid, writePath } from "./schema-errors.ts";
import { lengthOf } from "./text-of-pattern.ts";
import { type ValuePlace, walkValue, withValueAt } from "./value-walk.ts";

/** A variant that the schema forbids. */
export interface InvalidVariant extends Variant {
  /** Only a `format` forbids it, which not every reader insists on. */
  readonly isFormat: boolean;
}

/** Longer ones only fill the wire. */
const LONGEST_TEXT = 100_000;
const LONGEST_LIST = 1000;

/** Variants of a valid value that break the schema, each at one place and in one way. Every one is checked to be invalid. */
export function invalidValues(schema: JsonSchema, value: unknown, seed: string): InvalidVariant[] {
  const variants: InvalidVariant[] = [];
  const seen = new Set<string>();
  for (const place of walkValue(schema, value)) {
    const name = writePath(place.path);
    for (const broken of breachesOf(place, randomFrom(`${seed} ${name}`))) {
      const whole = withValueAt(value, place.path, broken.value);
      const text = JSON.stringify(whole) ?? "";
      if (seen.has(text) || isValid(schema, whole)) continue;
      seen.add(text);
      variants.push({ ...broken, title: `${name || "the body"} ${broken.title}`, value: whole });
    }
  }
  return variants;
}

function breachesOf({ value, merged }: ValuePlace, random: Random): InvalidVariant[] {
  const listed = merged.values ? [breach("is none of the values", noneOf(merged.values), true)] : [];
  const general = [breach("has another type", otherType(value)), breach("is null", null), ...listed];
  if (typeof value === "string") return [...general, ...textBreaches(merged, value, random)];
  if (typeof value === "number") return [...general, ...numberBreaches(merged, value)];
  if (Array.isArray(value)) return [...general, ...listBreaches(merged, value as unknown[])];
  if (typeof value === "object" && value !== null)
    return [...general, ...objectBreaches(merged, value as Record<string, unknown>)];
  return general;
}

function breach(title: string, broken: unknown, isTextual = false): InvalidVariant {
  return { title, value: broken, isTextual, isFormat: false };
}

/** A value of a type that none turns into the right one on the way: `"7"` for a number is often taken as 7. */
function otherType(value: unknown): unknown {
  if (typeof value === "string") return { unexpected: true };
  return typeof value === "object" && value !== null ? "neither list nor object" : "neither number nor truth";
}

function noneOf(values: readonly unknown[]): unknown {
  const [first] = values;
  if (typeof first === "number") return Math.max(...values.filter((value) => typeof value === "number")) + 1;
  return "none-of-these";
}

function textBreaches(merged: MergedSchema, value: string, random: Random): InvalidVariant[] {
  const { minLength, maxLength, patterns, format } = merged;
  const breaches: InvalidVariant[] = [];
  if (minLength > 0)
    breaches.push(breach(`is shorter than ${minLength}`, [...value].slice(0, minLength - 1).join("")));
  if (maxLength !== undefined && maxLength < LONGEST_TEXT)
    breaches.push(breach(`is longer than ${maxLength}`, longer(merged, value, maxLength + 1, random)));
  for (const pattern of patterns) {
    const expression = new RegExp(pattern, "u");
    const unlike = strange(value).find((text) => !expression.test(text) && hasLength(text, merged));
    if (unlike !== undefined) breaches.push(breach(`does not match ${pattern}`, unlike));
  }
  const broken = format === undefined ? undefined : brokenTexts[format];
  if (broken !== undefined) breaches.push({ ...breach(`is no ${format}`, broken), isFormat: true });
  return breaches;
}

/** Too long and otherwise as it should be, so that its length is what a service complains about. */
function longer(merged: MergedSchema, value: string, length: number, random: Random): string {
  const unbound = { ...merged, maxLength: undefined };
  return makeText(unbound, random, "long", { least: length, most: length }) ?? value.padEnd(length, "x");
}

/** Texts that patterns rarely allow. */
function strange(value: string): string[] {
  return ["!", " ", "\u0000", "é", "ZZ!!", "-1", "a", "1"].flatMap((text) => [
    `${value}${text}`,
    `${text}${value}`,
    `${text}${value.slice(text.length)}`,
    text.repeat(Math.max(1, Math.floor(lengthOf(value) / text.length))),
  ]);
}

function hasLength(text: string, { minLength, maxLength = Number.POSITIVE_INFINITY }: MergedSchema): boolean {
  return lengthOf(text) >= minLength && lengthOf(text) <= maxLength;
}

function numberBreaches(merged: MergedSchema, value: number): InvalidVariant[] {
  const { minimum, maximum, isAbove, isBelow, multipleOf = 1, types } = merged;
  const breaches: InvalidVariant[] = [];
  if (minimum !== undefined)
    breaches.push(breach(`is below ${minimum}`, isAbove ? minimum : minimum - multipleOf));
  if (maximum !== undefined)
    breaches.push(breach(`is above ${maximum}`, isBelow ? maximum : maximum + multipleOf));
  if (merged.multipleOf !== undefined)
    breaches.push(breach(`is no multiple of ${multipleOf}`, value + multipleOf / 2));
  if (types?.includes("integer") === true) breaches.push(breach("has a fraction", value + 0.5));
  return breaches;
}

function listBreaches(merged: MergedSchema, list: readonly unknown[]): InvalidVariant[] {
  const { minItems, maxItems, uniqueItems } = merged;
  const breaches: InvalidVariant[] = [];
  if (minItems > 0) breaches.push(breach(`has fewer than ${minItems} items`, list.slice(0, minItems - 1)));
  if (maxItems !== undefined && maxItems < LONGEST_LIST && list.length > 0)
    breaches.push(
      breach(
        `has more than ${maxItems} items`,
        Array.from({ length: maxItems + 1 }, (_, index) => list[index % list.length]),
      ),
    );
  if (uniqueItems && list.length > 0) breaches.push(breach("has an item twice", [...list, list[0]]));
  return breaches;
}

function objectBreaches(merged: MergedSchema, value: Record<string, unknown>): InvalidVariant[] {
  const names = Object.keys(value);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  const breaches = names.map((name) => breach(`lacks '${name}'`, without(name), true));
  breaches.push(
    breach("has a property that nobody described", { ...value, unexpectedProperty: "unexpected" }, true),
  );
  if (merged.minProperties > 0)
    breaches.push(
      breach(
        `has fewer than ${merged.minProperties} properties`,
        Object.fromEntries(Object.entries(value).slice(0, merged.minProperties - 1)),
      ),
    );
  return breaches;
}
