import { splitPointer } from "../../parse/pointer.ts";
import type { Node } from "../../parse/references.ts";
import { mapping, text } from "../../parse/values.ts";
import { canonical } from "./canonical.ts";
import type { Comparing } from "./comparing.ts";
import { matchBranches } from "./match-branches.ts";
import { linkPairs } from "./pair.ts";
import type { Alternatives } from "./schema-parts.ts";
import type { SchemaView } from "./schema-view.ts";

/** `oneOf` and `anyOf` against each other, and what tells their branches apart. */
export function compareAlternatives(comparing: Comparing): void {
  const { base, revision, comparison } = comparing;
  compareDiscriminators(comparing);
  const count = Math.max(base.alternatives.length, revision.alternatives.length);
  for (let index = 0; index < count; index++) {
    const before = base.alternatives[index];
    const after = revision.alternatives[index];
    if (before && after) comparison.defer(() => compareBranches(comparing, before, after));
    else if (after) alternativesFact(comparing, "alternatives-added", "narrowed", after);
    else if (before) alternativesFact(comparing, "alternatives-removed", "widened", before);
  }
}

function alternativesFact(
  { base, revision, fact }: Comparing,
  kind: string,
  effect: "narrowed" | "widened",
  { keyword, branches, at }: Alternatives,
): void {
  const names = branches.map(nameOf);
  const place = { file: at.file, pointer: `${at.pointer}/${keyword}` };
  const added = effect === "narrowed";
  fact({
    kind,
    effect,
    name: keyword,
    before: added ? null : names,
    after: added ? names : null,
    base: added ? base.at : place,
    revision: added ? place : revision.at,
    traits: { keyword },
  });
}

/**
 * One schema that became a choice, or the other way round: `{ type: object, … }` → `{ oneOf: [ … ] }`. Compares with the branch that fits best and
 * says what else became possible. True when that is the case; then nothing else needs comparing.
 */
export function compareWrapping(comparing: Comparing): boolean {
  const { base, revision, comparison } = comparing;
  if (
    isChoiceOnly(revision) &&
    !isChoiceOnly(base) &&
    base.alternatives.length === 0 &&
    saysSomething(base)
  ) {
    comparison.defer(() => wrap(comparing, revision.alternatives[0] as Alternatives, true));
    return true;
  }
  if (
    isChoiceOnly(base) &&
    !isChoiceOnly(revision) &&
    revision.alternatives.length === 0 &&
    saysSomething(revision)
  ) {
    comparison.defer(() => wrap(comparing, base.alternatives[0] as Alternatives, false));
    return true;
  }
  return false;
}

/** Nothing but one choice: no type or property of its own. */
function isChoiceOnly(view: SchemaView): boolean {
  return (
    view.alternatives.length === 1 &&
    view.properties.size === 0 &&
    !view.values &&
    view.required.size === 0 &&
    !view.subschemas.has("items")
  );
}

function saysSomething(view: SchemaView): boolean {
  return view.types !== undefined || view.values !== undefined || view.properties.size > 0;
}

function wrap(comparing: Comparing, choice: Alternatives, added: boolean): void {
  const { base, revision, baseSchemas, revisionSchemas, aspect, comparison, pair, fact } = comparing;
  const compared = choice.branches.map((branch) => ({
    branch,
    pair: added
      ? comparison.compare(baseSchemas, [branch], aspect)
      : comparison.compare([branch], revisionSchemas, aspect),
  }));
  comparison.settle();
  const [best] = compared
    .map((candidate) => ({ ...candidate, facts: comparison.countFacts(candidate.pair, 1000) }))
    .sort((a, b) => a.facts - b.facts);
  if (!best) return;
  linkPairs(pair, "", best.pair);
  const others = choice.branches.filter((branch) => branch !== best.branch);
  const side = added ? "revision" : "base";
  const own = comparison.viewOf(side, [best.branch]);
  const overlaps =
    choice.keyword === "oneOf" &&
    others.some((branch) => !areDisjoint(own, comparison.viewOf(side, [branch])));
  const place = { file: choice.at.file, pointer: `${choice.at.pointer}/${choice.keyword}` };
  const names = choice.branches.map(nameOf);
  fact({
    kind: added ? "became-choice" : "became-single",
    // What fits two branches of a `oneOf` fits none, so messages that were fine may now be turned away.
    effect: overlaps ? "replaced" : added ? "widened" : "narrowed",
    name: choice.keyword,
    before: added ? null : names,
    after: added ? names : null,
    base: added ? base.at : place,
    revision: added ? place : revision.at,
    traits: { keyword: choice.keyword },
  });
}

