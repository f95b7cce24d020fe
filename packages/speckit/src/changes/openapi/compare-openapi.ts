import type { Direction } from "../../model/finding.ts";
import { type Node, placeOf } from "../../parse/references.ts";
import { mapping, text } from "../../parse/values.ts";
import type { Fact } from "../change.ts";
import type { Occurrence } from "../occurrence.ts";
import { occurrencesOf, type SchemaRoot } from "../occurrence.ts";
import { SchemaComparison } from "../schema/comparison.ts";
import type { ContractSide } from "../schema/contract-side.ts";
import type { Writer } from "../schema/pair.ts";
import { compareBodies } from "./compare-bodies.ts";
import { compareParameters } from "./compare-parameters.ts";
import { compareResponses } from "./compare-responses.ts";
import { compareSecurity } from "./compare-security.ts";
import { compareServers } from "./compare-servers.ts";
import { announced, compareLifecycle, isExperimental } from "./lifecycle.ts";
import { below, type OperationNode, type PathNode, pathsOf, readPaths } from "./operations.ts";

/** One operation in both versions, and where its comparison puts what it finds. */
export interface OperationPair {
  readonly before: OperationNode;
  readonly after: OperationNode;
  readonly today: string;
  readonly base: ContractSide;
  readonly revision: ContractSide;
  /** Notes a fact; `part` is the side of the exchange as the contract has it, whoever writes it. */
  readonly note: (fact: Fact, part: "request" | "response", location: string) => void;
  /** Compares schemas that begin here. */
  readonly schemas: (
    before: readonly Node[],
    after: readonly Node[],
    part: "request" | "response",
    location: string,
    form?: { readonly textual: boolean; readonly parameter: string | undefined },
  ) => void;
}

/** Compares two OpenAPI documents. `today` (`YYYY-MM-DD`) decides whether a sunset has passed. */
export function compareOpenApi(base: ContractSide, revision: ContractSide, today: string): Occurrence[] {
  const collector = new Collector(base, revision, today);
  collector.comparePaths(
    pathsOf(base),
    pathsOf(revision),
    below({ file: revision.file, pointer: "", value: revision.value }, "paths"),
  );
  return collector.finish();
}

class Collector {
  readonly #base: ContractSide;
  readonly #revision: ContractSide;
  readonly #today: string;
  readonly #comparison: SchemaComparison;
  readonly #occurrences: Occurrence[] = [];
  readonly #roots: SchemaRoot[] = [];

  constructor(base: ContractSide, revision: ContractSide, today: string) {
    this.#base = base;
    this.#revision = revision;
    this.#today = today;
    this.#comparison = new SchemaComparison(base, revision);
  }

  finish(): Occurrence[] {
    this.#comparison.finish();
    return [...this.#occurrences, ...occurrencesOf(this.#comparison.pairs, this.#roots)];
  }

  comparePaths(
    before: ReadonlyMap<string, PathNode>,
    after: ReadonlyMap<string, PathNode>,
    parent: Node,
  ): void {
    for (const [shape, old] of before) {
      const now = after.get(shape);
      for (const [method, operation] of old.operations) {
        const counterpart = now?.operations.get(method);
        if (counterpart) this.#compareOperation(operation, counterpart);
        else this.#removed(operation, now?.item ?? parent, now === undefined && old.operations.size > 1);
      }
    }
    for (const [shape, now] of after) {
      const old = before.get(shape);
      for (const [method, operation] of now.operations) {
        if (!old?.operations.has(method)) this.#added(operation, old?.item);
      }
    }
  }

  #removed(operation: OperationNode, parent: Node, wholePath: boolean): void {
    const { node, item, path, label } = operation;
    this.#note(operation, {
      kind: "operation-removed",
      effect: "narrowed",
      // A path that is gone with all its methods is one thing that happened.
      name: wholePath ? path : label,
      before: wholePath ? path : label,
      after: null,
      base: wholePath ? placeOf(item) : placeOf(node),
      revision: placeOf(parent),
      traits: announced(node, this.#today),
    });
  }

  #added(operation: OperationNode, oldItem: Node | undefined): void {
    const base = oldItem ?? { file: this.#base.file, pointer: "/paths" };
    const { label, node } = operation;
    this.#note(operation, {
      kind: "operation-added",
      effect: "widened",
      name: label,
      before: null,
      after: label,
      base: placeOf(base),
      revision: placeOf(node),
      traits: {},
    });
  }

  #note(operation: OperationNode, fact: Fact): void {
    const { label, node, reversed } = operation;
    this.#occurrences.push({
      fact,
      direction: reversed ? "response" : "request",
      operation: label,
      location: "operation",
      experimental: isExperimental(node),
    });
  }

  #compareOperation(before: OperationNode, after: OperationNode): void {
    const operation = after.label;
    const experimental = isExperimental(before.node);
    const common = { operation, experimental };
    const pair: OperationPair = {
      before,
      after,
      today: this.#today,
      base: this.#base,
      revision: this.#revision,
      note: (fact, part, location) =>
        void this.#occurrences.push({
          fact,
          direction: directionOf(part, after.reversed),
          location,
          ...common,
        }),
      schemas: (old, now, part, location, form = { textual: false, parameter: undefined }) => {
        const direction = directionOf(part, after.reversed);
        const writer: Writer = direction === "request" ? "consumer" : "provider";
        this.#roots.push({
          pair: this.#comparison.compare(old, now, { writer, inverted: false, ...form }),
          direction,
          location,
          ...common,
        });
      },
    };
    for (const fact of compareLifecycle(before.node, after.node, operation, this.#today))
      pair.note(fact, "request", "operation");
    compareIdentity(pair);
    compareParameters(pair);
    compareBodies(pair);
    compareResponses(pair);
    compareSecurity(pair);
    compareServers(pair);
    this.#compareCallbacks(before, after);
  }

  #compareCallbacks(before: OperationNode, after: OperationNode): void {
    const old = callbacksOf(before, this.#base);
    const now = callbacksOf(after, this.#revision);
    if (old.size + now.size > 0) this.comparePaths(old, now, after.node);
  }
}

function callbacksOf({ node, label }: OperationNode, side: ContractSide): Map<string, PathNode> {
  const callbacks = below(node, "callbacks");
  return new Map(
    Object.keys(mapping(callbacks.value)).flatMap((name) => [
      ...readPaths(side, below(callbacks, name), true, `callback ${name} of ${label} `),
    ]),
  );
}

/** In a webhook or callback the service writes the request and the consumer answers. */
function directionOf(part: "request" | "response", reversed: boolean): Direction {
  return reversed === (part === "request") ? "response" : "request";
}

/** What nobody sees on the wire but generators use: operationId. */
function compareIdentity({ before, after, note }: OperationPair): void {
  const [old, now] = [
    text(mapping(before.node.value).operationId),
    text(mapping(after.node.value).operationId),
  ];
  if (old === now || old === undefined) return;
  note(
    {
      kind: "operation-id-changed",
      effect: "none",
      name: old,
      before: old,
      after: now ?? null,
      base: placeOf(below(before.node, "operationId")),
      revision: placeOf(after.node),
      traits: {},
    },
    "request",
    "operation",
  );
}
