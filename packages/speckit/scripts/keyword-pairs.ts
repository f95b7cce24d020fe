/** A keyword of JSON Schema in two strengths. */
export interface KeywordPair {
  readonly keyword: string;
  /** The schema without the keyword. */
  readonly without: Schema;
  readonly loose: Schema;
  /** Allows less than `loose`. */
  readonly tight: Schema;
  /** What `loose` allows and `tight` does not; undefined for keywords that only describe. */
  readonly value: unknown;
}

type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const number = { type: "number" };
const list = { type: "array" };
const object = { type: "object" };
const named = (properties: Schema, more: Schema = {}) => ({ ...object, properties, ...more });
const bound = (
  keyword: string,
  without: Schema,
  loose: number,
  tight: number,
  value: unknown,
): KeywordPair => ({
  keyword,
  without,
  loose: { ...without, [keyword]: loose },
  tight: { ...without, [keyword]: tight },
  value,
});
const pairOf = (
  keyword: string,
  without: Schema,
  loose: unknown,
  tight: unknown,
  value: unknown,
): KeywordPair => ({
  keyword,
  without,
  loose: { ...without, [keyword]: loose },
  tight: { ...without, [keyword]: tight },
  value,
});
const whenLong = { properties: { kind: { const: "long" } }, required: ["kind"] };
const then = (required: readonly string[]): Schema =>
  JSON.parse(
    JSON.stringify({ type: "object", if: whenLong, consequence: { required } }).replace(
      "consequence",
      "then",
    ),
  );

/** Every keyword of JSON Schema 2020-12 and OpenAPI 3.1 that says which values are allowed. */
export const keywordPairs: readonly KeywordPair[] = [
  pairOf("type", {}, ["string", "null"], "string", null),
  pairOf("enum", text, ["a", "b"], ["a"], "b"),
  {
    keyword: "const",
    without: text,
    loose: { ...text, enum: ["a", "b"] },
    tight: { ...text, const: "a" },
    value: "b",
  },
  bound("maxLength", text, 5, 3, "four"),
  bound("minLength", text, 1, 3, "ab"),
  pairOf("pattern", text, "^a", "^ab", "ac"),
  pairOf("format", text, undefined, "date", "no date"),
  bound("maximum", number, 10, 5, 7),
  bound("minimum", number, 1, 5, 3),
  bound("exclusiveMaximum", number, 10, 5, 7),
  bound("exclusiveMinimum", number, 1, 5, 3),
  bound("multipleOf", number, 2, 4, 6),
  pairOf("items", list, { type: "number" }, { type: "integer" }, [1.5]),
  pairOf("prefixItems", list, [{ type: "number" }], [{ type: "integer" }], [1.5]),
  pairOf("contains", list, { type: "number" }, { type: "integer" }, [1.5]),
  bound("minContains", { ...list, contains: text }, 1, 2, ["a"]),
  bound("maxContains", { ...list, contains: text }, 3, 1, ["a", "b"]),
  bound("maxItems", list, 5, 1, [1, 2]),
  bound("minItems", list, 1, 3, [1, 2]),
  pairOf("uniqueItems", list, false, true, [1, 1]),
  pairOf("unevaluatedItems", { ...list, prefixItems: [text] }, { type: "number" }, false, ["a", 1]),
  pairOf("properties", object, { a: { type: "number" } }, { a: { type: "integer" } }, { a: 1.5 }),
  pairOf("required", named({ a: text, b: text }), ["a"], ["a", "b"], { a: "x" }),
  pairOf("additionalProperties", named({ a: text }), { type: "number" }, false, { b: 1 }),
  pairOf("unevaluatedProperties", named({ a: text }), { type: "number" }, false, { b: 1 }),
  pairOf(
    "patternProperties",
    object,
    { "^x": { type: "number" } },
    { "^x": { type: "integer" } },
    { x: 1.5 },
  ),
  pairOf("propertyNames", object, { maxLength: 3 }, { maxLength: 1 }, { ab: 1 }),
  bound("maxProperties", object, 3, 1, { a: 1, b: 2 }),
  bound("minProperties", object, 1, 2, { a: 1 }),
  pairOf(
    "dependentRequired",
    named({ a: text, b: text, c: text }),
    { a: ["b"] },
    { a: ["b", "c"] },
    { a: "x", b: "y" },
  ),
  pairOf(
    "dependentSchemas",
    object,
    { a: { required: ["b"] } },
    { a: { required: ["b", "c"] } },
    { a: 1, b: 2 },
  ),
  pairOf("allOf", text, [{ maxLength: 5 }], [{ maxLength: 3 }], "four"),
  pairOf("anyOf", {}, [{ type: "string" }, { type: "number" }], [{ type: "string" }], 1),
  pairOf("oneOf", {}, [{ type: "string" }, { type: "number" }], [{ type: "string" }], 1),
  pairOf("not", text, { const: "a" }, { enum: ["a", "b"] }, "b"),
  {
    keyword: "if, then, else",
    without: object,
    loose: then(["a"]),
    tight: then(["a", "b"]),
    value: { kind: "long", a: 1 },
  },
  pairOf("default", text, "a", "b", undefined),
  pairOf("title", text, "a", "b", undefined),
  pairOf("description", text, "a", "b", undefined),
  pairOf("examples", text, ["a"], ["b"], undefined),
  pairOf("deprecated", text, false, true, undefined),
  pairOf("readOnly", text, false, true, undefined),
  pairOf("writeOnly", text, false, true, undefined),
  pairOf("contentEncoding", text, "base64", "base16", undefined),
  pairOf("contentMediaType", text, "image/png", "image/jpeg", undefined),
  pairOf("$comment", text, "a", "b", undefined),
];

export const changesOfKeyword = ["added", "removed", "narrowed", "widened"] as const;
export type ChangeOfKeyword = (typeof changesOfKeyword)[number];

/** The two versions of a schema that a change is. */
export function versionsOf(
  { without, loose, tight }: KeywordPair,
  change: ChangeOfKeyword,
): [Schema, Schema] {
  if (change === "added") return [without, tight];
  if (change === "removed") return [tight, without];
  return change === "narrowed" ? [loose, tight] : [tight, loose];
}
