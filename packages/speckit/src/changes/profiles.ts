import type { Profile } from "../model/config.ts";
import type { Level } from "../model/finding.ts";
import type { Change, ChangeRule } from "./change.ts";
import type { Occurrence } from "./occurrence.ts";
import type { ContractSide } from "./schema/contract-side.ts";

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

/**
 * What only a profile looks at. oasdiff leaves out what is `readOnly` from requests as we do, but for new patterns, which it finds there too: they
 * are found by comparing as if nothing were.
 */
export function occurrencesOnlyIn(
  profile: Profile,
  base: ContractSide,
  revision: ContractSide,
  compare: (base: ContractSide, revision: ContractSide) => readonly Occurrence[],
): Occurrence[] {
  if (profile === "wire") return [];
  return compare(writable(base), writable(revision)).filter(
    ({ fact, direction }) => fact.kind === "pattern-added" && direction === "request",
  );
}

function writable({ file, value, load, refSiblings }: ContractSide): ContractSide {
  const values = new Map<string, unknown>();
  const loadWritable = (other: string): unknown => {
    if (!values.has(other)) values.set(other, withoutReadOnly(other === file ? value : load(other)));
    return values.get(other);
  };
  return { file, value: loadWritable(file), load: loadWritable, refSiblings };
}

/** `readOnly` that is no name of a property has a truth value. */
function withoutReadOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReadOnly);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(
    ([key, member]) => key !== "readOnly" || typeof member !== "boolean",
  );
  return Object.fromEntries(members.map(([key, member]) => [key, withoutReadOnly(member)]));
}
