import type { ClientCall } from "../../model/code.ts";
import type { Source, Span } from "./source.ts";
import { routePath, type WrittenText, writtenText } from "./written-text.ts";

/** A request whose address stands in `span`; `base` is what the client was made with. Undefined when nothing about the address is known. */
export function clientCall(
  source: Source,
  offset: number,
  method: string | undefined,
  span: Span | undefined,
  base: WrittenText | undefined = undefined,
): ClientCall | undefined {
  const own = span && writtenText(source, span);
  const expression = span ? source.text.slice(span.start, span.end).trim() : "";
  const address = joined(base, own);
  if (!address) {
    // A variable alone: its name may tell whom it leads to, not where.
    if (!/^[\w.]+$/.test(expression)) return undefined;
    const targets = targetsOf(source, expression);
    return targets.length > 0 ? { method, path: undefined, targets, at: source.at(offset) } : undefined;
  }
  const { host, path } = divide(address.text);
  const leading = address.text.startsWith("{}") ? (address.holes[0] ?? "") : "";
  const targets = [
    ...(host === undefined ? [] : [host]),
    ...(leading === "" ? [] : targetsOf(source, leading)),
  ];
  if (targets.length === 0 && path === undefined) return undefined;
  return { method, path, targets, at: source.at(offset) };
}

function joined(base: WrittenText | undefined, own: WrittenText | undefined): WrittenText | undefined {
  if (!base || !own) return own ?? base;
  // An address that is whole needs no base.
  if (/^(?:https?:|\{\})/.test(own.text)) return own;
  const slash = base.text.endsWith("/") || own.text.startsWith("/") || own.text === "" ? "" : "/";
  return { text: base.text + slash + own.text, holes: [...base.holes, ...own.holes] };
}

/** Host and path of an address; both may be unknown. */
function divide(address: string): { host: string | undefined; path: string | undefined } {
  const match = /^(?:\{\}|(?:https?|lb):\/\/([^/?#]*))?([^?#]*)/.exec(address);
  const host = match?.[1]?.replace(/:.*$/, "");
  const path = match?.[2] ?? "";
  const known = path.replace(/\{\}/g, "").replace(/\//g, "") !== "";
  return {
    host: host === undefined || host === "" || host.includes("{}") ? undefined : host,
    path: known && path.startsWith("/") ? routePath(path) : undefined,
  };
}

/** What an expression says about who is meant: its last name, and what the file gives that name. */
export function targetsOf(source: Source, expression: string): string[] {
  const environment = [...expression.matchAll(environmentName)].map(([, name = ""]) => name);
  const hosts = hostsIn(expression);
  const last = /([A-Za-z_]\w*)\W*$/.exec(expression)?.[1];
  const lines = last === undefined ? [] : linesDefining(source, last);
  return [
    ...new Set([
      ...environment,
      ...hosts,
      ...lines.flatMap((line) => [...line.matchAll(environmentName)].map(([, name = ""]) => name)),
      ...lines.flatMap(hostsIn),
      ...(last === undefined ? [] : [last]),
    ]),
  ];
}

/** `process.env.USER_URL`, `os.Getenv("USER_URL")`, `"${user.url}"`. */
const environmentName =
  /(?:process\.env\.|env\.|\benv\[|environ\[|environ\.get\(|[gG]etenv\(|process\.env\[|@Value\()\s*["']?(?:\$\{)?([A-Za-z_][\w.-]*)/g;

function hostsIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = ""]) => host);
}

const definitions = new WeakMap<Source, Map<string, string[]>>();

function linesDefining(source: Source, name: string): string[] {
  const known = definitions.get(source) ?? new Map<string, string[]>();
  definitions.set(source, known);
  const lines = known.get(name) ?? findDefinitions(source, name);
  known.set(name, lines);
  return lines;
}

function findDefinitions(source: Source, name: string): string[] {
  const pattern = new RegExp(
    `(?<![\\w.])(?:this\\.|self\\.)?${name}\\s*(?::\\s*[\\w.]+\\s*)?(?::=|=(?!=)|:)`,
    "g",
  );
  const lines: string[] = [];
  for (const { index } of source.matches(pattern)) {
    const start = source.text.lastIndexOf("\n", index) + 1;
    const end = source.text.indexOf("\n", index);
    // An annotation on the line above says where the value comes from.
    const before = source.text.lastIndexOf("\n", start - 2) + 1;
    const annotation = source.text.slice(before, start);
    lines.push(
      (annotation.trim().startsWith("@") ? annotation : "") +
        source.text.slice(start, end === -1 ? undefined : end),
    );
    if (lines.length > 4) break;
  }
  return lines;
}
