import type { FieldRead } from "../../../model/code.ts";
import type { Source } from "../source.ts";

/** So much of the code before and after a call tells what becomes of its answer. */
const NEAR = 300;
const member = String.raw`(?:\s*\??\.\s*[A-Za-z_$][\w$]*|\s*\??\.?\[\d+\])`;

/** A call in the code: `start` is where its name begins, `end` comes after its closing bracket. */
export interface CallSpan {
  readonly start: number;
  readonly end: number;
  /** The answer holds its body under `data`, as axios has it; otherwise `.json()` gives it. */
  readonly holdsData: boolean;
}

/**
 * Fields of a response that the code reads: `body.data.email` of `const body = await response.json()`. Follows one variable through its block
 * and no further, so that what is found is read for sure, and more may be.
 */
export function readsOf(source: Source, call: CallSpan): FieldRead[] {
  const before = source.code.slice(Math.max(0, call.start - NEAR), call.start);
  const name = /(?:const|let|var)\s+([\w$]+|\{[^{}]*\})\s*(?::[^=;{}]+)?=(?:\s|\(|await\b){1,20}$/.exec(
    before,
  )?.[1];
  const tail = source.code.slice(call.end, call.end + NEAR);
  const json =
    /^\s*\)?\s*\.\s*(?:then\s*\(\s*(?:async\s*)?\(?\s*[\w$]+[^()=]*\)?\s*=>\s*[\w$]+\s*\.\s*json\s*\(\s*\)\s*\)|json\s*(?:<[^()]*>)?\s*\(\s*\))/.exec(
      tail,
    );
  const from = call.end + (json?.[0].length ?? 0);
  const direct = new RegExp(`^\\s*\\)?(${member}+)`).exec(source.code.slice(from, from + NEAR));
  if (direct && (json || call.holdsData)) return read(source, from, direct, call.holdsData && !json);
  if (name === undefined) return [];
  if (json) return readsOfBody(source, name, from, "");
  if (call.holdsData) return readsOfBody(source, name, from, "data");
  return name.startsWith("{") ? [] : readsOfResponse(source, name, from);
}

/** `const body = await response.json()`, `(await response.json()).email`. */
function readsOfResponse(source: Source, response: string, from: number): FieldRead[] {
  const block = source.code.slice(from, endOfBlock(source, from));
  const json = new RegExp(`(?<![\\w$.])${escaped(response)}\\s*\\.\\s*json\\s*\\(\\s*\\)`, "g");
  return [...block.matchAll(json)].flatMap((match) => {
    const start = from + match.index;
    const before = source.code.slice(Math.max(0, start - NEAR), start);
    const body = /(?:const|let|var)\s+([\w$]+|\{[^{}]*\})\s*(?::[^=;{}]+)?=\s*\(?\s*await\s*$/.exec(
      before,
    )?.[1];
    const end = start + match[0].length;
    const direct = new RegExp(`^\\s*\\)(${member}+)`).exec(source.code.slice(end, end + NEAR));
    if (direct) return read(source, end, direct, false);
    return body === undefined ? [] : readsOfBody(source, body, end, "");
  });
}

/** Reads of a variable, or of what a pattern takes out of it; `under` is the member that holds the body. */
function readsOfBody(source: Source, name: string, from: number, under: string): FieldRead[] {
  if (name.startsWith("{")) {
    return namesIn(name).flatMap(({ key, variable }) => {
      const below = under === "" ? readsOfBody(source, variable, from, "") : [];
      if (under !== "") return key === under ? readsOfBody(source, variable, from, "") : [];
      const place = source.at(source.code.lastIndexOf(name, from));
      return [{ path: key, at: place }, ...below.map(({ path, at }) => ({ path: `${key}.${path}`, at }))];
    });
  }
  const end = endOfBlock(source, from);
  const block = source.code.slice(from, end);
  const dotted = new RegExp(`(?<![\\w$.])${escaped(name)}(${member}+)`, "g");
  const taken = new RegExp(`(\\{[^{}]*\\})\\s*=\\s*${escaped(name)}(${member}*)\\s*(?:;|\\n|$)`, "g");
  return [
    ...[...block.matchAll(dotted)].flatMap((match) => {
      const whole = pathOf(match[1] ?? "", source.code.slice(from + match.index + match[0].length));
      const path = within(whole, under);
      return path === undefined || path === "" ? [] : [{ path, at: source.at(from + match.index) }];
    }),
    ...[...block.matchAll(taken)].flatMap((match) => {
      const parent = within(pathOf(match[2] ?? "", ""), under);
      if (parent === undefined) return [];
      return namesIn(match[1] ?? "").map(({ key }) => ({
        path: parent === "" ? key : `${parent}.${key}`,
        at: source.at(from + match.index),
      }));
    }),
  ];
}

function read(source: Source, from: number, match: RegExpExecArray, holdsData: boolean): FieldRead[] {
  const path = within(
    pathOf(match[1] ?? "", source.code.slice(from + match[0].length, from + match[0].length + 5)),
    holdsData ? "data" : "",
  );
  return path === undefined || path === "" ? [] : [{ path, at: source.at(from) }];
}

/** `.data?.items[0].sku` as `data.items.sku`; a method that is called is no field. */
function pathOf(members: string, rest: string): string {
  const names = [...members.matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name);
  if (/^\s*\(/.test(rest)) names.pop();
  return names.filter((name) => name !== "length").join(".");
}

function within(path: string, under: string): string | undefined {
  if (under === "") return path;
  return path === under ? "" : path.startsWith(`${under}.`) ? path.slice(under.length + 1) : undefined;
}

/** What a pattern such as `{ a, b: c = 1 }` takes, and how it calls it. */
function namesIn(pattern: string): { key: string; variable: string }[] {
  return pattern
    .slice(1, -1)
    .split(",")
    .flatMap((part) => {
      const [, key, variable] =
        /^\s*([A-Za-z_$][\w$]*)\s*(?::\s*([A-Za-z_$][\w$]*))?\s*(?:=.*)?$/.exec(part) ?? [];
      return key === undefined ? [] : [{ key, variable: variable ?? key }];
    });
}

/** No function is longer; without an end, every call of a long file would be followed through all of it. */
const FUNCTION = 20_000;

/** Where the block ends that an offset stands in. */
function endOfBlock(source: Source, from: number): number {
  const last = Math.min(source.code.length, from + FUNCTION);
  for (let at = from; at < last; at++) {
    const letter = source.code[at] ?? "";
    if ("([{".includes(letter)) at = source.closing(at);
    else if (letter === "}") return at;
  }
  return last;
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
