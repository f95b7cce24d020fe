import type { CallableOperation, JsonSchema } from "../../model/callable-operation.ts";
import { definitionOf } from "../../verify/schema/schema-errors.ts";
import { kebab } from "../offline/words.ts";
import { camel, capitalized } from "./write-code.ts";

/** A column as PostgreSQL has it and as code sees it. */
export interface Column {
  readonly name: string;
  readonly sql: "text" | "uuid" | "bigint" | "double precision" | "boolean" | "timestamptz" | "date" | "json";
  readonly isRequired: boolean;
}

/** Something that a service stores, with the table it is stored in. */
export interface Entity {
  /** `User` */
  readonly type: string;
  /** `user` */
  readonly file: string;
  /** `users` */
  readonly table: string;
  /** `user_id` */
  readonly key: string;
  /** `userId` */
  readonly keyArgument: string;
  /** Beside the key and `created_at`. */
  readonly columns: readonly Column[];
}

/** The entities of a service, one a feature; their columns are what requests about them say. */
export function entitiesOf(names: readonly string[], operations: readonly CallableOperation[]): Entity[] {
  const all = names.map((name): Entity => {
    const file = kebab(name) || "record";
    const snake = file.replaceAll("-", "_");
    const key = `${snake}_id`;
    return {
      type: typeName(file),
      file,
      table: plural(snake),
      key,
      keyArgument: `${camel(file, "record")}Id`,
      columns: columnsOf(snake, operations).filter(({ name: column }) => column !== key),
    };
  });
  return [...new Map(all.map((entity) => [entity.table, entity])).values()];
}

/** Names that a file of a store takes from elsewhere. */
const taken = /^(?:Insertable|Kysely|Selectable|Transaction|Promise)$/;

function typeName(file: string): string {
  const name = capitalized(file, "record");
  return taken.test(name) ? `${name}Record` : name;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** What a request stores about an entity: the first that has its name in the path, else the first of all. */
function columnsOf(entity: string, operations: readonly CallableOperation[]): Column[] {
  const writing = operations.filter(({ method }) => method === "POST" || method === "PUT");
  const [last = ""] = entity.split("_").slice(-1);
  const named = writing.filter(({ path }) => path.toLowerCase().includes(last.replace(/y$/, "")));
  for (const operation of [...named, ...writing]) {
    const columns = columnsIn(operation);
    if (columns.length > 0) return columns;
  }
  return [];
}

function columnsIn({ body }: CallableOperation): Column[] {
  const root = body?.contents.find(({ mediaType }) => /json/.test(mediaType))?.schema;
  const schema = root === undefined ? undefined : resolved(root, root);
  if (!schema) return [];
  const required = new Set([schema.required].flat());
  const columns = Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>).flatMap(
    ([name, inner]) => columnFor(name, resolved(inner, root ?? true) ?? {}, required.has(name)),
  );
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

function resolved(schema: JsonSchema, root: JsonSchema): Exclude<JsonSchema, boolean> | undefined {
  if (typeof schema === "boolean") return undefined;
  return typeof schema.$ref === "string" ? resolved(definitionOf(root, schema.$ref), root) : schema;
}

/** None for what belongs in no table: whoever writes the operation decides about it. */
function columnFor(name: string, schema: Exclude<JsonSchema, boolean>, isRequired: boolean): Column[] {
  const column = kebab(name).replaceAll("-", "_");
  if (/token|secret|captcha|^otp$|^(?:id|created_at)$/.test(column) || !/^[a-z][a-z0-9_]*$/.test(column))
    return [];
  if (schema.format === "password" || /password/.test(column))
    return [{ name: "password_hash", sql: "text", isRequired }];
  return [{ name: column, sql: sqlTypeOf(schema), isRequired: isRequired && !allowsNull(schema) }];
}

const allowsNull = ({ type }: Exclude<JsonSchema, boolean>) => Array.isArray(type) && type.includes("null");

function sqlTypeOf({ type, format }: Exclude<JsonSchema, boolean>): Column["sql"] {
  const [only, ...more] = [type].flat().filter((one) => one !== "null");
  if (more.length > 0) return "json";
  const formats: Readonly<Record<string, Column["sql"]>> = {
    uuid: "uuid",
    "date-time": "timestamptz",
    date: "date",
  };
  switch (only) {
    case "string":
      return formats[String(format)] ?? "text";
    case "integer":
      return "bigint";
    case "number":
      return "double precision";
    case "boolean":
      return "boolean";
    default:
      return "json";
  }
}
