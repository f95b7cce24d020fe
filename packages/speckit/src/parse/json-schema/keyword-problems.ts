import { closest } from "fastest-levenshtein";
import { isMapping, type Mapping } from "../values.ts";
import { judgeRegularExpression } from "./regular-expression.ts";
import { type KeywordRule, quote, type SchemaProblem } from "./schema-problem.ts";

type Problems = readonly SchemaProblem[];
const none: Problems = [];
const error = (message: string, ...path: (string | number)[]): Problems => [
  { path, message, severity: "error" },
];
const warning = (message: string, ...path: (string | number)[]): Problems => [
  { path, message, severity: "warning" },
];

const types = ["array", "boolean", "integer", "null", "number", "object", "string"];
/** Types of programming languages, by the JSON Schema type that is meant. */
const meant: Readonly<Record<string, string>> = {
  int: "integer",
  int32: "integer",
  int64: "integer",
  long: "integer",
  float: "number",
  double: "number",
  decimal: "number",
  bool: "boolean",
  str: "string",
  text: "string",
  date: "string",
  datetime: "string",
  "date-time": "string",
  timestamp: "string",
  uuid: "string",
  file: "string",
  list: "array",
  map: "object",
  dict: "object",
};

const type: KeywordRule = ({ type: value }) =>
  Array.isArray(value)
    ? value.flatMap((item, index) => oneType(item, "type", index))
    : oneType(value, "type");

function oneType(value: unknown, ...path: (string | number)[]): Problems {
  if (typeof value === "string" && types.includes(value)) return none;
  if (value === null)
    return error("'type' is empty; the type of null is written in quotes: \"null\".", ...path);
  if (typeof value !== "string") return error(`${quote(value)} is no type.`, ...path);
  const nearest = meant[value.toLowerCase()] ?? closest(value.toLowerCase(), types);
  return error(`'${value}' is no type of JSON Schema. Did you mean '${nearest}'?`, ...path);
}

const pattern: KeywordRule = ({ pattern: value }) =>
  typeof value === "string"
    ? expression(value, "pattern")
    : error(`'pattern' is ${quote(value)}, not a text.`, "pattern");

const patterns: KeywordRule = (schema, _, keyword) => {
  const value = schema[keyword];
  return isMapping(value)
    ? Object.keys(value).flatMap((source) => expression(source, keyword, source))
    : error(`'${keyword}' is ${quote(value)}, not an object.`, keyword);
};

function expression(source: string, ...path: string[]): Problems {
  const verdict = judgeRegularExpression(source);
  if (verdict === "valid") return none;
  if (verdict === "invalid") return error(`'${source}' is no valid regular expression.`, ...path);
  const message = `'${source}' is no regular expression of ECMA-262, which JSON Schema asks for; readers in some languages refuse it.`;
  return warning(message, ...path);
}

const number: KeywordRule = (schema, dialect, keyword) => {
  const value = schema[keyword];
  if (typeof value === "number") return none;
  const isMark = typeof value === "boolean" && keyword.startsWith("exclusive");
  if (!isMark) return error(`'${keyword}' is ${quote(value)}, not a number.`, keyword);
  if (dialect !== "2020-12") return none;
  const message = `'${keyword}' is ${value}, as in OpenAPI 3.0; since 3.1 it is the bound itself, a number.`;
  return warning(message, keyword);
};

const count: KeywordRule = (schema, _, keyword) => {
  const value = schema[keyword];
  return typeof value === "number" && Number.isInteger(value) && value >= 0
    ? none
    : error(`'${keyword}' is ${quote(value)}, not a whole number from 0 up.`, keyword);
};

const positive: KeywordRule = (schema, _, keyword) => {
  const value = schema[keyword];
  return typeof value === "number" && value > 0
    ? none
    : error(`'${keyword}' is ${quote(value)}, not a number above 0.`, keyword);
};

const values: KeywordRule = ({ enum: value }) => {
  if (!Array.isArray(value)) return error(`'enum' is ${quote(value)}, not a list.`, "enum");
  if (value.length === 0) return error("'enum' is empty, so no value is ever valid.", "enum");
  const known = new Set<string>();
  return value.flatMap((item, index) => {
    const text = JSON.stringify(item) ?? "";
    if (known.has(text)) return warning(`${quote(item)} stands twice in 'enum'.`, "enum", index);
    known.add(text);
    return none;
  });
};

