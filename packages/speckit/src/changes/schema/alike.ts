import { joinPointer } from "../../parse/pointer.ts";
import type { Node } from "../../parse/references.ts";
import { isMapping, type Mapping } from "../../parse/values.ts";

/** A reference that stands at the same place of two schemas that are written alike. */
export interface SharedReference {
  /** How to get there: `.items[]`. */
  readonly step: string;
  readonly base: Node;
  readonly revision: Node;
}

/** Keywords whose schemas are compared one by one, whatever stands beside them. */
const stepOf: Readonly<Record<string, (name: string) => string>> = {
  properties: (name) => `.${name}`,
  oneOf: () => "",
  anyOf: () => "",
};
/** Keywords that need both schemas as a whole: for them being written alike is not enough. */
const entangled: ReadonlySet<string> = new Set([
  "allOf",
  "not",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "dependencies",
  "patternProperties",
  "prefixItems",
  "contains",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contentSchema",
  "additionalItems",
  "$defs",
  "definitions",
]);

/**
 * For two schemas that say the same in the same words: the references in them, whose targets may still differ. Undefined when the words differ,
 * or when only a full comparison can tell. Most schemas of two versions are alike, and finding that out this way is a hundred times cheaper.
 * `unwritten` marks properties that the writer leaves out, so that nothing about them matters.
 */
export function referencesOfAlike(
  base: Node,
  revision: Node,
  unwritten: "readOnly" | "writeOnly",
): SharedReference[] | undefined {
  const walk = new AlikeWalk(base, revision, unwritten);
  return walk.schemas(base.value, revision.value) ? walk.references : undefined;
}

/** Walks both schemas in step. Pointers are put together only where a reference is found: most schemas have none. */
class AlikeWalk {
  readonly references: SharedReference[] = [];
  readonly #base: Node;
  readonly #revision: Node;
  readonly #unwritten: "readOnly" | "writeOnly";
  readonly #tokens: string[] = [];
  readonly #steps: string[] = [];

  constructor(base: Node, revision: Node, unwritten: "readOnly" | "writeOnly") {
    this.#base = base;
    this.#revision = revision;
    this.#unwritten = unwritten;
  }

  schemas(a: unknown, b: unknown): boolean {
    if (!isMapping(a) || !isMapping(b)) return a === b;
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    if (typeof a.$ref === "string") {
      if (a.$ref !== b.$ref || keys.length > 1) return false;
      this.#found(a, b);
      return true;
    }
    for (const key of keys) {
      if (!Object.hasOwn(b, key) || entangled.has(key) || !this.#keyword(key, a[key], b[key])) return false;
    }
    return true;
  }

  #found(a: Mapping, b: Mapping): void {
    const place = (node: Node, value: unknown) => ({
      file: node.file,
      pointer: joinPointer(node.pointer, ...this.#tokens),
      value,
    });
    this.references.push({
      step: this.#steps.join(""),
      base: place(this.#base, a),
      revision: place(this.#revision, b),
    });
  }

  #keyword(key: string, a: unknown, b: unknown): boolean {
    if (typeof a !== "object" || a === null) return a === b;
    if (key === "items") return this.#below([key], "[]", a, b);
    if (key === "additionalProperties") return this.#below([key], ".*", a, b);
    const stepTo = stepOf[key];
    if (!stepTo) return isEqual(a, b);
    if (typeof b !== "object" || b === null) return false;
    const names = Object.keys(a);
    if (names.length !== Object.keys(b).length) return false;
    for (const name of names) {
      if (!Object.hasOwn(b, name)) return false;
      const left = (a as Mapping)[name];
      const right = (b as Mapping)[name];
      if (key === "properties" && this.#isUnwritten(left) && this.#isUnwritten(right)) continue;
      if (!this.#below([key, name], stepTo(name), left, right)) return false;
    }
    return true;
  }

  #below(tokens: readonly string[], step: string, a: unknown, b: unknown): boolean {
    this.#tokens.push(...tokens);
    this.#steps.push(step);
    const alike = this.schemas(a, b);
    this.#tokens.length -= tokens.length;
    this.#steps.length -= 1;
    return alike;
  }

  #isUnwritten(schema: unknown): boolean {
    return isMapping(schema) && schema[this.#unwritten] === true;
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || Array.isArray(a) !== Array.isArray(b)) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Mapping)[key], (b as Mapping)[key]));
}
