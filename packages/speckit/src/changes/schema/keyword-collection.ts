import { type Node, NodeBelow } from "../../parse/references.ts";
import { canonical } from "./canonical.ts";
import type { Part } from "./schema-parts.ts";
import type { Condition, Stated } from "./schema-view.ts";

type Place = Stated<unknown>["at"];

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/** Gathers what the parts of one schema say. Most schemas say little, so maps exist only once something is in them. */
export class KeywordCollection {
  types: Set<string> | undefined;
  typesAt: Place | undefined;
  values: Map<string, unknown> | undefined;
  valuesAt: Place | undefined;
  constant = false;
  /** Null is among the listed types, or among the listed values. */
  nullType = false;
  nullValue = false;
  keywords: ReadonlyMap<string, Stated<unknown>> = nothing;
  patterns: ReadonlyMap<string, Stated<string>> = nothing;
  properties: ReadonlyMap<string, readonly Node[]> = nothing;
  required: ReadonlyMap<string, Stated<string>> = nothing;
  patternProperties: ReadonlyMap<string, readonly Node[]> = nothing;
  dependentRequired: ReadonlyMap<string, Stated<readonly string[]>> = nothing;
  dependentSchemas: ReadonlyMap<string, readonly Node[]> = nothing;
  subschemas: ReadonlyMap<string, readonly Node[]> = nothing;
  readonly prefixItems: Node[][] = [];
  readonly conditions: Condition[] = [];
  discriminator:
    | Stated<{ readonly property: unknown; readonly mapping: Readonly<Record<string, unknown>> }>
    | undefined;

  /** Types that all parts allow; `number` allows what `integer` allows. */
  restrictTypes(names: readonly string[], at: Place): void {
    const own = new Set(names);
    this.nullType = own.delete("null") && (this.types === undefined || this.nullType);
    const allows = (set: ReadonlySet<string>, type: string) =>
      set.has(type) || (type === "integer" && set.has("number"));
    const before = this.types;
    this.types = before
      ? new Set([...before, ...own].filter((type) => allows(before, type) && allows(own, type)))
      : own;
    if (this.types.has("number")) this.types.delete("integer");
    this.typesAt = at;
  }

  /** Values that all parts allow. */
  restrictValues(listed: readonly unknown[], constant: boolean, at: Place): void {
    if (listed.includes(null)) this.nullValue = true;
    const own = new Map(listed.filter((value) => value !== null).map((value) => [canonical(value), value]));
    const before = this.values;
    this.values = before ? new Map([...own].filter(([key]) => before.has(key))) : own;
    this.valuesAt = at;
    this.constant ||= constant;
  }

  /** Keeps the strictest value of a keyword; where nothing is stricter, the first. */
  keep(
    keyword: string,
    value: unknown,
    at: Place,
    isStricter: (than: number) => boolean = () => false,
  ): void {
    const known = this.keywords.get(keyword);
    if (known && !isStricter(known.value as number)) return;
    this.keywords = put(this.keywords, keyword, { value, at });
  }

  keepPattern(pattern: string, at: Place): void {
    this.patterns = put(this.patterns, pattern, { value: pattern, at });
  }

  require(name: string, at: Place): void {
    this.required = put(this.required, name, { value: name, at });
  }

  requireWith(trigger: string, names: readonly string[], at: Place): void {
    this.dependentRequired = put(this.dependentRequired, trigger, { value: names, at });
  }

  /** One more schema that must hold for what is called `name`. */
  addSchema(
    group: "properties" | "patternProperties" | "dependentSchemas" | "subschemas",
    name: string,
    node: Node,
  ): void {
    const known = this[group].get(name);
    this[group] = put(this[group], name, known ? [...known, node] : [node]);
  }
}

function put<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  const own = (map === nothing ? new Map<string, T>() : map) as Map<string, T>;
  own.set(key, value);
  return own;
}

/** The node below a part. */
export function nodeOf(part: Part, value: unknown, keyword: string, member?: string | number): Node {
  const node = new NodeBelow(part, keyword, value);
  return member === undefined ? node : new NodeBelow(node, member, value);
}
