import type { Compatibility } from "../model/config.ts";
import type { Direction } from "../model/finding.ts";
import type { Fact } from "./change.ts";
import type { Pair } from "./schema/pair.ts";

/** Where in a contract something stands, for those who use it. */
interface Spot {
  readonly direction: Direction;
  /** `POST /api/v1/orders`, `event order.created`. */
  readonly operation: string;
  readonly location: string;
  /** The operation is marked as draft or alpha: nobody may rely on it yet. */
  readonly experimental: boolean;
  /** For events and schemas: whom a change must not break when nobody says. */
  readonly usual?: Compatibility;
}

/** A fact seen in one operation. */
export interface Occurrence extends Spot {
  readonly fact: Fact;
}

/** Where the schemas of an operation begin: a body, a parameter, a header. */
export interface SchemaRoot extends Spot {
  readonly pair: Pair;
}

/**
 * Finds the operations that show what differs in schemas. Goes upwards from each pair with facts, so what is the same costs nothing however
 * large the contracts are.
 */
export function occurrencesOf(pairs: readonly Pair[], roots: readonly SchemaRoot[]): Occurrence[] {
  const rootsOf = new Map<Pair, SchemaRoot[]>();
  for (const root of roots) rootsOf.set(root.pair, [...(rootsOf.get(root.pair) ?? []), root]);
  return pairs
    .filter(({ facts }) => facts.length > 0)
    .flatMap((pair) =>
      reach(pair).flatMap(({ pair: top, path }) =>
        (rootsOf.get(top) ?? []).flatMap(({ pair: _, location, ...spot }) =>
          pair.facts.map((fact) => ({
            ...spot,
            fact,
            location: `${location}${path}${lastStep(fact)}`,
          })),
        ),
      ),
    );
}

/** Facts about a property stand at its parent; readers look for the property. */
function lastStep({ kind, name }: Fact): string {
  return kind.includes("property") ? `.${name}` : "";
}

/** Every pair from which `pair` can be reached, with the shortest way from there. */
function reach(pair: Pair): { pair: Pair; path: string }[] {
  const found = [{ pair, path: "" }];
  const seen = new Set<Pair>([pair]);
  for (let index = 0; index < found.length; index++) {
    const current = found[index];
    if (!current) break;
    for (const { step, pair: parent } of current.pair.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      found.push({ pair: parent, path: `${step}${current.path}` });
    }
  }
  return found;
}
