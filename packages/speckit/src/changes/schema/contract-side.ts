import { type LoadValue, type Node, resolveReference } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";

/** One of the two versions that are compared: its document, and the files that its `$ref`s lead to. */
export interface ContractSide {
  readonly file: string;
  readonly value: unknown;
  readonly load: LoadValue;
  /** Keywords beside a `$ref` count: so in OpenAPI 3.1 and JSON Schema 2020-12, not in OpenAPI 3.0 and draft 7. */
  readonly refSiblings: boolean;
}

/** The node that a chain of `$ref`s ends at; undefined when it leads nowhere or in a circle. */
export function follow(side: ContractSide, node: Node): Node | undefined {
  let current = node;
  for (let hops = 0; hops < 100; hops++) {
    const { $ref } = mapping(current.value);
    if (typeof $ref !== "string") return current;
    const next = followOnce(side, current, $ref);
    if (!next) return undefined;
    current = next;
  }
  return undefined;
}

/** Targets of references within the document itself: the same few are named again and again. */
const known = new WeakMap<ContractSide, Map<string, Node | undefined>>();

export function followOnce(side: ContractSide, node: Node, ref: string): Node | undefined {
  if (node.file !== side.file || !ref.startsWith("#")) return resolve(side, node, ref);
  let targets = known.get(side);
  if (!targets) {
    targets = new Map();
    known.set(side, targets);
  }
  if (!targets.has(ref)) targets.set(ref, resolve(side, node, ref));
  return targets.get(ref);
}

function resolve(side: ContractSide, node: Node, ref: string): Node | undefined {
  const document = node.file === side.file ? side.value : side.load(node.file);
  const resolution = resolveReference(ref, node, document, side.load);
  return resolution.kind === "found" ? resolution.node : undefined;
}
