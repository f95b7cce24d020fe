import { pathShape } from "../../model/path-shape.ts";
import { operationsIn } from "../../parse/http-methods.ts";
import { type Node, NodeBelow } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";
import { type ContractSide, follow } from "../schema/contract-side.ts";

/** One operation with the nodes that describe it. */
export interface OperationNode {
  readonly method: string;
  readonly path: string;
  /** `POST /api/v1/orders`. */
  readonly label: string;
  /** A webhook or callback: the service calls, the consumer answers. */
  readonly reversed: boolean;
  readonly node: Node;
  readonly item: Node;
}

export interface PathNode {
  readonly path: string;
  readonly item: Node;
  readonly operations: ReadonlyMap<string, OperationNode>;
}

/** The paths of a contract by shape: how parameters are called changes nothing on the wire. Webhooks and callbacks have shapes of their own. */
export function pathsOf(side: ContractSide): Map<string, PathNode> {
  const root: Node = { file: side.file, pointer: "", value: side.value };
  return new Map([
    ...readPaths(side, below(root, "paths"), false),
    ...readPaths(side, below(root, "webhooks"), true),
  ]);
}

/** Members of a `paths`, `webhooks` or callback object. */
export function* readPaths(
  side: ContractSide,
  paths: Node,
  reversed: boolean,
  prefix = reversed ? "webhook " : "",
): Generator<[string, PathNode]> {
  const taken = new Set<string>();
  for (const [path, value] of Object.entries(mapping(paths.value))) {
    if (path.startsWith("x-")) continue;
    const here = new NodeBelow(paths, path, value);
    const item = follow(side, here) ?? here;
    const operations = new Map<string, OperationNode>();
    for (const { method, tokens } of operationsIn(item.value)) {
      const node = below(item, ...tokens);
      const label = `${method.toUpperCase()} ${prefix}${path}`;
      operations.set(method, { method, path, label, reversed, node, item });
    }
    // Two paths of one shape are told apart by their text, so that none hides the other.
    const shape = `${prefix}${pathShape(path)}`;
    const key = taken.has(shape) ? `${prefix}${path}` : shape;
    taken.add(shape);
    yield [key, { path, item, operations }];
  }
}

/** The member of a node; its value is undefined when there is none. */
export function below(node: Node, ...tokens: (string | number)[]): Node {
  let current = node;
  for (const token of tokens) {
    const { value } = current;
    const member =
      typeof value === "object" && value !== null && Object.hasOwn(value, token)
        ? (value as Record<string, unknown>)[token]
        : undefined;
    current = new NodeBelow(current, token, member);
  }
  return current;
}

/** The member of a node with its `$ref`s followed. */
export function memberOf(side: ContractSide, node: Node, ...tokens: (string | number)[]): Node {
  const member = below(node, ...tokens);
  return follow(side, member) ?? member;
}
