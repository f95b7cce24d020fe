import { joinPointer } from "../../parse/pointer.ts";
import { isMapping, list, mapping, strings } from "../../parse/values.ts";
import { KeywordCollection, nodeOf } from "./keyword-collection.ts";
import type { Part } from "./schema-parts.ts";

type ReadKeyword = (into: KeywordCollection, part: Part, value: unknown, keyword: string) => void;

/** Reads what all parts of a schema say, each keyword once. */
export function readKeywords(parts: readonly Part[]): KeywordCollection {
  const collection = new KeywordCollection();
  for (const part of parts) {
    for (const keyword of Object.keys(part.value))
      readers[keyword]?.(collection, part, part.value[keyword], keyword);
  }
  return collection;
}

function at({ file, pointer }: Part, keyword: string): { file: string; pointer: string } {
  return { file, pointer: joinPointer(pointer, keyword) };
}

const upper: ReadKeyword = (into, part, value, keyword) => {
  if (typeof value === "number") into.keep(keyword, value, at(part, keyword), (than) => value < than);
};

const lower: ReadKeyword = (into, part, value, keyword) => {
  if (typeof value === "number") into.keep(keyword, value, at(part, keyword), (than) => value > than);
};

/** In OpenAPI 3.0 and draft 4 `exclusiveMaximum: true` makes `maximum` exclusive. */
const modifiable =
  (read: ReadKeyword, modifier: string): ReadKeyword =>
  (into, part, value, keyword) =>
    read(into, part, value, part.value[modifier] === true ? modifier : keyword);

const first: ReadKeyword = (into, part, value, keyword) => {
  if (value !== false) into.keep(keyword, value, at(part, keyword));
};

/** A keyword whose value is one schema; `true` and `{}` allow everything, as saying nothing does. */
const subschema: ReadKeyword = (into, part, value, keyword) => {
  if (value === false || (isMapping(value) && Object.keys(value).length > 0)) {
    into.addSchema("subschemas", keyword, nodeOf(part, value, keyword));
  }
};

const named =
  (group: "properties" | "patternProperties" | "dependentSchemas"): ReadKeyword =>
  (into, part, value, keyword) => {
    const members = mapping(value);
    for (const name of Object.keys(members))
      into.addSchema(group, name, nodeOf(part, members[name], keyword, name));
  };

const positions: ReadKeyword = (into, part, value, keyword) => {
  list(value).forEach((schema, index) => {
    into.prefixItems[index] ??= [];
    into.prefixItems[index].push(nodeOf(part, schema, keyword, index));
  });
};

/** Draft 7 has both kinds of dependencies under one keyword. */
const dependencies: ReadKeyword = (into, part, value, keyword) => {
  for (const [trigger, needed] of Object.entries(mapping(value))) {
    if (Array.isArray(needed)) into.requireWith(trigger, strings(needed), at(part, keyword));
    else into.addSchema("dependentSchemas", trigger, nodeOf(part, needed, keyword, trigger));
  }
};

const readers: Readonly<Record<string, ReadKeyword>> = {
  type: (into, part, value) => {
    const names = typeof value === "string" ? [value] : strings(value);
    if (names.length > 0) into.restrictTypes(names, at(part, "type"));
  },
  enum: (into, part, value) => {
    if (Array.isArray(value) && !("const" in part.value)) into.restrictValues(value, false, at(part, "enum"));
  },
  const: (into, part, value) => into.restrictValues([value], true, at(part, "const")),
  pattern: (into, part, value) => {
    if (typeof value === "string") into.keepPattern(value, at(part, "pattern"));
  },
  maximum: modifiable(upper, "exclusiveMaximum"),
  minimum: modifiable(lower, "exclusiveMinimum"),
  exclusiveMaximum: upper,
  exclusiveMinimum: lower,
  maxLength: upper,
  minLength: lower,
  maxItems: upper,
  minItems: lower,
  maxProperties: upper,
  minProperties: lower,
  maxContains: upper,
  minContains: lower,
  multipleOf: first,
  uniqueItems: first,
  format: first,
  default: (into, part, value) => into.keep("default", value, at(part, "default")),
  readOnly: first,
  writeOnly: first,
  deprecated: first,
  contentEncoding: first,
  contentMediaType: first,
  "x-sunset": first,
  "x-stability-level": first,
  "x-extensible-enum": first,
  properties: named("properties"),
  patternProperties: named("patternProperties"),
  dependentSchemas: named("dependentSchemas"),
  required: (into, part, value) => {
    for (const name of strings(value)) into.require(name, at(part, "required"));
  },
  dependentRequired: dependencies,
  dependencies,
  prefixItems: positions,
  items: (into, part, value, keyword) =>
    (Array.isArray(value) ? positions : subschema)(into, part, value, keyword),
  // Says what follows the positions of an `items` list; without one it says nothing.
  additionalItems: (into, part, value) => {
    if (Array.isArray(part.value.items))
      into.addSchema("subschemas", "items", nodeOf(part, value, "additionalItems"));
  },
  contains: subschema,
  additionalProperties: subschema,
  propertyNames: subschema,
  not: subschema,
  unevaluatedProperties: subschema,
  unevaluatedItems: subschema,
  contentSchema: subschema,
  if: (into, part, value) => {
    const branch = (keyword: "then" | "else") =>
      part.value[keyword] === undefined ? undefined : nodeOf(part, part.value[keyword], keyword);
    into.conditions.push({
      test: nodeOf(part, value, "if"),
      whenTrue: branch("then"),
      whenFalse: branch("else"),
    });
  },
  discriminator: (into, part, value) => {
    const { propertyName, mapping: names } = mapping(value);
    into.discriminator ??= {
      value: { property: propertyName, mapping: mapping(names) },
      at: at(part, "discriminator"),
    };
  },
};
