import type { ClientCall } from "../../../model/code.ts";
import { clientCall, targetsOf } from "../calls.ts";
import type { Source, Span } from "../source.ts";
import { type WrittenText, writtenText } from "../written-text.ts";
import { importsOf } from "./imports.ts";
import { readsOf } from "./reads.ts";
import { isRouter } from "./routes.ts";

/** Names that HTTP clients usually have. */
const usualClients =
  /^(?:axios|got|ky|superagent|undici|httpService|[\w$]*(?:Client|Http|Axios|Fetcher)|http|client|api)$/;
const made =
  /\b(?:const|let|var|this\.|readonly|private|public)?\s*([\w$]+)\s*(?::[^=;]+)?=\s*(?:await\s+)?(?:axios\.create|got\.extend|ky\.(?:create|extend)|(?:[\w$]+\.)*[\w$]*[cC]lient|new\s+[\w$]*Client)\s*(?:<[^()]*>)?\s*\(/g;
/** What comes in as a client: `inventory: Client`. */
const typed = /(?<![\w$])#?([\w$]+)\s*[?!]?:\s*[\w$]*Client\b(?!\s*\()/g;

/** Requests by fetch, axios, got, ky, undici, Nest's HttpService, and by clients that were generated. */
export function readCalls(source: Source): ClientCall[] {
  const bases = new Map<string, WrittenText | undefined>();
  for (const { 1: name = "" } of source.matches(typed)) bases.set(name, undefined);
  for (const { 1: name = "", end } of source.matches(made)) {
    const [options] = source.parts(end - 1);
    bases.set(name, options && baseOfClient(source, options));
  }
  return [...functionCalls(source), ...methodCalls(source, bases), ...packagesNamed(source)];
}

/** The address that a client is made with; or the name of whom it is for: `client("user-service", url)`, `createClient({ name, baseUrl })`. */
function baseOfClient(source: Source, options: Span): WrittenText | undefined {
  const address = source.member(options, "baseURL", "baseUrl", "prefixUrl");
  const written = address && writtenText(source, address);
  if (written && !written.text.startsWith("{}")) return written;
  const named = writtenText(source, source.member(options, "name", "service") ?? options);
  if (named && /^[a-z][\w-]*$/i.test(named.text)) return { text: `http://${named.text}`, holes: [] };
  return baseOf(source, address ?? options);
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
    const [first, second] = source.parts(end - 1);
    if (!first) return [];
    const isKnown = bases.has(name) || usualClients.test(name);
    if (!isKnown && !(isReading(verb) && asksForPath(source, name, first, second))) return [];
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

function isReading(verb: string): boolean {
  return /^(?:get|head)$/i.test(verb);
}

/**
 * Whether a method that reads is called as clients are, where nothing tells that it is one's: with a path of several parts, and with settings behind
 * it at most. A router would get a function there, a map has shorter keys. Whose client it is, its name must tell.
 */
function asksForPath(source: Source, name: string, first: Span, second: Span | undefined): boolean {
  if (isRouter(source, name)) return false;
  if (second && source.code[source.skipBlanks(second.start)] !== "{") return false;
  return /^\/[^/]+\/[^/]+/.test(writtenText(source, first)?.text ?? "");
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
