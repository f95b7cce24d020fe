import type { ClientCall } from "../../../model/code.ts";
import { clientCall, targetsOf } from "../calls.ts";
import type { Source, Span } from "../source.ts";
import { type WrittenText, writtenText } from "../written-text.ts";
import { importsOf } from "./imports.ts";
import { readsOf } from "./reads.ts";

/** Names that HTTP clients usually have. */
const usualClients =
  /^(?:axios|got|ky|superagent|undici|httpService|[\w$]*(?:Client|Http|Axios|Fetcher)|http|client|api)$/;
const made =
  /\b(?:const|let|var|this\.|readonly|private|public)?\s*([\w$]+)\s*(?::[^=;]+)?=\s*(?:await\s+)?(?:axios\.create|got\.extend|ky\.(?:create|extend)|createClient|new\s+[\w$]*Client)\s*(?:<[^()]*>)?\s*\(/g;

/** Requests by fetch, axios, got, ky, undici, Nest's HttpService, and by clients that were generated. */
export function readCalls(source: Source): ClientCall[] {
  const bases = new Map<string, WrittenText | undefined>();
  for (const { 1: name = "", end } of source.matches(made)) {
    const [options] = source.parts(end - 1);
    const base = options && (source.member(options, "baseURL", "baseUrl", "prefixUrl") ?? options);
    bases.set(name, base && baseOf(source, base));
  }
  return [...functionCalls(source), ...methodCalls(source, bases), ...packagesNamed(source)];
}

function baseOf(source: Source, span: Span): WrittenText | undefined {
  const expression = source.text.slice(span.start, span.end).trim();
  return (
    writtenText(source, span) ??
    (/^[\w.]+$/.test(expression) ? { text: "{}", holes: [expression] } : undefined)
  );
}

/** `fetch(url, { method })`, `axios({ url, method })`. */
function functionCalls(source: Source): ClientCall[] {
  return [
    ...source.matches(
      /(?<![\w$.])(?:(?:globalThis|window)\.)?(fetch|axios|got|ky|\$fetch|ofetch)\s*(?:<[^()]*>)?\s*\(/g,
    ),
  ].flatMap(({ 1: name, index, end }) => {
    const [first, options] = source.parts(end - 1);
    if (!first) return [];
    const isObject = source.code[source.skipBlanks(first.start)] === "{";
    const url = isObject ? source.member(first, "url", "uri") : first;
    const settings = isObject ? first : options;
    const base = isObject ? source.member(first, "baseURL", "baseUrl") : undefined;
    const method = (settings && methodIn(source, settings)) ?? "GET";
    const found = clientCall(source, index, method, url, base && baseOf(source, base));
    return withReads(source, found, index, end, name === "axios");
  });
}

function withReads(
  source: Source,
  call: ClientCall | undefined,
  start: number,
  open: number,
  holdsData: boolean,
): ClientCall[] {
  if (!call) return [];
  const reads = readsOf(source, { start, end: source.closing(open - 1) + 1, holdsData });
  return [reads.length > 0 ? { ...call, reads } : call];
}

function methodIn(source: Source, span: Span): string | undefined {
  const member = source.member(span, "method");
  return member && writtenText(source, member)?.text.toUpperCase();
}

/** `client.get("/x")`, `client.GET("/x")`, `client.request({ url })`. */
function methodCalls(source: Source, bases: ReadonlyMap<string, WrittenText | undefined>): ClientCall[] {
  const call =
    /(?<![\w$])([\w$]+)\s*\.\s*(get|post|put|patch|delete|head|GET|POST|PUT|PATCH|DELETE|HEAD|request|fetch)\s*(?:<[^()]*>)?\s*\(/g;
  return [...source.matches(call)].flatMap(({ 1: name = "", 2: verb = "", index, end }) => {
    if (!bases.has(name) && !usualClients.test(name)) return [];
    const [first, second] = source.parts(end - 1);
    if (!first) return [];
    const isObject = source.code[source.skipBlanks(first.start)] === "{";
    const url = isObject ? source.member(first, "url", "path") : first;
    const isNamed = /^(?:request|fetch)$/.test(verb);
    const settings = isObject ? first : second;
    const method = isNamed ? ((settings && methodIn(source, settings)) ?? "GET") : verb.toUpperCase();
    const found = clientCall(source, index, method, url, bases.get(name));
    if (!found) return [];
    // A map's `get`, a router's handler: only what looks like an address counts for a client that nobody made here.
    if (!bases.has(name) && found.path === undefined) return [];
    const call = { ...found, targets: [...found.targets, ...targetsOf(source, name)] };
    return withReads(source, call, index, end, true);
  });
}

/** A package that is called after a service is a client of it: `@shop/user-service-client`. */
function packagesNamed(source: Source): ClientCall[] {
  const clients = [...importsOf(source).values()].filter(({ from }) =>
    /(?:^|[/-])(?:client|sdk|api)s?$/.test(from),
  );
  return [...new Set(clients.map(({ from }) => from))].flatMap((from) => {
    const name = (from.split("/").at(-1) ?? "").replace(/-?(?:api-)?(?:client|sdk|api)s?$/, "");
    const offset = source.text.indexOf(from);
    return name === ""
      ? []
      : [{ method: undefined, path: undefined, targets: [name], at: source.at(offset) }];
  });
}
