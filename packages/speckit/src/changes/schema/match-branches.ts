import type { Node } from "../../parse/references.ts";
import { mapping, text } from "../../parse/values.ts";
import type { SchemaComparison } from "./comparison.ts";
import { followOnce } from "./contract-side.ts";
import type { Aspect, Pair } from "./pair.ts";
import type { SchemaView } from "./schema-view.ts";

export interface Matching {
  readonly matched: readonly { readonly pair: Pair }[];
  readonly removed: readonly Node[];
  readonly added: readonly Node[];
}

/**
 * Finds which branch of a choice became which. Order says nothing. Branches belong together when they refer to a schema of the same name, when
 * nothing differs between them, when they have the same title, or when they are alike enough to be one that was edited; tried in that order.
 */
export function matchBranches(
  base: readonly Node[],
  revision: readonly Node[],
  comparison: SchemaComparison,
  aspect: Aspect,
): Matching {
  const before = new Set(base);
  const after = new Set(revision);
  const matched: { pair: Pair }[] = [];
  const compare = (a: Node, b: Node) => comparison.compare([a], [b], { ...aspect, parameter: undefined });
  const tryAll = (fits: (a: Node, b: Node) => boolean) => {
    for (const a of before) {
      const b = [...after].find((candidate) => fits(a, candidate));
      if (!b) continue;
      before.delete(a);
      after.delete(b);
      matched.push({ pair: compare(a, b) });
    }
  };
  tryAll((a, b) => refName(a) !== undefined && refName(a) === refName(b));
  tryAll((a, b) => {
    if (
      isExchange(a, b, comparison) ||
      !alike(comparison.viewOf("base", [a]), comparison.viewOf("revision", [b]), 0)
    )
      return false;
    const pair = compare(a, b);
    comparison.settle();
    return comparison.isClean(pair);
  });
  tryAll((a, b) => titleOf(a) !== undefined && titleOf(a) === titleOf(b));
  tryAll(
    (a, b) =>
      !isExchange(a, b, comparison) &&
      alike(comparison.viewOf("base", [a]), comparison.viewOf("revision", [b]), 0.5),
  );
  comparison.settle();
  return { matched, removed: [...before], added: [...after] };
}

function refName({ value }: Node): string | undefined {
  const { $ref } = mapping(value);
  return typeof $ref === "string" ? $ref.slice($ref.lastIndexOf("/") + 1) : undefined;
}

/**
 * A named schema that gave way to another named one, though each is, or was, still there under its own name: not the same schema under a new
 * name but another one, even where both look alike today.
 */
function isExchange(before: Node, after: Node, { base, revision }: SchemaComparison): boolean {
  const [old, now] = [mapping(before.value).$ref, mapping(after.value).$ref];
  if (typeof old !== "string" || typeof now !== "string" || refName(before) === refName(after)) return false;
  return followOnce(revision, before, old) !== undefined || followOnce(base, after, now) !== undefined;
}

function titleOf({ value }: Node): string | undefined {
  return text(mapping(value).title);
}

/** Same types, and at least that share of all properties in common. Scalars are alike only when one may stand for the other. */
function alike(a: SchemaView, b: SchemaView, share: number): boolean {
  const types = [...(a.types ?? [])].sort().join();
  if (types !== [...(b.types ?? [])].sort().join()) return false;
  const all = new Set([...a.properties.keys(), ...b.properties.keys()]);
  if (all.size === 0) return true;
  const common = [...a.properties.keys()].filter((name) => b.properties.has(name));
  return common.length / all.size >= share;
}
