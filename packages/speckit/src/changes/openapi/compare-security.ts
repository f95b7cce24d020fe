import type { Node } from "../../parse/references.ts";
import { list, type Mapping, mapping, strings } from "../../parse/values.ts";
import type { ContractSide } from "../schema/contract-side.ts";
import type { OperationPair } from "./compare-openapi.ts";
import { below, memberOf, type OperationNode } from "./operations.ts";

/** One way of being let in: all of these schemes with these scopes. An empty one lets everybody in. */
type Way = ReadonlyMap<string, readonly string[]>;

/**
 * Who is let in. Each alternative of `security` is a way; consumers hold on to one. A way still open is one whose demands are all met by what a
 * consumer already sends. Schemes are compared by what they are, not by their names.
 */
export function compareSecurity(pair: OperationPair): void {
  const before = waysOf(pair.before, pair.base);
  const after = waysOf(pair.after, pair.revision);
  const closed = before.ways.filter((way) => !after.ways.some((other) => isMetBy(other, way)));
  const opened = after.ways.filter(
    (way) => !before.ways.some((other) => isMetBy(way, other) && isMetBy(other, way)),
  );
  const places = {
    base: { file: before.at.file, pointer: before.at.pointer },
    revision: { file: after.at.file, pointer: after.at.pointer },
  };
  const common = {
    name: "security",
    before: before.ways.map(describe),
    after: after.ways.map(describe),
    ...places,
  };
  if (closed.length > 0) {
    const sameSchemes = closed.every((way) =>
      after.ways.some((other) => [...other.keys()].every((scheme) => way.has(scheme))),
    );
    const kind = sameSchemes ? "security-scope-added" : "security-tightened";
    pair.note({ kind, effect: "narrowed", ...common, traits: {} }, "request", "request.security");
  } else if (opened.length > 0 || after.ways.length < before.ways.length) {
    pair.note(
      { kind: "security-loosened", effect: "widened", ...common, traits: {} },
      "request",
      "request.security",
    );
  }
}

function waysOf({ node }: OperationNode, side: ContractSide): { ways: Way[]; at: Node } {
  const root: Node = { file: side.file, pointer: "", value: side.value };
  const own = below(node, "security");
  const at = own.value === undefined ? below(root, "security") : own;
  const place = at.value === undefined ? { ...root, pointer: "/info" } : at;
  const ways = list(at.value).map(
    (way) =>
      new Map(
        Object.entries(mapping(way)).map(([name, scopes]) => [schemeOf(name, root, side), strings(scopes)]),
      ),
  );
  return { ways: ways.length > 0 ? ways : [new Map()], at: place };
}

/** What a scheme is on the wire: two schemes that ask for the same are the same. */
function schemeOf(name: string, root: Node, side: ContractSide): string {
  const scheme: Mapping = mapping(memberOf(side, root, "components", "securitySchemes", name).value);
  const { type, scheme: method, in: where, name: key } = scheme;
  // All three travel as `Authorization: Bearer …`: where the token comes from is between the consumer and who issues it.
  if (type === "oauth2" || type === "openIdConnect") return "bearer token";
  if (type === "http")
    return /^(?:bearer|undefined)$/i.test(String(method))
      ? "bearer token"
      : `http ${String(method).toLowerCase()}`;
  if (type === "apiKey") return `apiKey ${String(where)} ${String(key)}`;
  return type === undefined ? name : `${String(type)} ${name}`;
}

/** Whether a consumer who sends what `sent` asks for is let in by `way`. */
function isMetBy(way: Way, sent: Way): boolean {
  return [...way].every(([scheme, scopes]) => {
    const held = sent.get(scheme);
    return held !== undefined && scopes.every((scope) => held.includes(scope));
  });
}

function describe(way: Way): string {
  if (way.size === 0) return "none";
  return [...way]
    .map(([scheme, scopes]) => (scopes.length > 0 ? `${scheme} (${scopes.join(", ")})` : scheme))
    .join(" + ");
}
