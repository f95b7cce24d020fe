import type { JsonSchema } from "../model/callable-operation.ts";
import { type LoadValue, type Node, NodeBelow, resolveReference } from "./references.ts";
import { isMapping, list, type Mapping, mapping, strings, text } from "./values.ts";

/** Who writes the message. What the writer never sends is left out of a request and forbidden in an answer. */
export type Writer = "client" | "service";

/** How a document means its schemas. */
export interface SchemaDialect {
  /** `nullable`, and exclusive bounds as marks: OpenAPI 3.0 and Swagger. */
  readonly isOld: boolean;
  /** The value of a file; of the document itself too. */
  readonly rootOf: LoadValue;
}

const one = new Set([
  "not",
  "if",
  "then",
  "else",
  "items",
  "contains",
  "additionalProperties",
  "propertyNames",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
const several = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const named = new Set(["properties", "patternProperties", "dependentSchemas"]);
const types = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const isNumber = (value: unknown) => typeof value === "number";
const isType = (value: unknown) => typeof value === "string" && types.has(value);
const isName = (value: unknown) => typeof value === "string";
const anything = () => true;

/**
 * What is taken over as it is, where it is what it must be: that it is something else is a finding elsewhere. Every other keyword says nothing about
 * which values are valid.
 */
const plain: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["type", (value) => isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType))],
  ["enum", Array.isArray],
  ["const", anything],
  ...[
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
  ].map((keyword) => [keyword, isNumber] as const),
  ["uniqueItems", (value) => typeof value === "boolean"],
  ["format", isName],
  ["pattern", isPattern],
  ["required", (value) => Array.isArray(value) && value.every(isName)],
  [
    "dependentRequired",
    (value) =>
      isMapping(value) && Object.values(value).every((names) => Array.isArray(names) && names.every(isName)),
  ],
  ["contentMediaType", isName],
  ["default", anything],
  ["example", anything],
  ["examples", Array.isArray],
]);

/**
 * The schema at a node as JSON Schema 2020-12 that stands alone, as the writer of the message must keep to it. References that lead nowhere allow
 * everything: that they do is a finding elsewhere.
 */
export function selfContainedSchema(node: Node, writer: Writer, dialect: SchemaDialect): JsonSchema {
  return new SchemaCollector(writer, dialect).collect(node);
}

class SchemaCollector {
  readonly #writer: Writer;
  readonly #dialect: SchemaDialect;
  readonly #names = new Map<string, string>();
  readonly #defs: Record<string, JsonSchema> = {};

  constructor(writer: Writer, dialect: SchemaDialect) {
    this.#writer = writer;
    this.#dialect = dialect;
  }

