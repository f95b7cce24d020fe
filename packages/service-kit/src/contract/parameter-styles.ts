import { baseType, isJson, type OpenApiDocument, type Operation } from "./contract.ts";
import { type Parameter, parametersOf } from "./request-schemas.ts";
import { resolve } from "./resolve.ts";

/** The values of one part of a request, by name. */
type Values = Record<string, unknown>;

/** Puts into values what the text of one parameter stands for. */
type Reader = (values: Values) => void;

/** By the part of a request that they read; a part whose parameters are plain values has none. */
export type StyleReaders = Readonly<Record<"params" | "query" | "headers", readonly Reader[]>>;

const partOf = { path: "params", query: "query", header: "headers" } as const;

/**
 * What makes lists and objects of the text in which a request to `operation` writes its parameters. Whatever is written otherwise is left as it is, for the
 * schema to refuse. Source: OpenAPI 3.1, Parameter Object, Style Values.
 */
export function styleReaders(document: OpenApiDocument, operation: Operation): StyleReaders {
  const readers = { params: [] as Reader[], query: [] as Reader[], headers: [] as Reader[] };
  const parameters = parametersOf(document, operation);
  for (const parameter of parameters) {
    const part = partOf[parameter.in as keyof typeof partOf];
    const others = parameters.filter((other) => other.in === parameter.in).map(({ name }) => name);
    const reader = part && readerOf(document, parameter, new Set(others));
    if (reader) readers[part].push(reader);
  }
  return readers;
}

interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly items?: object;
  readonly properties?: Readonly<Record<string, object>>;
  readonly additionalProperties?: unknown;
}

function readerOf(
  document: OpenApiDocument,
  { name, in: place, content, schema: given = {}, ...written }: Parameter,
  others: ReadonlySet<string>,
): Reader | undefined {
  if (content) return Object.keys(content).map(baseType).every(isJson) ? ofText(name, parsed) : undefined;
  const schema = resolve<ValueSchema>(document, given);
  const style = written.style ?? (place === "query" ? "form" : "simple");
  const explode = written.explode ?? style === "form";
  const kind = kindOf(schema);
  if (kind === "object" && style === "deepObject") return ofMembers(name);
  if (place === "query" && explode) return kind === "object" ? ofNames(name, schema, others) : undefined;
  if (kind === "plain" && style !== "label" && style !== "matrix") return undefined;
  return ofText(name, (text) => apart(text, { name, style, explode, kind }));
}

type Kind = "list" | "object" | "plain";

function kindOf({ type, items, properties }: ValueSchema): Kind {
  const types = [type ?? []].flat();
  if (types.includes("array") || (types.length === 0 && items)) return "list";
  return types.includes("object") || (types.length === 0 && properties) ? "object" : "plain";
}

function ofText(name: string, read: (text: string) => unknown): Reader {
  return (values) => {
    const text = values[name];
    if (typeof text === "string") values[name] = read(text);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `filter[min]=1&filter[max]=2` */
function ofMembers(name: string): Reader {
  return (values) => {
    const members = Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${name}[`) && key.endsWith("]") ? [[key.slice(name.length + 1, -1), value]] : [],
    );
    if (members.length > 0) values[name] = Object.fromEntries(members);
  };
}

/** `min=1&max=2`: each property stands in the query for itself. */
function ofNames(
  name: string,
  { properties = {}, additionalProperties }: ValueSchema,
  others: ReadonlySet<string>,
): Reader {
  const isOpen = typeof additionalProperties === "object" || additionalProperties === true;
  return (values) => {
    const members = Object.entries(values).filter(
      ([key]) => Object.hasOwn(properties, key) || (isOpen && !others.has(key)),
    );
    if (members.length > 0) values[name] = Object.fromEntries(members);
  };
}

interface Style {
  readonly name: string;
  readonly style: string;
  readonly explode: boolean;
  readonly kind: Kind;
}

const delimiters: Readonly<Record<string, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

/** The value that a text stands for, with the sign that its style puts before it. */
function apart(text: string, { name, style, explode, kind }: Style): unknown {
  const first = style === "label" ? "." : style === "matrix" ? ";" : "";
  if (!text.startsWith(first)) return text;
  // `;id=1;id=2` names the parameter before each of its values, `;a=1;b=2` the properties.
  const named = (part: string) => part.slice(part.startsWith(`${name}=`) ? name.length + 1 : 0);
  const isNamed = style === "matrix" && !(explode && kind === "object");
  const bare = isNamed ? named(text.slice(first.length)) : text.slice(first.length);
  if (kind === "plain") return bare;
  const delimiter = (explode && first) || (delimiters[style] ?? ",");
  const parts = bare === "" ? [] : bare.split(delimiter).map((part) => (isNamed ? named(part) : part.trim()));
  if (kind === "list") return parts;
  return Object.fromEntries(
    explode
      ? parts.map((part) => [part.split("=", 1)[0] ?? "", part.slice(part.indexOf("=") + 1)])
      : parts.flatMap((key, index) => (index % 2 === 0 ? [[key, parts[index + 1] ?? ""]] : [])),
  );
}