/** Certainly no value fits both. */
function areDisjoint(a: SchemaView, b: SchemaView): boolean {
  if (a.types && b.types && ![...a.types].some((type) => b.types?.has(type))) return true;
  return (
    a.values !== undefined &&
    b.values !== undefined &&
    ![...a.values.keys()].some((key) => b.values?.has(key))
  );
}

/** Whether no value of a branch is of a type that one of the others allows. */
function isOfNewType(branch: Node, others: readonly Node[], comparison: Comparing["comparison"]): boolean {
  const { types } = comparison.viewOf("revision", [branch]);
  const known = others.map((other) => comparison.viewOf("base", [other]).types);
  return (
    types !== undefined &&
    known.every((some) => some !== undefined && ![...types].some((type) => some.has(type)))
  );
}

function compareBranches(comparing: Comparing, before: Alternatives, after: Alternatives): void {
  const { pair, aspect, comparison, fact } = comparing;
  const places = {
    base: { file: before.at.file, pointer: `${before.at.pointer}/${before.keyword}` },
    revision: { file: after.at.file, pointer: `${after.at.pointer}/${after.keyword}` },
  };
  const { matched, removed, added } = matchBranches(before.branches, after.branches, comparison, aspect);
  for (const { pair: child } of matched) linkPairs(pair, "", child);
  const traits = { keyword: after.keyword };
  for (const branch of removed) {
    const base = { file: branch.file, pointer: branch.pointer };
    fact({
      kind: "alternative-removed",
      effect: "narrowed",
      name: nameOf(branch),
      before: nameOf(branch),
      after: null,
      base,
      revision: places.revision,
      traits,
    });
  }
  for (const branch of added) {
    const revision = { file: branch.file, pointer: branch.pointer };
    fact({
      kind: "alternative-added",
      effect: "widened",
      name: nameOf(branch),
      before: null,
      after: nameOf(branch),
      base: places.base,
      revision,
      traits: isOfNewType(branch, before.branches, comparison) ? { ...traits, newType: true } : traits,
    });
  }
  if (before.keyword !== after.keyword) {
    const effect = after.keyword === "oneOf" ? "narrowed" : "widened";
    fact({
      kind: "choice-changed",
      effect,
      name: after.keyword,
      before: before.keyword,
      after: after.keyword,
      ...places,
      traits,
    });
  }
}

/** What a reader calls a branch: the name of the schema it refers to, its title, or its position. */
function nameOf({ value, pointer }: Node): string {
  const { $ref, title, type } = mapping(value);
  if (typeof $ref === "string") return splitPointer(`/${$ref}`).at(-1) ?? $ref;
  return text(title) ?? text(type) ?? `branch ${Number(splitPointer(pointer).at(-1)) + 1}`;
}

function compareDiscriminators({ base, revision, fact }: Comparing): void {
  if (canonical(base.discriminator?.value) === canonical(revision.discriminator?.value)) return;
  fact({
    kind: "discriminator-changed",
    effect: "none",
    name: "discriminator",
    before: base.discriminator?.value ?? null,
    after: revision.discriminator?.value ?? null,
    base: base.discriminator?.at ?? base.at,
    revision: revision.discriminator?.at ?? revision.at,
    traits: { keyword: "discriminator" },
  });
}
