import { type Node, NodeBelow } from "../references.ts";
import { isMapping, list, type Mapping, mapping, text } from "../values.ts";

const primitives: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
]);

/** A record, enum or fixed with the node that defines it. */
export interface NamedType {
  readonly name: string;
  readonly node: Node;
}

/** A type at some place of a schema, with names looked up. */
export interface AvroType {
  /** `record`, `enum`, `fixed`, `array`, `map`, `union`, a primitive, or `unknown`. */
  readonly kind: string;
  /** Of named types, with the namespace. */
  readonly name: string;
  readonly node: Node;
}

/** The name of a record, enum or fixed with its namespace; `around` is the namespace of what it stands in. */
export function fullName(type: Mapping, around: string): string {
  const name = text(type.name) ?? "";
  if (name.includes(".")) return name;
  const space = text(type.namespace) ?? around;
  return space === "" ? name : `${space}.${name}`;
}

/** All types of one schema, and how names in it are meant. */
export class AvroTypes {
  /** Names that mean nothing. */
  readonly unknown: { readonly name: string; readonly at: { file: string; pointer: string } }[] = [];
  readonly #named = new Map<string, NamedType>();
  /** The namespace that holds at each definition, for names within. */
  readonly #spaces = new Map<unknown, string>();
  readonly #root: Node;

  constructor(root: Node) {
    this.#root = root;
    this.#collect(root, "", 0);
  }

  named(): NamedType[] {
    return [...this.#named.values()];
  }

  /** What the whole schema describes: of a list of definitions the last, which the others are there for. */
  root(): AvroType {
    const { value } = this.#root;
    return Array.isArray(value) && value.every((item) => isMapping(item) && item.name !== undefined)
      ? this.typeOf(new NodeBelow(this.#root, value.length - 1, value.at(-1)), "")
      : this.typeOf(this.#root, "");
  }

  /** The type that stands at a node; `space` is the namespace around it. */
  typeOf(node: Node, space: string): AvroType {
    const { value } = node;
    if (typeof value === "string") return this.#typeNamed(value, node, space);
    if (Array.isArray(value)) return { kind: "union", name: "", node };
    const { type } = mapping(value);
    if (isMapping(type) || Array.isArray(type)) return this.typeOf(new NodeBelow(node, "type", type), space);
    const kind = text(type) ?? "unknown";
    if (["record", "error", "enum", "fixed"].includes(kind))
      return { kind: kind === "error" ? "record" : kind, name: fullName(mapping(value), space), node };
    if (kind === "array" || kind === "map") return { kind, name: "", node };
    return this.#typeNamed(kind, node, space);
  }

  /** The namespace that holds inside a type. */
  spaceIn({ name, node }: AvroType, around: string): string {
    return this.#spaces.get(node.value) ?? (name.includes(".") ? namespaceOf(name) : around);
  }

  #typeNamed(name: string, node: Node, space: string): AvroType {
    if (primitives.has(name)) return { kind: name, name: "", node };
    const found = this.#named.get(qualified(name, space)) ?? this.#named.get(name);
    if (!found) return { kind: "unknown", name, node };
    const kind = text(mapping(found.node.value).type) ?? "unknown";
    return { kind: kind === "error" ? "record" : kind, name: found.name, node: found.node };
  }

  #collect(node: Node, space: string, depth: number): void {
    const { value } = node;
    if (depth > 200) return;
    if (typeof value === "string") this.#check(value, node, space);
    else if (Array.isArray(value))
      value.forEach((item, index) => {
        this.#collect(new NodeBelow(node, index, item), space, depth + 1);
      });
    else if (isMapping(value)) this.#collectFrom(value, node, space, depth);
  }

  #collectFrom(value: Mapping, node: Node, space: string, depth: number): void {
    const { type } = value;
    const below = (key: string, from: Node = node) => new NodeBelow(from, key, mapping(from.value)[key]);
    if (typeof type !== "string") {
      if (type !== undefined) this.#collect(below("type"), space, depth + 1);
    } else if (["record", "error", "enum", "fixed"].includes(type)) {
      const name = fullName(value, space);
      const inside = namespaceOf(name);
      this.#named.set(name, { name, node });
      this.#spaces.set(value, inside);
      const fields = below("fields");
      list(fields.value).forEach((field, index) => {
        const at = new NodeBelow(fields, index, field);
        if (isMapping(field) && field.type !== undefined) this.#collect(below("type", at), inside, depth + 1);
      });
    } else if (type === "array") this.#collect(below("items"), space, depth + 1);
    else if (type === "map") this.#collect(below("values"), space, depth + 1);
    else this.#check(type, below("type"), space);
  }

  #check(name: string, { file, pointer }: Node, space: string): void {
    if (!primitives.has(name) && !this.#named.has(qualified(name, space)) && !this.#named.has(name))
      this.unknown.push({ name, at: { file, pointer } });
  }
}

function qualified(name: string, space: string): string {
  return name.includes(".") || space === "" ? name : `${space}.${name}`;
}

function namespaceOf(name: string): string {
  return name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
}