  collect(node: Node): JsonSchema {
    const schema = this.#convert(node);
    return typeof schema === "boolean" || Object.keys(this.#defs).length === 0
      ? schema
      : { ...schema, $defs: this.#defs };
  }

  #convert(node: Node): JsonSchema {
    const { value } = node;
    if (typeof value === "boolean") return value;
    if (!isMapping(value)) return true;
    const reference = text(value.$ref) ?? text(value.$dynamicRef);
    const target = reference === undefined ? undefined : this.#refer(reference, node);
    if (reference !== undefined && this.#dialect.isOld) return target ?? true;
    const own = this.#keywords(node, value);
    if (target === undefined) return own;
    return Object.keys(own).length === 0 ? target : { ...own, allOf: [...list(own.allOf), target] };
  }

  #refer(reference: string, from: Node): { $ref: string } | undefined {
    const { rootOf } = this.#dialect;
    const resolution = resolveReference(reference, from, rootOf(from.file), rootOf);
    if (resolution.kind !== "found") return undefined;
    const { file, pointer } = resolution.node;
    const known = this.#names.get(`${file}#${pointer}`);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const word = (pointer.split("/").at(-1) ?? "").replace(/\W/g, "") || "schema";
    const name = word in this.#defs ? `${word}_${this.#names.size}` : word;
    this.#names.set(`${file}#${pointer}`, name);
    this.#defs[name] = true;
    this.#defs[name] = this.#convert(resolution.node);
    return { $ref: `#/$defs/${name}` };
  }

  #keywords(node: Node, schema: Mapping): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    const below = (parent: Node, key: string | number, value: unknown) =>
      this.#convert(new NodeBelow(parent, key, value));
    for (const [keyword, value] of Object.entries(schema)) {
      const child = new NodeBelow(node, keyword, value);
      if (plain.get(keyword)?.(value) === true) out[keyword] = value;
      else if (keyword === "items" && Array.isArray(value))
        out.prefixItems = value.map((item, index) => below(child, index, item));
      else if (one.has(keyword)) out[keyword] = this.#convert(child);
      else if (several.has(keyword))
        out[keyword] = list(value).map((item, index) => below(child, index, item));
      else if (named.has(keyword))
        out[keyword] = Object.fromEntries(
          Object.entries(mapping(value)).map(([name, item]) => [name, below(child, name, item)]),
        );
    }
    this.#leaveUnwritten(node, schema, out);
    discriminate(schema, out);
    if (this.#dialect.isOld) modernise(schema, out);
    return out;
  }

  /** `readOnly` properties are not for clients to send; `writeOnly` ones, such as passwords, never come back. */
  #leaveUnwritten(node: Node, schema: Mapping, out: Record<string, unknown>): void {
    const properties = mapping(schema.properties);
    const mark = this.#writer === "client" ? "readOnly" : "writeOnly";
    const parent = new NodeBelow(node, "properties", properties);
    const unwritten = Object.entries(properties)
      .filter(([name, value]) => this.#follow(new NodeBelow(parent, name, value))[mark] === true)
      .map(([name]) => name);
    if (unwritten.length === 0) return;
    if (Array.isArray(out.required))
      out.required = strings(out.required).filter((name) => !unwritten.includes(name));
    const kept = { ...mapping(out.properties) };
    for (const name of unwritten) kept[name] = false;
    out.properties = kept;
  }

  #follow(node: Node): Mapping {
    const { $ref } = mapping(node.value);
    if (typeof $ref !== "string") return mapping(node.value);
    const { rootOf } = this.#dialect;
    const resolution = resolveReference($ref, node, rootOf(node.file), rootOf);
    return { ...(resolution.kind === "found" ? mapping(resolution.node.value) : {}), ...mapping(node.value) };
  }
}

/** What JavaScript cannot read as a regular expression holds nobody. */
function isPattern(value: unknown): boolean {
  try {
    return typeof value === "string" && new RegExp(value, "u") !== undefined;
  } catch {
    return false;
  }
}

/** With a discriminator each alternative is known by the value of one property: its name, or what the mapping calls it. */
function discriminate(schema: Mapping, out: Record<string, unknown>): void {
  const { propertyName, mapping: names } = mapping(schema.discriminator);
  const property = text(propertyName);
  if (property === undefined) return;
  const written = Object.entries(mapping(names));
  for (const keyword of ["oneOf", "anyOf"]) {
    const branches = list(schema[keyword]);
    const converted = list(out[keyword]);
    if (branches.length === 0) continue;
    out[keyword] = branches.map((branch, index) => {
      const reference = text(mapping(branch).$ref);
      if (reference === undefined) return converted[index];
      const last = reference.split("/").at(-1) ?? "";
      const own = written
        .filter(([, target]) => target === reference || target === last)
        .map(([name]) => name);
      const values = own.length > 0 ? own : [last];
      return {
        allOf: [converted[index], { required: [property], properties: { [property]: { enum: values } } }],
      };
    });
  }
}

/** Keywords of OpenAPI 3.0 that JSON Schema 2020-12 writes in another way. */
function modernise(schema: Mapping, out: Record<string, unknown>): void {
  for (const [exclusive, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue;
    delete out[exclusive];
    if (schema[exclusive] !== true || out[bound] === undefined) continue;
    out[exclusive] = out[bound];
    delete out[bound];
  }
  if (schema.nullable !== true || out.type === undefined) return;
  out.type = [...(Array.isArray(out.type) ? out.type : [out.type]), "null"];
  if (Array.isArray(out.enum) && !out.enum.includes(null)) out.enum = [...out.enum, null];
}
