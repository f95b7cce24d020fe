import { type Node, placeOf } from "../../parse/references.ts";
import { basePathsOf } from "../../parse/servers.ts";
import { list } from "../../parse/values.ts";
import type { ContractSide } from "../schema/contract-side.ts";
import type { OperationPair } from "./compare-openapi.ts";
import { below, type OperationNode } from "./operations.ts";

/** Where an operation is found: hosts come and go with environments, but what stands before the path is part of every call. */
export function compareServers(pair: OperationPair): void {
  const before = serversOf(pair.before, pair.base);
  const after = serversOf(pair.after, pair.revision);
  const now = basePathsOf(after.value);
  for (const path of basePathsOf(before.value)) {
    // `shop.example.com` was meant to be a host, and is no path.
    if (now.includes(path) || (path !== "" && !path.startsWith("/"))) continue;
    pair.note(
      {
        kind: "base-path-removed",
        effect: "narrowed",
        name: path || "/",
        before: path || "/",
        after: now.map((other) => other || "/"),
        base: placeOf(before),
        revision: placeOf(after),
        traits: {},
      },
      "request",
      "servers",
    );
  }
}

/** The nearest `servers` that names any; without them the operation is at the root. */
function serversOf({ node, item }: OperationNode, { file, value }: ContractSide): Node {
  const root: Node = { file, pointer: "", value };
  const stated = [node, item, root].map((owner) => below(owner, "servers"));
  const found = stated.find((one) => list(one.value).length > 0);
  return found ?? { ...placeOf(below(root, "info")), value: undefined };
}
