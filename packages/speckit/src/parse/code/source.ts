import type { Location } from "../../model/location.ts";
import { lineIndex } from "../text.ts";

/** How a language writes comments and texts. */
export interface Syntax {
  readonly lineComment: string;
  readonly blockComments: boolean;
  /** Quotes that may go over several lines, longest first. */
  readonly longQuotes: readonly string[];
  readonly quotes: string;
  /** `${…}` in backticks, and regular expressions between slashes. */
  readonly javaScript?: boolean;
}

/** A text in the code: `start` is its opening quote, `end` comes after the closing one. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly content: string;
  readonly isTemplate: boolean;
}

/** A part of the code. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A source file in which comments are gone and texts are blanked, so that patterns meet code only. Offsets are those of the file.
 */
export class Source {
  readonly file: string;
  readonly text: string;
  /** The code with comments as blanks and each text as quotes around blanks. */
  readonly code: string;
  readonly #literals: ReadonlyMap<number, Literal>;
  readonly #positionAt: ReturnType<typeof lineIndex>;
  #constants: Map<string, Span> | undefined;
  #closings: ReadonlyMap<number, number> | undefined;

  constructor(file: string, text: string, syntax: Syntax) {
    this.file = file;
    this.text = text;
    const { code, literals } = blank(text, syntax);
    this.code = code;
    this.#literals = literals;
    this.#positionAt = lineIndex(text);
  }

