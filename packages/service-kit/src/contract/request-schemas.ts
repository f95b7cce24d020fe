import type { OpenApiDocument, Operation } from "./contract.ts";
import { resolve } from "./resolve.ts";
import { routeParameter } from "./route-url.ts";

/** The schemas of what a request to an operation may hold, for Fastify; a part without parameters has none. */
export interface RequestSchemas {
  readonly params?: ObjectSchema;
  readonly querystring?: ObjectSchema;
  /** Names in small letters, as Node writes them (they have no case: RFC 9110, section 5.1). */
  readonly headers?: ObjectSchema;
  /** Of `application/json`; other bodies are for the service's own parser. A body that is missing is held against nothing. */
  readonly body?: { readonly content: { readonly "application/json": { readonly schema: object } } };
}

export interface ObjectSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: object;
}

/** Reads them from the contract. `$ref`s inside of schemas stay as they are; they point into the document. */
export function requestSchemasOf(document: OpenApiDocument, { method, path }: Operation): RequestSchemas {
  const item = document.paths?.[path] ?? {};
  const operation = item[method.toLowerCase()] as { parameters?: object[]; requestBody?: object };
  const parameters = [
    ...((item.parameters as object[] | undefined) ?? []),
    ...(operation.parameters ?? []),
  ].map((parameter) => resolve<Parameter>(document, parameter));
  const part = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const body = operation.requestBody && resolve<Body>(document, operation.requestBody);
  const schema = body?.content?.["application/json"]?.schema;
  return {
    ...named("params", objectSchema(part("path").map(asInRoute))),
    ...named("querystring", objectSchema(part("query"))),
    ...named("headers", objectSchema(part("header").map(inSmallLetters))),
    ...named("body", schema && { content: { "application/json": { schema } } }),
  };
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

const named = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);

/** Of two parameters with one name the later wins: an operation's own stands before its path's (OpenAPI 3.1, Operation Object). */
function objectSchema(parameters: readonly Parameter[]): ObjectSchema | undefined {
  if (parameters.length === 0) return undefined;
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return {
    type: "object",
    properties: Object.fromEntries([...byName].map(([name, { schema = {} }]) => [name, schema])),
    required: [...byName.values()].filter(({ required }) => required).map(({ name }) => name),
  };
}

const asInRoute = (parameter: Parameter): Parameter => ({
  ...parameter,
  name: routeParameter(parameter.name),
});

const inSmallLetters = (parameter: Parameter): Parameter => ({
  ...parameter,
  name: parameter.name.toLowerCase(),
});
