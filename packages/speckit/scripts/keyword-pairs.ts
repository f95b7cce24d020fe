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
const with_ = (
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
  with_("type", {}, ["string", "null"], "string", null),
  with_("enum", text, ["a", "b"], ["a"], "b"),
  {
    keyword: "const",
    without: text,
    loose: { ...text, enum: ["a", "b"] },
    tight: { ...text, const: "a" },
    value: "b",
  },
  bound("maxLength", text, 5, 3, "four"),
  bound("minLength", text, 1, 3, "ab"),
  with_("pattern", text, "^a", "^ab", "ac"),
  with_("format", text, undefined, "date", "no date"),
  bound("maximum", number, 10, 5, 7),
  bound("minimum", number, 1, 5, 3),
  bound("exclusiveMaximum", number, 10, 5, 7),
  bound("exclusiveMinimum", number, 1, 5, 3),
  bound("multipleOf", number, 2, 4, 6),
  with_("items", list, { type: "number" }, { type: "integer" }, [1.5]),
  with_("prefixItems", list, [{ type: "number" }], [{ type: "integer" }], [1.5]),
  with_("contains", list, { type: "number" }, { type: "integer" }, [1.5]),
  bound("minContains", { ...list, contains: text }, 1, 2, ["a"]),
  bound("maxContains", { ...list, contains: text }, 3, 1, ["a", "b"]),
  bound("maxItems", list, 5, 1, [1, 2]),
  bound("minItems", list, 1, 3, [1, 2]),
  with_("uniqueItems", list, false, true, [1, 1]),
  with_("unevaluatedItems", { ...list, prefixItems: [text] }, { type: "number" }, false, ["a", 1]),
  with_("properties", object, { a: { type: "number" } }, { a: { type: "integer" } }, { a: 1.5 }),
  with_("required", named({ a: text, b: text }), ["a"], ["a", "b"], { a: "x" }),
  with_("additionalProperties", named({ a: text }), { type: "number" }, false, { b: 1 }),
  with_("unevaluatedProperties", named({ a: text }), { type: "number" }, false, { b: 1 }),
  with_("patternProperties", object, { "^x": { type: "number" } }, { "^x": { type: "integer" } }, { x: 1.5 }),
  with_("propertyNames", object, { maxLength: 3 }, { maxLength: 1 }, { ab: 1 }),
  bound("maxProperties", object, 3, 1, { a: 1, b: 2 }),
  bound("minProperties", object, 1, 2, { a: 1 }),
  with_(
    "dependentRequired",
    named({ a: text, b: text, c: text }),
    { a: ["b"] },
    { a: ["b", "c"] },
    { a: "x", b: "y" },
  ),
  with_(
    "dependentSchemas",
    object,
    { a: { required: ["b"] } },
    { a: { required: ["b", "c"] } },
    { a: 1, b: 2 },
  ),
  with_("allOf", text, [{ maxLength: 5 }], [{ maxLength: 3 }], "four"),
  with_("anyOf", {}, [{ type: "string" }, { type: "number" }], [{ type: "string" }], 1),
  with_("oneOf", {}, [{ type: "string" }, { type: "number" }], [{ type: "string" }], 1),
  with_("not", text, { const: "a" }, { enum: ["a", "b"] }, "b"),
  {
    keyword: "if, then, else",
    without: object,
    loose: then(["a"]),
    tight: then(["a", "b"]),
    value: { kind: "long", a: 1 },
  },
  with_("default", text, "a", "b", undefined),
  with_("title", text, "a", "b", undefined),
  with_("description", text, "a", "b", undefined),
  with_("examples", text, ["a"], ["b"], undefined),
  with_("deprecated", text, false, true, undefined),
  with_("readOnly", text, false, true, undefined),
  with_("writeOnly", text, false, true, undefined),
  with_("contentEncoding", text, "base64", "base16", undefined),
  with_("contentMediaType", text, "image/png", "image/jpeg", undefined),
  with_("$comment", text, "a", "b", undefined),
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
