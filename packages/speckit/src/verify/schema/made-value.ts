import type { JsonSchema } from "../../model/callable-operation.ts";
import { textOfFormat } from "./formats.ts";
import { type Choose, type MergedSchema, mergeSchemas, within } from "./merged-schema.ts";
import { type Random, randomFrom } from "./random.ts";
import { isValid } from "./schema-errors.ts";
import { lengthOf, textOfPattern } from "./text-of-pattern.ts";

/** How values are made where the schema leaves a choice. */
export interface Making {
  /** Properties that may be left out. */
  readonly optional: "none" | "all";
  /** Take the examples and defaults that the schema gives. */
  readonly useExamples: boolean;
}

const MOST_TRIES = 24;
/** From here on what is optional is left out, so that a schema that contains itself ends. */
const MOST_DEPTH = 8;
/** So do values with more parts than these. */
const MOST_PARTS = 400;
/** One that must contain itself does not end at all. */
const DEEPEST = 30;
/** Longer texts say nothing new. */
const LONGEST = 20;

/**
 * A value that the schema allows, the same for the same seed. Undefined when none was found: patterns and conditions may ask for more than can be made up.
 */
export function makeValue(schema: JsonSchema, making: Making, seed: string): unknown {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const random = randomFrom(`${seed} ${tries}`);
    // The first alternative first: authors put the usual one there.
    const choose: Choose = (branches) => (tries === 0 ? 0 : random.int(0, branches.length - 1));
    // Where all that is optional cannot be together, some of it may.
    const takes = () => tries < MOST_TRIES / 2 || random.int(0, 1) === 1;
    const value = new ValueMaker(schema, making, random, choose, takes).make([schema], 0);
    if (value !== undefined && isValid(schema, value)) return value;
  }
  return undefined;
}

class ValueMaker {
  readonly #root: JsonSchema;
  readonly #making: Making;
  readonly #random: Random;
  readonly #choose: Choose;
  /** Whether the next property that may be left out is there. */
  readonly #takes: () => boolean;
  #parts = 0;

  constructor(root: JsonSchema, making: Making, random: Random, choose: Choose, takes: () => boolean) {
    this.#root = root;
    this.#making = making;
    this.#random = random;
    this.#choose = choose;
    this.#takes = takes;
  }

