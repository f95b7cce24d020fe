import type { Profile } from "../model/config.ts";
import type { Level } from "../model/finding.ts";
import type { Change, ChangeRule } from "./change.ts";

/**
 * Where oasdiff judges otherwise, by kind of change; undefined leaves the verdict as it is. Its checks of 2024 and later are meant; the reasons
 * for ours are in docs/decisions/0005-where-we-differ-from-oasdiff.md.
 */
const oasdiff: Readonly<Record<string, (change: Change) => Level | undefined>> = {
  "security-tightened": ({ before }) => (isOpenToAll(before) ? "compatible" : undefined),
  "stability-lowered": ({ before }) => (before === null ? "compatible" : "breaking"),
  "enum-removed": ({ direction, traits }) =>
    direction === "request" && traits.keyword === "enum" ? "breaking" : undefined,
};

function isOpenToAll(ways: unknown): boolean {
  return Array.isArray(ways) && ways.length === 1 && ways[0] === "none";
}

/** The rules with the verdicts of a profile. */
export function rulesFor(profile: Profile, rules: readonly ChangeRule[]): readonly ChangeRule[] {
  if (profile === "wire") return rules;
  return rules.map((rule) => {
    const level = oasdiff[rule.id];
    return level
      ? { ...rule, level: (change, variance) => level(change) ?? rule.level(change, variance) }
      : rule;
  });
}
