import { baseType, isJson, type OpenApiDocument, type Operation } from "./contract.ts";
import { resolve } from "./resolve.ts";
import { routeParameter } from "./route-url.ts";

/** The schemas of what a request to an operation may hold, for Fastify; a part without parameters has none. */
export interface RequestSchemas {
  readonly params?: ObjectSchema;
  readonly querystring?: ObjectSchema;
  /** Names in small letters, as Node writes them (they have no case: RFC 9110, section 5.1). */
  readonly headers?: ObjectSchema;
  /** By media types of JSON; other bodies are for the service's own parser. A body that is missing is held against nothing. */
  readonly body?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

export interface ObjectSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

/** A parameter with the name by which a request has its value. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: object;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
  readonly style?: string;
  readonly explode?: boolean;
}

/** What operations say of bodies and credentials decides about these three (OpenAPI 3.1, Parameter Object). */
const isNoParameter = ({ name, in: place }: Parameter) =>
  place === "header" && /^(?:accept|content-type|authorization)$/i.test(name);

/** The parameters of an operation, and those of its path that it does not have in words of its own. */
export function parametersOf(document: OpenApiDocument, { method, path }: Operation): Parameter[] {
  const item = document.paths?.[path] ?? {};
  const operation = item[method.toLowerCase()] as { parameters?: object[] };
  const parameters = [...((item.parameters as object[] | undefined) ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => resolve<Parameter>(document, parameter))
    .filter((parameter) => !isNoParameter(parameter))
    .map((parameter) => ({ ...parameter, name: nameInRequest(parameter) }));
  return [
    ...new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values(),
  ];
}

/** The router has names of its own for what stands in a path, and Node writes headers in small letters (RFC 9110, section 5.1). */
function nameInRequest({ name, in: place }: Parameter): string {
  if (place === "path") return routeParameter(name);
  return place === "header" ? name.toLowerCase() : name;
}

/** Reads them from the contract. `$ref`s inside of schemas stay as they are; they point into the document. */
export function requestSchemasOf(document: OpenApiDocument, operation: Operation): RequestSchemas {
  const { method, path } = operation;
  const { requestBody } = document.paths?.[path]?.[method.toLowerCase()] as { requestBody?: object };
  const parameters = parametersOf(document, operation);
  const part = (place: string) => objectSchema(parameters.filter((parameter) => parameter.in === place));
  const body = requestBody && resolve<Body>(document, requestBody);
  const content = Object.entries(body?.content ?? {}).flatMap(([written, { schema }]) =>
    schema && isJson(baseType(written)) ? [[baseType(written), { schema }] as const] : [],
  );
  return {
    ...named("params", part("path")),
    ...named("querystring", part("query")),
    ...named("headers", part("header")),
    ...named("body", content.length > 0 ? { content: Object.fromEntries(content) } : undefined),
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
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function schemaOf({ schema, content = {} }: Parameter): object {
  return schema ?? Object.values(content)[0]?.schema ?? {};
}
