import type { Comparing } from "./comparing.ts";

/** Names that are required though no property describes them. */
export function compareUnlistedRequired({ base, revision, fact }: Comparing): void {
  const isListed = (name: string) => base.properties.has(name) || revision.properties.has(name);
  for (const [name, { at }] of revision.required) {
    if (base.required.has(name) || isListed(name)) continue;
    fact({
      kind: "property-became-required",
      effect: "narrowed",
      name,
      before: null,
      after: "required",
      base: base.at,
      revision: at,
      traits: {},
    });
  }
  for (const [name, { at }] of base.required) {
    if (revision.required.has(name) || isListed(name)) continue;
    fact({
      kind: "property-became-optional",
      effect: "widened",
      name,
      before: "required",
      after: null,
      base: at,
      revision: revision.at,
      traits: {},
    });
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
