import type { BodyContent, CallableOperation, JsonSchema } from "../../model/callable-operation.ts";
import type { Subject } from "./subject.ts";

/** A property of a body. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
}

/** What an operation takes and gives, by its names alone. */
export interface BodyFields {
  readonly request: readonly Field[];
  /** Of the first answer that says yes. */
  readonly answer: readonly Field[];
}

/** What the bodies of a contract's operations hold, by `METHOD path`. */
export function bodyFields({ service, operationsIn }: Subject): Map<string, BodyFields> {
  const operations = service.apis.flatMap(({ file }) => operationsIn(file));
  return new Map(
    operations.map((operation) => [`${operation.method} ${operation.path}`, fieldsOf(operation)]),
  );
}

function fieldsOf({ body, answers }: CallableOperation): BodyFields {
  const good = answers.find(({ status, contents }) => /^2/.test(status) && contents.length > 0);
  return { request: topFields(body?.contents ?? []).fields, answer: inside(topFields(good?.contents ?? [])) };
}

interface Properties {
  readonly fields: readonly Field[];
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** Where definitions stand. */
  readonly root: JsonSchema;
}

function topFields(contents: readonly BodyContent[]): Properties {
  const root = contents.find(({ schema }) => schema !== undefined)?.schema ?? true;
  return propertiesOf(root, root);
}

/** Many APIs wrap what they answer: then `data.orderId` says more than `data`. */
function inside({ fields, schemas, root }: Properties): readonly Field[] {
  const data = schemas.get("data");
  const inner = data === undefined ? [] : propertiesOf(data, root).fields;
  return inner.length === 0
    ? fields
    : inner.map(({ name, required }) => ({ name: `data.${name}`, required }));
}

/** Properties of a schema, of all that it is made of, and of the first where it is one of several. */
function propertiesOf(schema: JsonSchema, root: JsonSchema): Properties {
  const parts = partsOf(schema, root, new Set());
  const schemas = new Map(
    parts.flatMap(({ properties }) => Object.entries(mapping(properties)) as [string, JsonSchema][]),
  );
  const required = new Set(parts.flatMap((part) => (Array.isArray(part.required) ? part.required : [])));
  return {
    fields: [...schemas.keys()].map((name) => ({ name, required: required.has(name) })),
    schemas,
    root,
  };
}

type Keywords = Readonly<Record<string, unknown>>;

function partsOf(schema: unknown, root: JsonSchema, seen: Set<unknown>): Keywords[] {
  if (typeof schema !== "object" || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, allOf, oneOf, anyOf } = schema as Keywords;
  const name = typeof $ref === "string" ? /^#\/\$defs\/(.+)$/.exec($ref)?.[1] : undefined;
  const others = [
    ...(name === undefined
      ? []
      : [mapping(mapping(root).$defs)[name.replaceAll("~1", "/").replaceAll("~0", "~")]]),
    ...(Array.isArray(allOf) ? allOf : []),
    ...[oneOf, anyOf].flatMap((branches) => (Array.isArray(branches) ? branches.slice(0, 1) : [])),
  ];
  return [schema as Keywords, ...others.flatMap((other) => partsOf(other, root, seen))];
}

function mapping(value: unknown): Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Keywords) : {};
}
