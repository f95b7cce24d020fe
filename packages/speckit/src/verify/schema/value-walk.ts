import type { JsonSchema } from "../../model/callable-operation.ts";
import { alternativeOf, type MergedSchema, mergeSchemas } from "./merged-schema.ts";

/** Where in a value: names of properties and numbers of items. */
export type ValuePath = readonly (string | number)[];

/** One place of a value with what the schema says about it. */
export interface ValuePlace {
  readonly path: ValuePath;
  readonly value: unknown;
  readonly merged: MergedSchema;
  /** Every schema that holds here. */
  readonly schemas: readonly JsonSchema[];
}

const MOST_PLACES = 200;

/** All places of a valid value, parents first; of a list the first item stands for all. */
export function* walkValue(root: JsonSchema, value: unknown): Generator<ValuePlace> {
  let left = MOST_PLACES;
  function* visit(schemas: readonly JsonSchema[], at: unknown, path: ValuePath): Generator<ValuePlace> {
    if (left-- <= 0) return;
    const merged = mergeSchemas(schemas, root, alternativeOf(at, root));
    yield { path, value: at, merged, schemas };
    if (Array.isArray(at)) {
      if (at.length > 0) yield* visit(merged.prefixItems[0] ?? merged.items, at[0], [...path, 0]);
    } else if (typeof at === "object" && at !== null) {
      for (const [name, member] of Object.entries(at))
        yield* visit(merged.properties.get(name) ?? merged.additional, member, [...path, name]);
    }
  }
  yield* visit([root], value, []);
}

/** A copy of `value` with another value at a place; without the place, when `made` is undefined. */
export function withValueAt(value: unknown, path: ValuePath, made: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return made;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    copy[Number(first)] = withValueAt(copy[Number(first)], rest, made);
    return copy;
  }
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const isThere = members.some(([name]) => name === first);
  const all = isThere ? members : [...members, [String(first), undefined] as [string, unknown]];
  return Object.fromEntries(
    all
      .map(([name, member]) => [name, name === first ? withValueAt(member, rest, made) : member] as const)
      .filter(([name, member]) => name !== first || member !== undefined),
  );
}
