import type { Node } from "../../parse/references.ts";
import { compareContainsLimits } from "./compare-bounds.ts";
import { compareSubschema } from "./compare-subschemas.ts";
import type { Comparing } from "./comparing.ts";
import type { SchemaView } from "./schema-view.ts";

/** Items, positions of a tuple, `contains`. */
export function compareArrays(comparing: Comparing): void {
  comparePositions(comparing);
  compareSubschema(comparing, "items", "[]");
  compareSubschema(comparing, "contains", "[]");
  if (comparing.base.subschemas.has("contains") && comparing.revision.subschemas.has("contains"))
    compareContainsLimits(comparing);
  compareSubschema(comparing, "unevaluatedItems", "[]");
}

function comparePositions({ base, revision, fact, below }: Comparing): void {
  const count = Math.max(base.prefixItems.length, revision.prefixItems.length);
  for (let index = 0; index < count; index++) {
    const before = base.prefixItems[index];
    const after = revision.prefixItems[index];
    if (before && after) below(`[${index}]`, before, after);
    else if (before ?? after) {
      // Past the last position either nothing may stand, or anything: then a new position is a restriction.
      const narrower = after ? !endsAfterPositions(base) : endsAfterPositions(revision);
      fact({
        kind: after ? "position-added" : "position-removed",
        effect: narrower ? "narrowed" : "widened",
        name: String(index),
        before: before ? index : null,
        after: after ? index : null,
        base: placeOf(before) ?? base.at,
        revision: placeOf(after) ?? revision.at,
        traits: { keyword: "prefixItems" },
      });
    }
  }
}

function endsAfterPositions({ subschemas }: SchemaView): boolean {
  return subschemas.get("items")?.some(({ value }) => value === false) ?? false;
}

function placeOf(schemas: readonly Node[] | undefined): { file: string; pointer: string } | undefined {
  const first = schemas?.[0];
  return first && { file: first.file, pointer: first.pointer };
}
