import { type Node, NodeBelow } from "../../parse/references.ts";
import { isMapping, list, type Mapping, mapping, strings } from "../../parse/values.ts";
import { type ContractSide, followOnce } from "./contract-side.ts";

/** A schema object without `$ref` and `allOf`: one of those that must all hold. */
export interface Part {
  readonly file: string;
  readonly pointer: string;
  readonly value: Mapping;
}

/** `oneOf` or `anyOf` with more than one branch that counts. */
export interface Alternatives {
  readonly keyword: "oneOf" | "anyOf";
  readonly branches: readonly Node[];
  readonly at: Part;
}

/** A schema taken apart: everything in it must hold. How it was written down (`$ref`, `allOf`, wrapping for null) leaves no trace. */
export interface SchemaParts {
  readonly parts: readonly Part[];
  readonly alternatives: readonly Alternatives[];
  /** Null is allowed besides: by `nullable`, or by a branch that is nothing but null. */
  readonly nullable: boolean;
  /** `false`, which nothing satisfies. */
  readonly never: boolean;
}

/**
 * Takes schemas apart that must all hold. References are followed, `allOf` and alternatives with one branch are flattened, a null branch becomes
 * `nullable`. Loops end where a schema meets itself.
 */
export function takeApart(schemas: readonly Node[], side: ContractSide): SchemaParts {
  const parts: Part[] = [];
  const alternatives: Alternatives[] = [];
  const seen = new Set<unknown>();
  let nullable = false;
  let never = false;
  const visit = (node: Node): void => {
    if (node.value === false) never = true;
    if (!isMapping(node.value) || seen.has(node.value)) return;
    seen.add(node.value);
    const { $ref, allOf } = node.value;
    if (typeof $ref === "string") {
      const target = followOnce(side, node, $ref);
      if (target) visit(target);
      if (!side.refSiblings) return;
    }
    const part = node as Part;
    parts.push(part);
    if (node.value.nullable === true) nullable = true;
    if (allOf !== undefined) for (const member of members(node, "allOf")) visit(member);
    for (const keyword of ["oneOf", "anyOf"] as const) {
      if (node.value[keyword] === undefined) continue;
      const all = members(node, keyword);
      const branches = all.filter((branch) => !isNull(branch, side));
      if (branches.length < all.length) nullable = true;
      const [only] = branches;
      if (branches.length === 1 && only) visit(only);
      else if (branches.length > 1) alternatives.push({ keyword, branches, at: part });
    }
  };
  for (const schema of schemas) visit(schema);
  return { parts, alternatives, nullable, never };
}

function members(node: Node, keyword: string): Node[] {
  const place = new NodeBelow(node, keyword, undefined);
  return list(mapping(node.value)[keyword]).map((value, index) => new NodeBelow(place, index, value));
}

/** `{ type: "null" }`, written in any of its forms. */
function isNull(node: Node, side: ContractSide): boolean {
  let { value } = node;
  if (isMapping(value) && typeof value.$ref === "string") value = followOnce(side, node, value.$ref)?.value;
  if (!isMapping(value)) return false;
  const types = Array.isArray(value.type) ? strings(value.type) : [value.type];
  if (types.length === 1 && types[0] === "null") return true;
  return (
    value.const === null ||
    (Array.isArray(value.enum) &&
      value.enum.length === 1 &&
      value.enum[0] === null &&
      value.type === undefined)
  );
}
