import type { Effect } from "../change.ts";
import type { Comparing } from "./comparing.ts";
import type { SchemaView } from "./schema-view.ts";

const scalars = ["string", "number", "integer", "boolean"];

/** False when the types have nothing in common. */
export function compareTypes(comparing: Comparing): boolean {
  const { base, revision, aspect, fact } = comparing;
  if (base.never !== revision.never) {
    const effect = revision.never ? "narrowed" : "widened";
    fact({
      kind: "type-changed",
      effect,
      name: "",
      before: base.never ? "nothing" : "anything",
      after: revision.never ? "nothing" : "anything",
      base: base.at,
      revision: revision.at,
      traits: {},
    });
    return false;
  }
  const narrowed = missingFrom(revision, base, aspect.textual);
  const widened = missingFrom(base, revision, aspect.textual);
  if (!narrowed && !widened) return true;
  const effect: Effect = becameList(comparing)
    ? "widened"
    : narrowed && widened
      ? "replaced"
      : narrowed
        ? "narrowed"
        : "widened";
  const kind = {
    replaced: "type-changed",
    narrowed: "type-narrowed",
    widened: "type-widened",
    none: "type-changed",
  }[effect];
  fact({
    kind,
    effect,
    name: "",
    before: names(base),
    after: names(revision),
    base: base.typesAt,
    revision: revision.typesAt,
    traits: {},
  });
  return !(narrowed && widened);
}

/** A parameter that took one value and now takes a list of such values: `?tag=a` is a list of one where `?tag=a&tag=b` is one of two. */
function becameList({ base, revision, aspect, comparison }: Comparing): boolean {
  if (aspect.parameter !== "query" || !base.types || [...base.types].some((type) => !scalars.includes(type)))
    return false;
  const items = revision.subschemas.get("items");
  if (!revision.types?.has("array") || !items || Number(revision.keywords.get("minItems")?.value ?? 0) > 1)
    return false;
  const item = comparison.viewOf("revision", items);
  return isFree(item) && item.keywords.size === 0 && !missingFrom(item, base, true);
}

/** Whether a receiver of `allowed` meets types of `wanted` that it does not take. Without types every type is taken. */
function missingFrom(allowed: SchemaView, wanted: SchemaView, textual: boolean): boolean {
  const { types } = allowed;
  if (!types) return false;
  if (!wanted.types) return true;
  // On the wire every scalar is a text, so a receiver of any text takes them all.
  const takesText = textual && types.has("string") && isFree(allowed);
  return [...wanted.types].some(
    (type) =>
      !types.has(type) &&
      !(type === "integer" && types.has("number")) &&
      !(takesText && scalars.includes(type)),
  );
}

/** Says nothing about values but their type. */
function isFree({ patterns, values, keywords }: SchemaView): boolean {
  return patterns.size === 0 && !values && !keywords.has("format");
}

function names({ types }: SchemaView): unknown {
  if (!types) return "any";
  const all = [...types].sort();
  return all.length === 1 ? all[0] : all;
}

export function compareNull({ base, revision, fact }: Comparing): void {
  if (base.nullable === revision.nullable || !base.types || !revision.types) return;
  const kind = revision.nullable ? "became-nullable" : "became-not-nullable";
  fact({
    kind,
    effect: revision.nullable ? "widened" : "narrowed",
    name: "",
    before: base.nullable ? "nullable" : "not nullable",
    after: revision.nullable ? "nullable" : "not nullable",
    base: base.typesAt,
    revision: revision.typesAt,
    traits: {},
  });
}
