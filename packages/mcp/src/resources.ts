import { ErrorCode, type Resource } from "@modelcontextprotocol/sdk/types.js";
import type { WorkspaceDocument } from "@speckit/cli/cli";

const DOCUMENTS = "speckit://documents/";
const RULES = "speckit://rules";
const PAGE = 50;

export const templates = [
  {
    uriTemplate: `${DOCUMENTS}{+path}`,
    name: "document",
    title: "A spec, plan, task list, summary or contract",
  },
  { uriTemplate: `${RULES}/{id}`, name: "rule", title: "The page of a rule", mimeType: "text/markdown" },
];

/** What an address means; undefined when it is none of ours. */
export type Meant =
  | { readonly kind: "document"; readonly file: string }
  | { readonly kind: "rule"; readonly id: string }
  | { readonly kind: "rules" };

export function meaningOf(uri: string): Meant | undefined {
  if (uri === RULES) return { kind: "rules" };
  const [file, id] = [DOCUMENTS, `${RULES}/`].map((start) =>
    uri.startsWith(start) ? decoded(uri, start) : "",
  );
  if (file) return { kind: "document", file };
  return id ? { kind: "rule", id } : undefined;
}

function decoded(uri: string, start: string): string | undefined {
  try {
    return decodeURIComponent(uri.slice(start.length));
  } catch {
    return undefined;
  }
}

/** A page of the list: the constitution and the rules first, then documents by path. A cursor names the last one shown, so that it holds while files come and go. */
export function pageOfResources(documents: readonly WorkspaceDocument[], cursor: string | undefined) {
  const sorted = documents
    .map((document) => ({ key: keyOf(document), resource: resourceOf(document) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const after = cursor === undefined ? "" : keyIn(cursor);
  const rest = sorted.filter(({ key }) => key > after);
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  return {
    resources: [...(cursor === undefined ? [rulesResource] : []), ...page.map(({ resource }) => resource)],
    ...(last && rest.length > PAGE ? { nextCursor: Buffer.from(last.key).toString("base64url") } : {}),
  };
}

const rulesResource: Resource = {
  uri: RULES,
  name: "rules",
  title: "All rules",
  description: "Ids and titles; the page of each is speckit://rules/ID",
  mimeType: "text/markdown",
};

function keyOf({ kind, file }: WorkspaceDocument): string {
  return `${kind === "constitution" ? 0 : 1}/${file}`;
}

/** @throws Error when it is no cursor of ours */
function keyIn(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString();
  if (/^[01]\//.test(key)) return key;
  const message = "The cursor is none that resources/list gave out.";
  throw Object.assign(new Error(message), { code: ErrorCode.InvalidParams });
}

function resourceOf({ file, kind, service, tokens }: WorkspaceDocument): Resource {
  return {
    uri: `${DOCUMENTS}${file.split("/").map(encodeURIComponent).join("/")}`,
    name: file,
    title: service === undefined ? kind : `${kind} of ${service}`,
    description: `${tokens} tokens`,
    mimeType: mimeTypeOf(file),
  };
}

export function mimeTypeOf(file: string): string {
  if (/\.(?:md|mdx|markdown)$/i.test(file)) return "text/markdown";
  if (/\.ya?ml$/i.test(file)) return "application/yaml";
  return /\.(?:json|avsc)$/i.test(file) ? "application/json" : "text/plain";
}

/** Values that complete what was typed: those that begin so, then those that have it in them. */
export function completions(typed: string, values: readonly string[]) {
  const fitting = [
    ...values.filter((value) => value.startsWith(typed)),
    ...values.filter((value) => !value.startsWith(typed) && value.includes(typed)),
  ];
  return {
    completion: { values: fitting.slice(0, 100), total: fitting.length, hasMore: fitting.length > 100 },
  };
}