const required: KeywordRule = (schema) => {
  const value = schema.required;
  if (typeof value === "boolean") {
    const message = `'required' is ${value}, not a list: required properties are named in the 'required' of the object that has them.`;
    return error(message, "required");
  }
  if (!Array.isArray(value)) return error(`'required' is ${quote(value)}, not a list of names.`, "required");
  const known = new Set<string>();
  return value.flatMap((name, index) => {
    if (typeof name !== "string") return error(`${quote(name)} in 'required' is no name.`, "required", index);
    if (known.has(name)) return warning(`'${name}' stands twice in 'required'.`, "required", index);
    known.add(name);
    return requiredName(name, index, schema);
  });
};

/** A closed schema turns the very property away that it asks for; in an open one a name that almost fits is a slip of the pen. */
function requiredName(name: string, index: number, schema: Mapping): Problems {
  const { properties, patternProperties, additionalProperties } = schema;
  if (isMapping(properties) && Object.hasOwn(properties, name)) return none;
  if (isMapping(patternProperties) && Object.keys(patternProperties).length > 0) return none;
  if (additionalProperties === false) {
    const message = `'${name}' is required, but 'additionalProperties: false' allows only the properties named here, so no value is ever valid.`;
    return error(message, "required", index);
  }
  const names = isMapping(properties) && !isComposed(schema) ? Object.keys(properties) : [];
  const twin = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (twin === undefined) return none;
  return warning(`'${name}' is required, but the property is called '${twin}'.`, "required", index);
}

function isComposed(schema: Mapping): boolean {
  return ["allOf", "anyOf", "oneOf", "$ref", "if", "unevaluatedProperties"].some((key) => key in schema);
}

const named: KeywordRule = (schema, _, keyword) => {
  const value = schema[keyword];
  return isMapping(value) ? none : error(`'${keyword}' is ${quote(value)}, not an object.`, keyword);
};

const properties: KeywordRule = (schema, dialect, keyword) => {
  const problems = named(schema, dialect, keyword);
  return problems.length > 0 || canBe("object", schema) ? problems : ineffective(keyword, schema);
};

const items: KeywordRule = (schema, dialect, keyword) => {
  if (Array.isArray(schema[keyword]) && dialect !== "unstated") {
    const instead = dialect === "3.0" ? "one schema" : "one schema, with 'prefixItems' for the first ones";
    return error(`'items' is a list; it has to be ${instead}.`, keyword);
  }
  return canBe("array", schema) ? none : ineffective(keyword, schema);
};

/** Whether the type leaves room for such values; without a type, or with one that is unknown, anything goes. */
function canBe(wanted: string, { type: stated }: Mapping): boolean {
  if (typeof stated === "string") return stated === wanted || !types.includes(stated);
  return !Array.isArray(stated) || stated.includes(wanted);
}

function ineffective(keyword: string, schema: Mapping): Problems {
  return warning(`'${keyword}' has no effect on a value of type ${quote(schema.type)}.`, keyword);
}

const alternatives: KeywordRule = (schema, _, keyword) => {
  const value = schema[keyword];
  if (!Array.isArray(value)) return error(`'${keyword}' is ${quote(value)}, not a list of schemas.`, keyword);
  return value.length > 0 ? none : error(`'${keyword}' is empty.`, keyword);
};

const nullable: KeywordRule = ({ nullable: value }, dialect) =>
  value === true && dialect === "2020-12"
    ? warning(
        "'nullable' means nothing since OpenAPI 3.1, so null is not allowed here. Add \"null\" to 'type'.",
        "nullable",
      )
    : none;

const reference: KeywordRule = ({ $ref: value }) =>
  typeof value === "string" ? none : error(`'$ref' is ${quote(value)}, not a text.`, "$ref");

/** By keyword, what may be wrong with its own form. */
export const keywordRules: ReadonlyMap<string, KeywordRule> = new Map<string, KeywordRule>([
  ["$ref", reference],
  ["type", type],
  ["pattern", pattern],
  ["patternProperties", patterns],
  ["properties", properties],
  ["$defs", named],
  ["definitions", named],
  ["dependentSchemas", named],
  ["dependentRequired", named],
  ["required", required],
  ["enum", values],
  ["items", items],
  ["nullable", nullable],
  ["multipleOf", positive],
  ...["allOf", "anyOf", "oneOf"].map((keyword) => [keyword, alternatives] as const),
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].map(
    (keyword) => [keyword, number] as const,
  ),
  ...["Length", "Items", "Properties", "Contains"].flatMap((what) => [
    [`min${what}`, count] as const,
    [`max${what}`, count] as const,
  ]),
]);
