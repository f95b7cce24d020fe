import type { Fact } from "../change.ts";
import type { Comparing } from "./comparing.ts";

/** The fact that a property became required, or optional. */
export function reportRequiredness(
  { fact }: Comparing,
  required: boolean,
  details: Pick<Fact, "name" | "base" | "revision" | "traits">,
): void {
  const [before, after] = required ? [null, "required"] : ["required", null];
  fact({
    kind: required ? "property-became-required" : "property-became-optional",
    effect: required ? "narrowed" : "widened",
    before,
    after,
    ...details,
  });
}

/** Names that are required though no property describes them. */
export function compareUnlistedRequired(comparing: Comparing): void {
  const { base, revision } = comparing;
  for (const name of new Set([...revision.required.keys(), ...base.required.keys()])) {
    const [before, after] = [base.required.get(name), revision.required.get(name)];
    const isListed = base.properties.has(name) || revision.properties.has(name);
    if (isListed || (before && after)) continue;
    const places = { base: before?.at ?? base.at, revision: after?.at ?? revision.at };
    reportRequiredness(comparing, after !== undefined, { name, ...places, traits: {} });
  }
}

/** Properties that are required once another one is there. */
export function compareDependentRequired({ base, revision, fact }: Comparing): void {
  for (const trigger of new Set([...base.dependentRequired.keys(), ...revision.dependentRequired.keys()])) {
    const before = base.dependentRequired.get(trigger);
    const after = revision.dependentRequired.get(trigger);
    const added = (after?.value ?? []).filter((name) => !before?.value.includes(name));
    const removed = (before?.value ?? []).filter((name) => !after?.value.includes(name));
    if (added.length + removed.length === 0) continue;
    fact({
      kind: "dependent-required-changed",
      effect: added.length > 0 && removed.length > 0 ? "replaced" : added.length > 0 ? "narrowed" : "widened",
      name: trigger,
      before: before?.value ?? null,
      after: after?.value ?? null,
      base: before?.at ?? base.at,
      revision: after?.at ?? revision.at,
      traits: { keyword: "dependentRequired" },
    });
  }
}
