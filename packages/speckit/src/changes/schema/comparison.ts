import type { Node } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";
import type { Fact } from "../change.ts";
import { referencesOfAlike } from "./alike.ts";
import { compareAlternatives, compareWrapping } from "./compare-alternatives.ts";
import { compareArrays } from "./compare-arrays.ts";
import { compareConditions } from "./compare-conditions.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareValues } from "./compare-values.ts";
import type { Comparing } from "./comparing.ts";
import { type ContractSide, followOnce } from "./contract-side.ts";
import { type Aspect, linkPairs, type Pair, unwrittenKeyword } from "./pair.ts";
import { type SchemaView, viewSchema } from "./schema-view.ts";

/** Two ids make one number, exact below 2^53. */
const MOST_SCHEMAS = 2 ** 26;

/**
 * Compares the schemas of two contracts. Each pair of schemas is compared once for each aspect however many operations use it, so shared and
 * recursive schemas cost nothing extra and one difference stays one fact. Work waits in queues rather than on the stack: real contracts have
 * chains of thousands of references.
 */
export class SchemaComparison {
  readonly pairs: Pair[] = [];
  readonly base: ContractSide;
  readonly revision: ContractSide;
  readonly #known = new Map<string, Map<number, Pair>>();
  readonly #nodeIds = new WeakMap<object, number>();
  readonly #groupIds = new Map<string, number>();
  readonly #views = { base: new Map<number, SchemaView>(), revision: new Map<number, SchemaView>() };
  readonly #queue: (() => void)[] = [];
  readonly #deferred: (() => void)[] = [];
  #nextId = 0;

  constructor(base: ContractSide, revision: ContractSide) {
    this.base = base;
    this.revision = revision;
  }

  /** The pair of two schemas, each given as all the schemas that must hold at that place. Complete after `finish`. */
  compare(base: readonly Node[], revision: readonly Node[], aspect: Aspect): Pair {
    const known = this.#pairsIn(aspect);
    const key = this.#idOf(base) * MOST_SCHEMAS + this.#idOf(revision);
    const earlier = known.get(key);
    if (earlier) return earlier;
    const pair: Pair = { id: this.pairs.length, facts: [], children: [], parents: [] };
    this.pairs.push(pair);
    known.set(key, pair);
    this.#queue.push(() => this.#fill(pair, base, revision, aspect));
    return pair;
  }

  viewOf(side: "base" | "revision", schemas: readonly Node[]): SchemaView {
    const views = this.#views[side];
    const id = this.#idOf(schemas);
    let view = views.get(id);
    if (!view) {
      view = viewSchema(schemas, side === "base" ? this.base : this.revision);
      views.set(id, view);
    }
    return view;
  }

  /** Puts work off until all pairs known so far are compared: for what must see how others came out. */
  defer(work: () => void): void {
    this.#deferred.push(work);
  }

  /** Compares all that waits, except what is put off. */
  settle(): void {
    for (let work = this.#queue.pop(); work; work = this.#queue.pop()) work();
  }

  finish(): void {
    this.settle();
    for (let index = 0; index < this.#deferred.length; index++) {
      this.#deferred[index]?.();
      this.settle();
    }
    this.#deferred.length = 0;
  }

  /** Whether nothing differs in a pair or anywhere below it, as far as it is compared. */
  isClean(pair: Pair): boolean {
    return this.countFacts(pair, 1) === 0;
  }

  /** Number of facts in a pair and below, counted no further than `limit`. */
  countFacts(pair: Pair, limit: number): number {
    const seen = new Set<Pair>([pair]);
    const stack = [pair];
    let count = 0;
    for (let top = stack.pop(); top && count < limit; top = stack.pop()) {
      count += top.facts.length;
      for (const { pair: next } of top.children) {
        if (seen.has(next)) continue;
        seen.add(next);
        stack.push(next);
      }
    }
    return count;
  }

  #fill(pair: Pair, baseSchemas: readonly Node[], revisionSchemas: readonly Node[], aspect: Aspect): void {
    if (this.#linkAlike(pair, baseSchemas, revisionSchemas, aspect)) return;
    const base = this.viewOf("base", baseSchemas);
    const revision = this.viewOf("revision", revisionSchemas);
    const comparing: Comparing = {
      base,
      revision,
      baseSchemas,
      revisionSchemas,
      aspect,
      pair,
      comparison: this,
      fact: (fact) => void pair.facts.push(aspect.inverted ? invert(fact) : fact),
      below: (step, baseBelow, revisionBelow, changed) => {
        linkPairs(
          pair,
          step,
          this.compare(baseBelow, revisionBelow, { ...aspect, parameter: undefined, ...changed }),
        );
      },
    };
    if (compareWrapping(comparing)) return;
    const sameKind = compareValues(comparing);
    // Of another type altogether: what stands inside has no counterpart.
    if (!sameKind) return;
    compareObjects(comparing);
    compareArrays(comparing);
    compareConditions(comparing);
    compareAlternatives(comparing);
  }

  /** When both schemas are written alike, only what they refer to is left to compare. */
  #linkAlike(
    pair: Pair,
    [base, ...moreBase]: readonly Node[],
    [revision, ...moreRevision]: readonly Node[],
    aspect: Aspect,
  ): boolean {
    if (!base || !revision || moreBase.length + moreRevision.length > 0) return false;
    const references = referencesOfAlike(base, revision, unwrittenKeyword(aspect));
    for (const reference of references ?? []) {
      const before = followOnce(this.base, reference.base, refOf(reference.base));
      const after = followOnce(this.revision, reference.revision, refOf(reference.revision));
      if (!before || !after || isUnwritten(before, after, aspect)) continue;
      linkPairs(
        pair,
        reference.step,
        this.compare([before], [after], reference.step === "" ? aspect : { ...aspect, parameter: undefined }),
      );
    }
    return references !== undefined;
  }

  #pairsIn({ writer, inverted, textual, parameter }: Aspect): Map<number, Pair> {
    const key = `${writer} ${inverted} ${textual} ${parameter}`;
    let pairs = this.#known.get(key);
    if (!pairs) {
      pairs = new Map();
      this.#known.set(key, pairs);
    }
    return pairs;
  }

  /** Schemas are the same when they are the same nodes of a document, each given as all that must hold at one place. */
  #idOf(schemas: readonly Node[]): number {
    const [first, ...more] = schemas;
    if (more.length === 0 && typeof first?.value === "object" && first.value !== null)
      return this.#idOfNode(first.value);
    const key = schemas
      .map(({ value, file, pointer }) =>
        typeof value === "object" && value !== null ? this.#idOfNode(value) : `${file}#${pointer}`,
      )
      .join();
    let id = this.#groupIds.get(key);
    if (id === undefined) {
      id = this.#nextId++;
      this.#groupIds.set(key, id);
    }
    return id;
  }

  #idOfNode(value: object): number {
    let id = this.#nodeIds.get(value);
    if (id === undefined) {
      id = this.#nextId++;
      this.#nodeIds.set(value, id);
    }
    return id;
  }
}

function refOf({ value }: Node): string {
  return String(mapping(value).$ref);
}

/** A property that its side never writes, by what its schema says at the place referred to. */
function isUnwritten(before: Node, after: Node, aspect: Aspect): boolean {
  const keyword = unwrittenKeyword(aspect);
  return mapping(before.value)[keyword] === true && mapping(after.value)[keyword] === true;
}

function invert(fact: Fact): Fact {
  if (fact.effect === "narrowed") return { ...fact, effect: "widened" };
  return fact.effect === "widened" ? { ...fact, effect: "narrowed" } : fact;
}
