import { canonical } from "./canonical.ts";
import { compareBounds } from "./compare-bounds.ts";
import { compareFormats } from "./compare-formats.ts";
import { compareNull, compareTypes } from "./compare-types.ts";
import type { Comparing } from "./comparing.ts";
import type { SchemaView } from "./schema-view.ts";

/** Types, null, allowed values, formats, bounds, patterns, defaults and annotations. False when the types have nothing in common. */
export function compareValues(comparing: Comparing): boolean {
  const typesComparable = compareTypes(comparing);
  compareNull(comparing);
  // When the type itself is another, what is said about its values says nothing new.
  if (!typesComparable) return false;
  compareAllowedValues(comparing);
  compareFormats(comparing);
  compareBounds(comparing);
  comparePatterns(comparing);
  compareContent(comparing);
  compareAnnotations(comparing);
  return true;
}

function compareAllowedValues({ base, revision, fact }: Comparing): void {
  const places = { base: base.valuesAt, revision: revision.valuesAt };
  const keyword = base.constant || revision.constant ? "const" : "enum";
  if (!base.values && !revision.values) return;
  if (!base.values || !revision.values) {
    const added = revision.values !== undefined;
    const values = [...(revision.values ?? base.values ?? new Map()).values()];
    const [before, after] = added ? [null, values] : [values, null];
    fact({
      kind: added ? "enum-added" : "enum-removed",
      effect: added ? "narrowed" : "widened",
      name: "",
      before,
      after,
      ...places,
      traits: { keyword },
    });
    return;
  }
  const { values: old } = base;
  const { values: now } = revision;
  const removed = [...old].filter(([key]) => !now.has(key));
  const added = [...now].filter(([key]) => !old.has(key));
  if (base.constant && revision.constant && removed.length > 0) {
    fact({
      kind: "constant-changed",
      effect: "replaced",
      name: "",
      before: removed[0]?.[1],
      after: added[0]?.[1],
      ...places,
      traits: { keyword },
    });
    return;
  }
  for (const [, value] of removed)
    fact({
      kind: "enum-value-removed",
      effect: "narrowed",
      name: String(value),
      before: value,
      after: null,
      ...places,
      traits: { keyword },
    });
  for (const [, value] of added)
    fact({
      kind: "enum-value-added",
      effect: "widened",
      name: String(value),
      before: null,
      after: value,
      ...places,
      traits: { keyword },
    });
}

function comparePatterns({ base, revision, fact }: Comparing): void {
  const removed = [...base.patterns].filter(([pattern]) => !revision.patterns.has(pattern));
  const added = [...revision.patterns].filter(([pattern]) => !base.patterns.has(pattern));
  const [before] = removed;
  const [after] = added;
  const places = { base: before?.[1].at ?? base.at, revision: after?.[1].at ?? revision.at };
  const values = { before: before?.[0] ?? null, after: after?.[0] ?? null };
  if (before && after) {
    const effect = acceptsEverything(after[0])
      ? "widened"
      : acceptsEverything(before[0])
        ? "narrowed"
        : "replaced";
    const kind = { widened: "pattern-removed", narrowed: "pattern-added", replaced: "pattern-changed" }[
      effect
    ];
    fact({ kind, effect, name: "pattern", ...values, ...places, traits: { keyword: "pattern" } });
  } else if (after) {
    if (acceptsEverything(after[0])) return;
    fact({
      kind: "pattern-added",
      effect: "narrowed",
      name: "pattern",
      ...values,
      ...places,
      traits: { keyword: "pattern" },
    });
  } else if (before) {
    if (acceptsEverything(before[0])) return;
    fact({
      kind: "pattern-removed",
      effect: "widened",
      name: "pattern",
      ...values,
      ...places,
      traits: { keyword: "pattern" },
    });
  }
}

function acceptsEverything(pattern: string): boolean {
  return /^\^?\.\*\$?$/.test(pattern);
}

function compareContent({ base, revision, fact }: Comparing): void {
  for (const keyword of ["contentEncoding", "contentMediaType"]) {
    const before = base.keywords.get(keyword);
    const after = revision.keywords.get(keyword);
    if (before?.value === after?.value) continue;
    const effect = before && after ? "replaced" : after ? "narrowed" : "widened";
    fact({
      kind: "content-encoding-changed",
      effect,
      name: keyword,
      before: before?.value ?? null,
      after: after?.value ?? null,
      base: before?.at ?? base.at,
      revision: after?.at ?? revision.at,
      traits: { keyword },
    });
  }
}

function compareAnnotations({ base, revision, aspect, fact }: Comparing): void {
  const before = base.keywords.get("default");
  const after = revision.keywords.get("default");
  if (canonical(before?.value) !== canonical(after?.value)) {
    fact({
      kind: "default-changed",
      effect: "none",
      name: "default",
      before: before?.value ?? null,
      after: after?.value ?? null,
      base: before?.at ?? base.at,
      revision: after?.at ?? revision.at,
      traits: { keyword: "default", ...(aspect.parameter ? { in: "parameter" } : {}) },
    });
  }
  const old = openValues(base);
  const now = openValues(revision);
  const place = {
    base: base.keywords.get("x-extensible-enum")?.at ?? base.at,
    revision: revision.keywords.get("x-extensible-enum")?.at ?? revision.at,
  };
  for (const value of old) {
    if (now.has(value)) continue;
    fact({
      kind: "open-value-removed",
      effect: "narrowed",
      name: value,
      before: value,
      after: null,
      ...place,
      traits: { keyword: "x-extensible-enum" },
    });
  }
}

/** Values of `x-extensible-enum`: more may come at any time, but what is listed is accepted. */
function openValues({ keywords }: SchemaView): Set<string> {
  const value = keywords.get("x-extensible-enum")?.value;
  return new Set(Array.isArray(value) ? value.map(String) : []);
}
