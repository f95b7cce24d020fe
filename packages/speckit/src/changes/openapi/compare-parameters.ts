import { type Node, placeOf } from "../../parse/references.ts";
import { list, mapping, text } from "../../parse/values.ts";
import type { Fact } from "../change.ts";
import type { ContractSide } from "../schema/contract-side.ts";
import type { OperationPair } from "./compare-openapi.ts";
import { announced, compareLifecycle } from "./lifecycle.ts";
import { below, memberOf, type OperationNode } from "./operations.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly node: Node;
  /** Whose parameter it is: the operation's own, or its path's. */
  readonly owner: Node;
}

/** Parameters in path, query, header and cookie: which there are, whether they must be given, what they may be. */
export function compareParameters(pair: OperationPair): void {
  const before = parametersOf(pair.before, pair.base);
  const after = parametersOf(pair.after, pair.revision);
  for (const [key, parameter] of before) {
    const counterpart = after.get(key);
    if (counterpart) compareParameter(pair, parameter, counterpart);
    else removed(pair, parameter);
  }
  for (const [key, parameter] of after) {
    if (!before.has(key)) added(pair, parameter);
  }
}

/** Parameters by what tells them apart on the wire: path parameters by position, headers without case. */
function parametersOf({ item, node, path }: OperationNode, side: ContractSide): Map<string, Parameter> {
  const positions = [...path.matchAll(/\{([^}/]*)\}/g)].map(([, name]) => name);
  const found = new Map<string, Parameter>();
  for (const owner of [item, node]) {
    list(mapping(owner.value).parameters).forEach((_, index) => {
      const parameter = memberOf(side, owner, "parameters", index);
      const members = mapping(parameter.value);
      const name = text(members.name) ?? "";
      const where = text(members.in) ?? "";
      // Tools ignore header parameters of these names, says the specification: they are described elsewhere.
      if (where === "header" && /^(?:accept|content-type|authorization)$/i.test(name)) return;
      const key =
        where === "path"
          ? `path ${positions.indexOf(name)}`
          : `${where} ${where === "header" ? name.toLowerCase() : name}`;
      found.set(key, {
        name,
        in: where,
        required: members.required === true || where === "path",
        node: parameter,
        owner: below(owner, "parameters", index),
      });
    });
  }
  return found;
}

function locationOf({ name, in: where }: Parameter): string {
  return `request.${where}.${name}`;
}

function removed({ after, today, note }: OperationPair, parameter: Parameter): void {
  note(
    {
      kind: "parameter-removed",
      effect: "none",
      name: parameter.name,
      before: parameter.name,
      after: null,
      base: placeOf(parameter.node),
      revision: placeOf(after.node),
      traits: { in: parameter.in, required: parameter.required, ...announced(parameter.node, today) },
    },
    "request",
    locationOf(parameter),
  );
}

function added({ before, note }: OperationPair, parameter: Parameter): void {
  const { required, name, node } = parameter;
  note(
    {
      kind: required ? "required-parameter-added" : "parameter-added",
      effect: required ? "narrowed" : "widened",
      name,
      before: null,
      after: name,
      base: placeOf(before.node),
      revision: placeOf(node),
      traits: { in: parameter.in, required },
    },
    "request",
    locationOf(parameter),
  );
}

function compareParameter(pair: OperationPair, before: Parameter, after: Parameter): void {
  const location = locationOf(after);
  const note = (fact: Fact) => pair.note(fact, "request", location);
  const places = { base: placeOf(before.node), revision: placeOf(after.node) };
  if (before.required !== after.required) {
    note({
      kind: after.required ? "parameter-became-required" : "parameter-became-optional",
      effect: after.required ? "narrowed" : "widened",
      name: after.name,
      before: before.required ? "required" : null,
      after: after.required ? "required" : null,
      ...places,
      traits: { in: after.in },
    });
  }
  for (const fact of compareLifecycle(before.node, after.node, after.name, pair.today)) note(fact);
  compareStyle(note, before, after);
  const [old, now] = [schemaOf(before, pair.base), schemaOf(after, pair.revision)];
  pair.schemas([old.schema], [now.schema], "request", location, {
    textual: old.textual && now.textual,
    parameter: after.in,
  });
}

/** A parameter is described by a schema, written as text, or by one media type. */
function schemaOf({ node }: Parameter, side: ContractSide): { schema: Node; textual: boolean } {
  const [mediaType] = Object.keys(mapping(mapping(node.value).content));
  if (mediaType === undefined) return { schema: below(node, "schema"), textual: true };
  return { schema: below(memberOf(side, node, "content", mediaType), "schema"), textual: false };
}

const defaultStyles: Readonly<Record<string, string>> = {
  query: "form",
  cookie: "form",
  path: "simple",
  header: "simple",
};

/** How lists and objects are written: another style is another text on the wire. */
function compareStyle(note: (fact: Fact) => void, before: Parameter, after: Parameter): void {
  const [old, now] = [styleOf(before), styleOf(after)];
  if (old === now || !isCompound(before) || !isCompound(after)) return;
  note({
    kind: "parameter-style-changed",
    effect: "replaced",
    name: after.name,
    before: old,
    after: now,
    base: placeOf(before.node),
    revision: placeOf(after.node),
    traits: { in: after.in },
  });
}

function styleOf({ node, in: where }: Parameter): string {
  const members = mapping(node.value);
  const style = text(members.style) ?? defaultStyles[where] ?? "form";
  const explode = members.explode ?? (style === "form" || style === "cookie");
  return `${style}${explode === true ? ", exploded" : ""}`;
}

function isCompound({ node }: Parameter): boolean {
  const { type, $ref } = mapping(mapping(node.value).schema);
  return typeof $ref === "string" || type === "array" || type === "object" || Array.isArray(type);
}
