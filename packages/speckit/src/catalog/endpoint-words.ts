import type { Operation } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";

/** An endpoint taken apart: `/users/{id}` is an item of `users`. */
interface Endpoint {
  readonly method: string;
  readonly resource: string;
  readonly isItem: boolean;
}

interface Resource {
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
  readonly verbs: readonly string[];
}

/**
 * A few words that cover every endpoint, resources in the order given: the last words of a path (`login`), what is done to a resource
 * (`list/read orders`), or `CRUD operations` where all four are there. Empty for no endpoints.
 */
export function endpointWords(operations: readonly Pick<Operation, "method" | "path">[]): string[] {
  const groups = [...groupBy(operations.map(takeApart), ({ resource }) => resource)];
  const shared = sharedSegments(groups.map(([path]) => segmentsOf(path)));
  const resources = groups.map(([path, endpoints]): Resource => {
    const name = nameOf(segmentsOf(path), shared);
    return { name, endpoints, verbs: verbsOf(name, endpoints) };
  });
  const hasOneCrud = resources.filter(isCrud).length === 1;
  return resources.map((resource) => {
    const { name, verbs } = resource;
    if (isCrud(resource)) return hasOneCrud ? "CRUD operations" : `CRUD of ${name}`;
    return isNamedAlone(resource) ? name : `${verbs.join("/")} ${name}`.trim();
  });
}

const isParameter = (segment: string) => /^(?:\{[^}]*\}|:\w+)$/.test(segment);
const segmentsOf = (path: string) => path.split("/").filter((segment) => segment !== "");

function takeApart({ method, path }: Pick<Operation, "method" | "path">): Endpoint {
  const segments = segmentsOf(path);
  const count = segments.length;
  while (isParameter(segments.at(-1) ?? "")) segments.pop();
  return { method, resource: segments.join("/"), isItem: segments.length < count };
}

/** How many segments all paths begin with: `api/v1/auth` says nothing about any of its endpoints. */
function sharedSegments([first = [], ...others]: readonly (readonly string[])[]): number {
  const differs = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  return differs === -1 ? first.length : differs;
}

/** The last fixed words of a path, two at most: `password-reset request`. */
function nameOf(segments: readonly string[], shared: number): string {
  const fixed = segments.findLastIndex(isParameter) + 1;
  const telling = segments.slice(Math.max(fixed, shared));
  const words = telling.length > 0 ? telling.slice(-2) : segments.slice(-1);
  return words.map((word) => word.replace(/^\{[^}]*\}:?/, "")).join(" ") || "/";
}

const isPlural = (name: string) => /[^s]s$/.test(name);

const verbOfMethod: Readonly<Record<string, string>> = {
  POST: "create",
  PUT: "update",
  PATCH: "update",
  DELETE: "delete",
};

function verbsOf(name: string, endpoints: readonly Endpoint[]): string[] {
  const isCollection = isPlural(name) || endpoints.some(({ isItem }) => isItem);
  const present = new Set(
    endpoints.map(({ method, isItem }) => {
      if (method === "GET") return isCollection && !isItem ? "list" : "read";
      return verbOfMethod[method];
    }),
  );
  return ["create", "list", "read", "update", "delete"].filter((verb) => present.has(verb));
}

function isCrud({ verbs }: Resource): boolean {
  return ["create", "read", "update", "delete"].every((verb) => verbs.includes(verb));
}

/** An action such as `login`, or a lone document such as `jwks`: a verb would say nothing more. */
function isNamedAlone({ name, endpoints: [endpoint, ...others] }: Resource): boolean {
  if (!endpoint || endpoint.isItem || others.length > 0) return false;
  return endpoint.method === "GET" || (endpoint.method === "POST" && !isPlural(name));
}
