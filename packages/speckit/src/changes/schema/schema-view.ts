import type { Node } from "../../parse/references.ts";
import type { ContractSide } from "./contract-side.ts";
import type { KeywordCollection } from "./keyword-collection.ts";
import { readKeywords } from "./read-keywords.ts";
import { type Alternatives, takeApart } from "./schema-parts.ts";

/** A value together with the node that states it. */
export interface Stated<T> {
  readonly value: T;
  readonly at: { readonly file: string; readonly pointer: string };
}

/** `if` with its `then` and `else`. */
export interface Condition {
  readonly test: Node;
  readonly whenTrue: Node | undefined;
  readonly whenFalse: Node | undefined;
}

/** What a schema says, all its parts together. Two schemas that allow the same look the same here, however they are written. */
export interface SchemaView {
  readonly at: { readonly file: string; readonly pointer: string };
  readonly never: boolean;
  /** Undefined when any type is allowed. `integer` is left out where `number` is in. */
  readonly types: ReadonlySet<string> | undefined;
  readonly nullable: boolean;
  readonly typesAt: Stated<unknown>["at"];
  /** `enum`, or `const` as the only value; as canonical JSON, null left out. */
  readonly values: ReadonlyMap<string, unknown> | undefined;
  readonly valuesAt: Stated<unknown>["at"];
  readonly constant: boolean;
  /** The strictest value of each simple keyword: bounds, lengths, patterns, formats, annotations. */
  readonly keywords: ReadonlyMap<string, Stated<unknown>>;
  readonly patterns: ReadonlyMap<string, Stated<string>>;
  readonly properties: ReadonlyMap<string, readonly Node[]>;
  readonly required: ReadonlyMap<string, Stated<string>>;
  readonly patternProperties: ReadonlyMap<string, readonly Node[]>;
  readonly dependentRequired: ReadonlyMap<string, Stated<readonly string[]>>;
  readonly dependentSchemas: ReadonlyMap<string, readonly Node[]>;
  readonly prefixItems: readonly (readonly Node[])[];
  /** Keywords whose value is one schema: `items`, `contains`, `additionalProperties`, `not`, …; all that must hold. */
  readonly subschemas: ReadonlyMap<string, readonly Node[]>;
  readonly conditions: readonly Condition[];
  readonly alternatives: readonly Alternatives[];
  readonly discriminator:
    | Stated<{ readonly property: unknown; readonly mapping: Readonly<Record<string, unknown>> }>
    | undefined;
}

/** Reads the schemas that must all hold as one. */
export function viewSchema(schemas: readonly Node[], side: ContractSide): SchemaView {
  const { parts, alternatives, nullable, never } = takeApart(schemas, side);
  const first = parts[0] ?? schemas[0] ?? { file: side.file, pointer: "" };
  const at = { file: first.file, pointer: first.pointer };
  const read = readKeywords(parts);
  return {
    at,
    never,
    alternatives,
    nullable: nullable || allowsNull(read),
    types: read.types,
    typesAt: read.typesAt ?? at,
    values: read.values,
    valuesAt: read.valuesAt ?? at,
    constant: read.constant,
    keywords: read.keywords,
    patterns: read.patterns,
    properties: read.properties,
    required: read.required,
    patternProperties: read.patternProperties,
    dependentRequired: read.dependentRequired,
    dependentSchemas: read.dependentSchemas,
    prefixItems: read.prefixItems,
    subschemas: read.subschemas,
    conditions: read.conditions,
    discriminator: read.discriminator,
  };
}

/** Null passes what says nothing about types and values, and what lists it in each of the two that it has. */
function allowsNull({ types, values, nullType, nullValue }: KeywordCollection): boolean {
  return (types === undefined || nullType) && (values === undefined || nullValue);
}
