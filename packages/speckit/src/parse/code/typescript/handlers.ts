import type { HandlerTable, NamedPlace } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";

/** Handlers by operationId, and what a library that knows the contract is given to find them in. */
export interface Handling {
  readonly tables: readonly HandlerTable[];
  readonly bindings: readonly string[];
}

const tableName = "[\\w$]*[hH]andlers|operations|controllers";
const requestNames = /^_?(?:req|request|c|ctx|context)$/;

/**
 * Handlers of libraries that take routes from the contract and find the function for each by its operationId: fastify-openapi-glue,
 * openapi-backend, express-openapi-validator, and wrappers around them. Whether the names are operationIds is for the contract to say.
 */
export function readHandlers(source: Source): Handling {
  return {
    tables: [...objects(source), ...registered(source), ...returned(source), ...classes(source)].filter(
      ({ handlers }) => handlers.length > 0,
    ),
    bindings: bindings(source),
  };
}

/** `handlers: { placeOrder, … }`, `const handlers: Handlers = { … }`. */
function objects(source: Source): HandlerTable[] {
  const assigned = new RegExp(
    `(?<![\\w$.])(?:${tableName})\\s*(?::\\s*[\\w$.<>,|\\s]+=|[:=])\\s*(?=\\{)`,
    "g",
  );
  return [...source.matches(assigned)].map(({ end }) => given(membersAt(source, end)));
}

/** openapi-backend: `api.register({ placeOrder, … })`, `api.register("placeOrder", handler)`. */
function registered(source: Source): HandlerTable[] {
  if (!source.text.includes("openapi-backend")) return [];
  return [...source.matches(/\.\s*register(?:Handler)?\s*\(/g)].map(({ end }) => {
    const literal = source.literalAt(end);
    if (literal) return given([{ name: literal.content, at: source.at(literal.start) }]);
    return given(membersAt(source, source.skipBlanks(end)));
  });
}

/** Functions that give such an object, known by their name or by their type: `function handlersOf(…) { return { … } }`. */
function returned(source: Source): HandlerTable[] {
  const declared =
    /\bfunction\s+([\w$]+)\s*(?:<[^()]*>)?\s*\(|\b(?:const|let)\s+([\w$]+)\s*(?::[^=;]+)?=\s*\(/g;
  return [...source.matches(declared)].flatMap(({ 1: declaredName, 2: arrowName, end }) => {
    const name = declaredName ?? arrowName ?? "";
    const after = source.closing(end - 1) + 1;
    const head = /^\s*(?::([^{}=;]*(?:\{[^{}]*\}[^{}=;]*)?))?(?:=>\s*)?(\(\s*)?(?=\{)/.exec(
      source.code.slice(after, after + 400),
    );
    if (!head || !(/handlers/i.test(name) || /Handler/.test(head[1] ?? ""))) return [];
    const open = after + head[0].length;
    if (head[2] !== undefined) return [given(membersAt(source, open))];
    return returnsOf(source, open).map((at) => given(membersAt(source, at)));
  });
}

/** Where the objects begin that a function itself gives back, not the functions in it. */
function returnsOf(source: Source, open: number): number[] {
  const starts: number[] = [];
  const close = source.closing(open);
  const word = /\breturn\s*\(?\s*(?=\{)/y;
  for (let at = open + 1; at < close; at++) {
    word.lastIndex = at;
    const match = source.code[at] === "r" ? word.exec(source.code) : null;
    if (match) {
      starts.push(at + match[0].length);
      at += match[0].length;
    }
    if ("([{".includes(source.code[at] ?? " ")) at = source.closing(at);
  }
  return starts;
}

/** Methods that take a request, of classes that may be given as handlers. */
function classes(source: Source): HandlerTable[] {
  return [...source.matches(/\bclass\s+([\w$]+)[^{;]*(?=\{)/g)].map(({ 1: owner = "", end }) => {
    const close = source.closing(end);
    const handlers: NamedPlace[] = [];
    const method = /(?:\b(?:public|async|static)\s+)*\b([\w$]+)\s*(?:=\s*(?:async\s*)?)?\(/y;
    for (let at = end + 1; at < close; at++) {
      method.lastIndex = at;
      const match =
        /[\w$]/.test(source.code[at] ?? "") && !/[\w$.]/.test(source.code[at - 1] ?? "")
          ? method.exec(source.code)
          : null;
      if (match?.[1] !== undefined) {
        const open = at + match[0].length - 1;
        const [first] = source.parts(open);
        const parameter = first && /^[\w$]+/.exec(source.codeOf(first))?.[0];
        if (parameter !== undefined && requestNames.test(parameter))
          handlers.push({ name: match[1], at: source.at(at + match[0].indexOf(match[1])) });
        at = source.closing(open);
      } else if ("([{".includes(source.code[at] ?? " ")) at = source.closing(at);
    }
    return { owner, handlers };
  });
}

/** `serviceHandlers: new Orders()`; `*` where the library looks among the exports of files. */
function bindings(source: Source): string[] {
  const made = new RegExp(`(?<![\\w$.])(?:${tableName})\\s*[:=]\\s*new\\s+([\\w$.]+)`, "g");
  const names = [...source.matches(made)].map(({ 1: name = "" }) => name.split(".").at(-1) ?? "");
  const looksUp = /\boperationHandlers\s*:\s*(?![{\s])(?!new\b)(?!false\b)/.test(source.code);
  return looksUp ? [...names, "*"] : names;
}

function given(handlers: readonly NamedPlace[]): HandlerTable {
  return { owner: undefined, handlers };
}

/** Names of the members of an object; none when it is a type. */
function membersAt(source: Source, open: number): NamedPlace[] {
  if (source.code[open] !== "{") return [];
  const parts = source.parts(open);
  if (parts.some((part) => hasSemicolon(source, part))) return [];
  return parts.flatMap((part) => {
    const start = source.skipBlanks(part.start);
    const quoted = source.literalAt(start);
    const name =
      quoted?.content ??
      /^(?:async\s+)?\*?\s*([A-Za-z_$][\w$]*)/.exec(source.code.slice(start, part.end))?.[1];
    return name === undefined ? [] : [{ name, at: source.at(start) }];
  });
}

function hasSemicolon(source: Source, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) {
    const letter = source.code[at] ?? "";
    if ("([{".includes(letter)) at = source.closing(at);
    else if (letter === ";") return true;
  }
  return false;
}
