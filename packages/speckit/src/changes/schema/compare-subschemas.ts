import type { Comparing } from "./comparing.ts";
import type { Aspect } from "./pair.ts";

/** A keyword whose value is one schema: added, removed, or compared further down. */
export function compareSubschema(
  comparing: Comparing,
  keyword: string,
  step: string,
  aspect?: Partial<Aspect>,
): void {
  const { base, revision, fact, below } = comparing;
  const before = base.subschemas.get(keyword);
  const after = revision.subschemas.get(keyword);
  if (before && after) below(step, before, after, aspect);
  else if (before ?? after) {
    const [node] = before ?? after ?? [];
    const place = { file: node?.file ?? "", pointer: node?.pointer ?? "" };
    fact({
      kind: after ? "subschema-added" : "subschema-removed",
      effect: after ? "narrowed" : "widened",
      name: keyword,
      before: before ? keyword : null,
      after: after ? keyword : null,
      base: before ? place : base.at,
      revision: after ? place : revision.at,
      traits: { keyword },
    });
  }
}