  make(schemas: readonly JsonSchema[], depth: number): unknown {
    if (depth > DEEPEST || ++this.#parts > MOST_PARTS * 10) return undefined;
    const merged = mergeSchemas(schemas, this.#root, this.#choose);
    if (merged.values) return this.#random.pick(merged.values);
    const example = this.#example(merged, schemas);
    if (example !== undefined) return example;
    switch (typeOf(merged, depth)) {
      case "object":
        return this.#object(merged, depth);
      case "array":
        return this.#array(merged, depth);
      case "string":
        return makeText(merged, this.#random);
      case "integer":
        return makeNumber(merged, 1);
      case "number":
        return makeNumber(merged, 0.5);
      case "boolean":
        return true;
      default:
        return null;
    }
  }

  #example({ examples }: MergedSchema, schemas: readonly JsonSchema[]): unknown {
    if (!this.#making.useExamples || examples.length === 0) return undefined;
    const schema = within(this.#root, schemas);
    // An example of a whole object leaves out what is optional.
    const isPart = (example: unknown) => this.#making.optional === "none" || typeof example !== "object";
    return examples.find((example) => isPart(example) && isValid(schema, example));
  }

  #object(merged: MergedSchema, depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const wanted = new Set(merged.required);
    if (this.#making.optional === "all" && depth < MOST_DEPTH && this.#parts < MOST_PARTS)
      for (const [name, schemas] of merged.properties)
        if (!schemas.includes(false) && this.#takes()) wanted.add(name);
    for (const name of wanted)
      for (const other of merged.dependentRequired.get(name) ?? []) wanted.add(other);
    for (const name of wanted) {
      const made = this.make(merged.properties.get(name) ?? merged.additional, depth + 1);
      if (made !== undefined && (merged.required.includes(name) || this.#isFine(merged, name, made)))
        set(value, name, made);
      if (merged.maxProperties !== undefined && Object.keys(value).length >= merged.maxProperties) break;
    }
    this.#fill(value, merged, depth);
    return value;
  }

  /** What cannot be made as it must be is better left out, if it may. */
  #isFine({ properties, additional }: MergedSchema, name: string, made: unknown): boolean {
    return isValid(within(this.#root, properties.get(name) ?? additional), made);
  }

  /** Adds properties until there are as many as there must be: those that are described, then others. */
  #fill(value: Record<string, unknown>, merged: MergedSchema, depth: number): void {
    const described = [...merged.properties.keys()].filter((name) => !Object.hasOwn(value, name));
    for (let number = 1; Object.keys(value).length < merged.minProperties && number < 100; number++) {
      const next = described.shift();
      const name = next ?? this.#propertyName(merged, number);
      set(value, name, this.make(merged.properties.get(name) ?? merged.additional, depth + 1));
    }
  }

  #propertyName({ propertyNames }: MergedSchema, number: number): string {
    const made = propertyNames.length > 0 ? this.make(propertyNames, MOST_DEPTH) : undefined;
    return typeof made === "string" ? made : `property${number}`;
  }

  #array(merged: MergedSchema, depth: number): unknown[] {
    const { minItems, maxItems = Number.POSITIVE_INFINITY, items, prefixItems, uniqueItems } = merged;
    const usual = depth < MOST_DEPTH ? Math.max(prefixItems.length, 1) : 0;
    const count = Math.max(minItems, Math.min(usual, maxItems));
    const list: unknown[] = [];
    for (let tries = 0; list.length < count && tries < count + 50; tries++) {
      const made = this.make(prefixItems[list.length] ?? items, depth + 1);
      const isThere = uniqueItems && list.some((one) => JSON.stringify(one) === JSON.stringify(made));
      if (made !== undefined && !isThere) list.push(made);
      else if (isThere && typeof made === "number") list.push(made + list.length);
    }
    return list;
  }
}

/** Assigns as JSON does: `__proto__` is a name like any other. */
function set(value: Record<string, unknown>, name: string, made: unknown): void {
  Object.defineProperty(value, name, { value: made, enumerable: true, writable: true, configurable: true });
}

/** The type to make: what is said, else what the keywords are about. Null only where nothing else is allowed, or where it must end. */
function typeOf(merged: MergedSchema, depth: number): string {
  const { types } = merged;
  if (types) {
    if (depth >= MOST_DEPTH && types.includes("null")) return "null";
    return types.find((type) => type !== "null") ?? "null";
  }
  if (merged.properties.size > 0 || merged.required.length > 0 || merged.minProperties > 0) return "object";
  if (merged.items.length > 0 || merged.prefixItems.length > 0 || merged.minItems > 0) return "array";
  if (merged.minimum !== undefined || merged.maximum !== undefined || merged.multipleOf !== undefined)
    return "number";
  return "string";
}

/** A text within its lengths; undefined when format, pattern and length cannot be had together. */
export function makeText(
  merged: MergedSchema,
  random: Random,
  prefer: "short" | "long" = "short",
  length: { least: number; most: number } | undefined = undefined,
): string | undefined {
  const least = length?.least ?? merged.minLength;
  const most =
    length?.most ?? Math.min(merged.maxLength ?? Number.POSITIVE_INFINITY, Math.max(least, LONGEST));
  const whole = merged.maxLength ?? Number.POSITIVE_INFINITY;
  const formatted = merged.format === undefined ? undefined : textOfFormat(merged.format, random);
  const matches = (text: string) => merged.patterns.every((pattern) => new RegExp(pattern, "u").test(text));
  const hasLength = (text: string, upTo: number) => lengthOf(text) >= least && lengthOf(text) <= upTo;
  if (formatted !== undefined && hasLength(formatted, length?.most ?? whole) && matches(formatted))
    return formatted;
  if (formatted !== undefined && merged.format === "email") return longEmail(least, length?.most ?? whole);
  const [pattern] = merged.patterns;
  if (pattern !== undefined) return textOfPattern(pattern, { least, most, prefer }, random);
  if (formatted !== undefined) return undefined;
  const words = `text ${random.int(100, 999)}`;
  const wanted = prefer === "long" ? most : Math.max(least, Math.min(most, words.length));
  return words.padEnd(wanted, "x").slice(0, wanted);
}

/** An address of a given length: its name has 64 letters at most, each part of its domain 63. */
function longEmail(least: number, most: number): string | undefined {
  const end = ".example.com";
  const length = Math.min(Math.max(least, 15), most);
  const name = "a".repeat(Math.min(64, Math.max(1, length - end.length - 2)));
  let rest = length - name.length - 1 - end.length;
  const labels: string[] = [];
  while (rest > 0) {
    const size = Math.min(rest > 64 && rest < 66 ? 62 : 63, rest);
    labels.push("b".repeat(size));
    rest -= size + 1;
  }
  const made = `${name}@${labels.join(".")}${labels.length > 0 ? end : end.slice(1)}`;
  return lengthOf(made) >= least && lengthOf(made) <= most ? made : undefined;
}

/** The number nearest to `usual` that bounds and steps allow; undefined when there is none. */
export function makeNumber(merged: MergedSchema, usual: number): number | undefined {
  const isInteger = merged.types?.includes("integer") === true && !merged.types.includes("number");
  const step = merged.multipleOf ?? (isInteger ? 1 : undefined);
  const {
    minimum: low = Number.NEGATIVE_INFINITY,
    maximum: high = Number.POSITIVE_INFINITY,
    isAbove,
    isBelow,
  } = merged;
  const gap = step ?? Math.min(0.5, Number.isFinite(high - low) ? (high - low) / 4 : 0.5);
  let value = Math.min(Math.max(usual, isAbove ? low + gap : low), isBelow ? high - gap : high);
  if (step !== undefined) {
    value = Math.ceil(value / step) * step;
    if (value > high || (isBelow && value >= high)) value = Math.floor(high / step) * step;
  }
  const number = Number(value.toPrecision(15));
  const isInside = (isAbove ? number > low : number >= low) && (isBelow ? number < high : number <= high);
  return isInside ? number : undefined;
}
