import type { Comparing } from "./comparing.ts";
import type { SchemaView, Stated } from "./schema-view.ts";

/** A limit on numbers, lengths or counts; for numbers inclusive and exclusive ones are one limit. */
interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
  readonly keyword: string;
  readonly at: Stated<unknown>["at"];
}

/** Limits, each with the keywords that state it. One that says nothing about its type counts too: whoever wrote it means it. */
const limits = [
  { upper: false, keywords: ["minimum", "exclusiveMinimum"] },
  { upper: true, keywords: ["maximum", "exclusiveMaximum"] },
  { upper: false, keywords: ["minLength"], idle: 0 },
  { upper: true, keywords: ["maxLength"] },
  { upper: false, keywords: ["minItems"], idle: 0 },
  { upper: true, keywords: ["maxItems"] },
  { upper: false, keywords: ["minProperties"], idle: 0 },
  { upper: true, keywords: ["maxProperties"] },
] as const;

/** Lower and upper limits, `multipleOf`, `uniqueItems`. */
export function compareBounds(comparing: Comparing): void {
  for (const limit of limits) {
    const idle = "idle" in limit ? limit.idle : undefined;
    const bound = (view: SchemaView) => boundOf(view, limit.keywords, limit.upper, idle);
    compareLimit(comparing, limit.upper, bound(comparing.base), bound(comparing.revision), idle);
  }
  compareMultiples(comparing);
  const before = comparing.base.keywords.get("uniqueItems");
  const after = comparing.revision.keywords.get("uniqueItems");
  if (before && !after) report(comparing, "constraint-removed", "widened", "uniqueItems", before, undefined);
  if (!before && after) report(comparing, "constraint-added", "narrowed", "uniqueItems", undefined, after);
}

/** `contains` is met once when nothing is said, so its lower limit starts at 1. */
export function compareContainsLimits(comparing: Comparing): void {
  const lower = (view: SchemaView) => boundOf(view, ["minContains"], false, 1);
  const upper = (view: SchemaView) => boundOf(view, ["maxContains"], true, undefined);
  compareLimit(comparing, false, lower(comparing.base), lower(comparing.revision), 1);
  compareLimit(comparing, true, upper(comparing.base), upper(comparing.revision));
}

/** The strictest of the keywords' values; `idle` is a value that limits nothing. */
function boundOf(
  { keywords }: SchemaView,
  names: readonly string[],
  upper: boolean,
  idle: number | undefined,
): Bound | undefined {
  let strictest: Bound | undefined;
  for (const keyword of names) {
    const stated = keywords.get(keyword);
    if (typeof stated?.value !== "number" || stated.value === idle) continue;
    const bound = { value: stated.value, exclusive: keyword.startsWith("exclusive"), keyword, at: stated.at };
    if (!strictest || isStricter(bound, strictest, upper)) strictest = bound;
  }
  return strictest;
}

function isStricter(a: Bound, b: Bound, upper: boolean): boolean {
  return a.value === b.value ? a.exclusive && !b.exclusive : upper ? a.value < b.value : a.value > b.value;
}

function compareLimit(
  comparing: Comparing,
  upper: boolean,
  before: Bound | undefined,
  after: Bound | undefined,
  idle?: number,
): void {
  if (before && after) {
    if (isStricter(after, before, upper))
      report(comparing, "constraint-tightened", "narrowed", after.keyword, before, after);
    else if (isStricter(before, after, upper))
      report(comparing, "constraint-loosened", "widened", after.keyword, before, after);
  } else if (after && idle !== undefined) {
    // A lower limit that nobody stated was there all along: no text is shorter than nothing.
    const unstated = { value: idle, at: comparing.base.at };
    report(comparing, "constraint-tightened", "narrowed", after.keyword, unstated, after);
  } else if (after) report(comparing, "constraint-added", "narrowed", after.keyword, undefined, after);
  else if (before) report(comparing, "constraint-removed", "widened", before.keyword, before, undefined);
}

function compareMultiples(comparing: Comparing): void {
  const before = comparing.base.keywords.get("multipleOf");
  const after = comparing.revision.keywords.get("multipleOf");
  if (before?.value === after?.value) return;
  if (!before || !after) {
    if (after) report(comparing, "constraint-added", "narrowed", "multipleOf", undefined, after);
    else if (before) report(comparing, "constraint-removed", "widened", "multipleOf", before, undefined);
    return;
  }
  const [old, now] = [Number(before.value), Number(after.value)];
  if (isMultiple(now, old))
    report(comparing, "constraint-tightened", "narrowed", "multipleOf", before, after);
  else if (isMultiple(old, now))
    report(comparing, "constraint-loosened", "widened", "multipleOf", before, after);
  else report(comparing, "constraint-tightened", "replaced", "multipleOf", before, after);
}

function isMultiple(value: number, of: number): boolean {
  return Math.abs(value / of - Math.round(value / of)) < 1e-9;
}

function report(
  { base, revision, fact }: Comparing,
  kind: string,
  effect: "narrowed" | "widened" | "replaced",
  keyword: string,
  before: { readonly value: unknown; readonly at: Stated<unknown>["at"] } | undefined,
  after: { readonly value: unknown; readonly at: Stated<unknown>["at"] } | undefined,
): void {
  fact({
    kind,
    effect,
    name: keyword,
    before: before?.value ?? null,
    after: after?.value ?? null,
    base: before?.at ?? base.at,
    revision: after?.at ?? revision.at,
    traits: { keyword },
  });
}
