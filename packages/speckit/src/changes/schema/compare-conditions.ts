import { type Node, placeOf } from "../../parse/references.ts";
import { compareSubschema } from "./compare-subschemas.ts";
import type { Comparing } from "./comparing.ts";

/** `if`/`then`/`else`, `not`, `contentSchema`. */
export function compareConditions(comparing: Comparing): void {
  compareSubschema(comparing, "not", "", { inverted: !comparing.aspect.inverted });
  compareSubschema(comparing, "contentSchema", "");
  const { base, revision, fact } = comparing;
  const count = Math.max(base.conditions.length, revision.conditions.length);
  for (let index = 0; index < count; index++) {
    const before = base.conditions[index];
    const after = revision.conditions[index];
    if (before && after) {
      compareIf(comparing, before.test, after.test);
      compareBranch(comparing, "then", before.whenTrue, after.whenTrue);
      compareBranch(comparing, "else", before.whenFalse, after.whenFalse);
    } else if (after) {
      fact({
        kind: "subschema-added",
        effect: "narrowed",
        name: "if",
        before: null,
        after: "if",
        base: base.at,
        revision: placeOf(after.test),
        traits: { keyword: "if" },
      });
    } else if (before) {
      fact({
        kind: "subschema-removed",
        effect: "widened",
        name: "if",
        before: "if",
        after: null,
        base: placeOf(before.test),
        revision: revision.at,
        traits: { keyword: "if" },
      });
    }
  }
}

/** Another condition sends other messages through each branch: neither a narrowing nor a widening. */
function compareIf({ comparison, aspect, fact }: Comparing, before: Node, after: Node): void {
  const pair = comparison.compare([before], [after], { ...aspect, parameter: undefined });
  comparison.defer(() => {
    if (comparison.isClean(pair)) return;
    fact({
      kind: "condition-changed",
      effect: "replaced",
      name: "if",
      before: "if",
      after: "if",
      base: placeOf(before),
      revision: placeOf(after),
      traits: { keyword: "if" },
    });
  });
}

function compareBranch(
  { base, revision, fact, below }: Comparing,
  keyword: "then" | "else",
  before: Node | undefined,
  after: Node | undefined,
): void {
  if (before && after) below("", [before], [after]);
  else if (after) {
    fact({
      kind: "subschema-added",
      effect: "narrowed",
      name: keyword,
      before: null,
      after: keyword,
      base: base.at,
      revision: placeOf(after),
      traits: { keyword },
    });
  } else if (before) {
    fact({
      kind: "subschema-removed",
      effect: "widened",
      name: keyword,
      before: keyword,
      after: null,
      base: placeOf(before),
      revision: revision.at,
      traits: { keyword },
    });
  }
}