  at(offset: number): Location {
    return { file: this.file, ...this.#positionAt(offset) };
  }

  /** The text that begins at an offset, or after the blanks there. */
  literalAt(offset: number): Literal | undefined {
    return this.#literals.get(this.skipBlanks(offset));
  }

  get literals(): Iterable<Literal> {
    return this.#literals.values();
  }

  skipBlanks(offset: number): number {
    let at = offset;
    while (at < this.code.length && /\s/.test(this.code[at] ?? "")) at++;
    return at;
  }

  /** All matches of a global pattern in the code. */
  *matches(pattern: RegExp): Generator<RegExpExecArray & { readonly end: number }> {
    for (const match of this.code.matchAll(pattern))
      yield Object.assign(match as RegExpExecArray, { end: match.index + match[0].length });
  }

  /** Where the bracket that opens at `offset` closes; the end of the code when it does not. */
  closing(offset: number): number {
    this.#closings ??= closingsOf(this.code);
    return this.#closings.get(offset) ?? this.code.length;
  }

  /** What stands between the brackets that open at `offset`, divided at its commas. */
  parts(offset: number): Span[] {
    const close = this.closing(offset);
    const spans: Span[] = [];
    let start = offset + 1;
    for (let at = start; at < close; at++) {
      const letter = this.code[at] ?? "";
      if ("([{".includes(letter)) at = this.closing(at);
      else if (letter === ",") {
        spans.push({ start, end: at });
        start = at + 1;
      }
    }
    if (this.code.slice(start, close).trim() !== "") spans.push({ start, end: close });
    return spans;
  }

  codeOf({ start, end }: Span): string {
    return this.code.slice(start, end).trim();
  }

  /** The value of a member such as `prefix: "/v1"` or `prefix="/v1"` in a part of the code, at its outermost level. */
  member(span: Span, ...names: readonly string[]): Span | undefined {
    const open = this.skipBlanks(span.start);
    const isBracket = "{([".includes(this.code[open] ?? " ");
    const parts = isBracket ? this.parts(open) : [span];
    for (const part of parts) {
      const match = /^\s*(["']?)([\w-]*)\1?\s*(?::|=(?![=>]))/.exec(this.text.slice(part.start, part.end));
      if (match && names.includes(match[2] ?? ""))
        return { start: part.start + match[0].length, end: part.end };
    }
    return undefined;
  }

  /** Constants of the file whose value is a text: name to value. Found once. */
  get constants(): ReadonlyMap<string, Span> {
    if (!this.#constants) {
      this.#constants = new Map();
      const pattern =
        /(?:^|[\s;{(,])([A-Za-z_]\w*)\s*(?::\s*(?:string|str|String)\s*)?(?::=|=|:)\s*[rfbuFRBU]?(?=["'`])/g;
      for (const { 1: name = "", end } of this.matches(pattern)) {
        const literal = this.literalAt(end);
        // A name that is given several texts means none of them.
        if (literal) this.#constants.set(name, this.#constants.has(name) ? { start: 0, end: 0 } : literal);
      }
    }
    return this.#constants;
  }
}

/** Where each bracket that opens closes. Found in one pass, since most are asked for. */
function closingsOf(code: string): Map<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < code.length; at++) {
    const letter = code.charCodeAt(at);
    if (letter === 40 || letter === 91 || letter === 123) open.push(at);
    else if (letter === 41 || letter === 93 || letter === 125) {
      const start = open.pop();
      if (start !== undefined) closings.set(start, at);
    }
  }
  return closings;
}

function blank(text: string, syntax: Syntax): { code: string; literals: Map<number, Literal> } {
  const literals = new Map<number, Literal>();
  const out: string[] = [];
  let kept = 0;
  const drop = (start: number, end: number, quote = 0) => {
    out.push(text.slice(kept, start + quote), text.slice(start + quote, end - quote).replace(/[^\n]/g, " "));
    kept = end - quote;
  };
  for (let at = 0; at < text.length; ) {
    const comment = commentAt(text, at, syntax);
    if (comment !== undefined) {
      drop(at, comment);
      at = comment;
      continue;
    }
    const literal = literalAt(text, at, syntax);
    if (literal) {
      const quote = Math.min(literal.quote, (literal.end - at) >> 1);
      literals.set(at, {
        start: at,
        end: literal.end,
        content: text.slice(at + quote, literal.end - quote),
        isTemplate: text[at] === "`" && syntax.javaScript === true,
      });
      drop(at, literal.end, quote);
      at = literal.end;
      continue;
    }
    const expression = syntax.javaScript ? regularExpressionAt(text, at) : undefined;
    if (expression !== undefined) drop(at, expression);
    at = expression ?? at + 1;
  }
  out.push(text.slice(kept));
  return { code: out.join(""), literals };
}

function commentAt(text: string, at: number, { lineComment, blockComments }: Syntax): number | undefined {
  if (text.startsWith(lineComment, at)) return endOf(text, "\n", at, 0);
  if (blockComments && text.startsWith("/*", at)) return endOf(text, "*/", at + 2, 2);
  return undefined;
}

function endOf(text: string, mark: string, from: number, length: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end + length;
}

function literalAt(text: string, at: number, syntax: Syntax): { end: number; quote: number } | undefined {
  const long = syntax.longQuotes.find((quote) => text.startsWith(quote, at));
  if (long === "`" && syntax.javaScript) return { end: templateEnd(text, at), quote: 1 };
  if (long !== undefined)
    return { end: endOf(text, long, at + long.length, long.length), quote: long.length };
  const quote = text[at] ?? "";
  if (quote === "" || !syntax.quotes.includes(quote)) return undefined;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === quote) return { end: end + 1, quote: 1 };
    // A quote that does not close on its line is no text: an apostrophe, a lifetime.
    else if (text[end] === "\n") return undefined;
  }
  return undefined;
}

/** Where a template ends, with the templates and texts in its `${…}`. */
function templateEnd(text: string, start: number): number {
  const depths: number[] = [];
  for (let at = start + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === "\\") at++;
    else if (depths.length === 0 || depths.at(-1) === 0) {
      if (letter === "`") {
        if (depths.length === 0) return at + 1;
        depths.pop();
      } else if (letter === "$" && text[at + 1] === "{") {
        depths.push(1);
        at++;
      }
    } else if (letter === "{") depths.push((depths.pop() ?? 0) + 1);
    else if (letter === "}") {
      const depth = (depths.pop() ?? 1) - 1;
      if (depth > 0) depths.push(depth);
    } else if (letter === "`") depths.push(0);
  }
  return text.length;
}

/** Where a regular expression ends that begins here; a slash after a value divides. */
function regularExpressionAt(text: string, at: number): number | undefined {
  if (text[at] !== "/") return undefined;
  let before = at - 1;
  while (before >= 0 && (text[before] === " " || text[before] === "\t")) before--;
  const previous = text[before] ?? "\n";
  if (!"(,=:[!&|?{};\n+>".includes(previous)) return undefined;
  let inClass = false;
  for (let end = at + 1; end < text.length; end++) {
    const letter = text[end];
    if (letter === "\n") return undefined;
    if (letter === "\\") end++;
    else if (letter === "[") inClass = true;
    else if (letter === "]") inClass = false;
    else if (letter === "/" && !inClass) return end + 1;
  }
  return undefined;
}
