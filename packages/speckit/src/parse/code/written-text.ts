import type { Literal, Source, Span } from "./source.ts";

/** A text as far as the code writes it out. */
export interface WrittenText {
  /** With `{}` for each part that is known only when the code runs. */
  readonly text: string;
  /** The expressions that stand for these parts. */
  readonly holes: readonly string[];
}

const nothing: WrittenText = { text: "", holes: [] };

/**
 * The text that an expression comes to: a text, a template, texts joined by `+`, a format with its values, a constant of the file. Undefined when
 * it is nothing of the kind.
 */
export function writtenText(source: Source, span: Span, depth = 0): WrittenText | undefined {
  const pieces = splitAtPlus(source, span).map((piece) => pieceText(source, piece, depth));
  if (pieces.every((piece) => piece.written === undefined)) return undefined;
  return pieces.reduce<WrittenText>(
    (sum, { written, expression }) => join(sum, written ?? { text: "{}", holes: [expression] }),
    nothing,
  );
}

function join(a: WrittenText, b: WrittenText): WrittenText {
  return { text: a.text + b.text, holes: [...a.holes, ...b.holes] };
}

function splitAtPlus(source: Source, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const letter = source.code[at] ?? "";
    if ("([{".includes(letter)) at = source.closing(at);
    else if (letter === "+" && source.code[at + 1] !== "+") {
      spans.push({ start: from, end: at });
      from = at + 1;
    }
  }
  return [...spans, { start: from, end }];
}

interface Piece {
  readonly written: WrittenText | undefined;
  readonly expression: string;
}

function pieceText(source: Source, span: Span, depth: number): Piece {
  const expression = source.text.slice(span.start, span.end).trim();
  const start = source.skipBlanks(span.start);
  const prefix = /^[rfbuFRBU]{1,2}(?=["'])/.exec(source.text.slice(start, start + 3))?.[0] ?? "";
  const literal = source.literalAt(start + prefix.length);
  if (literal) return { written: literalText(source, literal, /f/i.test(prefix), depth), expression };
  const formatted = /^(?:fmt\.Sprintf|String\.format|\w+\.Sprintf)\s*\(/.exec(
    source.code.slice(start, span.end),
  );
  if (formatted)
    return { written: formattedText(source, start + formatted[0].length - 1, depth), expression };
  const wrapped = /^(?:new\s+URL|URI\.create|URI|URL|str|String|uri|url)\s*\(/.exec(
    source.code.slice(start, span.end),
  );
  const [inner] = wrapped ? source.parts(start + wrapped[0].length - 1) : [];
  if (inner) return { written: writtenText(source, inner, depth), expression };
  const name = /^(?:(?:this|self|[A-Z]\w*)\.)?([A-Za-z_]\w*)$/.exec(expression)?.[1];
  const constant = name === undefined ? undefined : source.constants.get(name);
  if (!constant || constant.end === 0 || depth > 3) return { written: undefined, expression };
  return { written: writtenText(source, constant, depth + 1), expression };
}

function literalText(
  source: Source,
  { content, isTemplate }: Literal,
  isFormat: boolean,
  depth: number,
): WrittenText {
  if (!isTemplate && !isFormat) return { text: content.replace(/\\(.)/g, "$1"), holes: [] };
  const holes: string[] = [];
  const opening = isTemplate ? "${" : "{";
  let text = "";
  for (let at = 0; at < content.length; at++) {
    if (!content.startsWith(opening, at)) {
      text += content[at];
      continue;
    }
    const end = closingBrace(content, at + opening.length);
    const expression = content.slice(at + opening.length, end).trim();
    const known = depth > 3 ? undefined : constantText(source, expression, depth);
    text += known?.text ?? "{}";
    holes.push(...(known?.holes ?? [expression]));
    at = end;
  }
  return { text, holes };
}

function constantText(source: Source, expression: string, depth: number): WrittenText | undefined {
  const name = /^(?:(?:this|self)\.)?([A-Za-z_]\w*)$/.exec(expression)?.[1];
  const constant = name === undefined ? undefined : source.constants.get(name);
  return constant && constant.end > 0 ? writtenText(source, constant, depth + 1) : undefined;
}

function closingBrace(content: string, from: number): number {
  let depth = 1;
  for (let at = from; at < content.length; at++) {
    if (content[at] === "{") depth++;
    else if (content[at] === "}" && --depth === 0) return at;
  }
  return content.length;
}

/** `Sprintf("%s/users/%d", base, id)`. */
function formattedText(source: Source, open: number, depth: number): WrittenText | undefined {
  const [format, ...values] = source.parts(open);
  const literal = format && source.literalAt(format.start);
  if (!literal) return undefined;
  let index = 0;
  const holes: string[] = [];
  const text = literal.content.replace(/%[-+#0]*\d*(?:\.\d+)?[a-zA-Z]/g, () => {
    const value = values[index++];
    const piece = value && pieceText(source, value, depth + 1);
    holes.push(...(piece?.written?.holes ?? [piece?.expression ?? ""]));
    return piece?.written?.text ?? "{}";
  });
  return { text, holes };
}

/** A path as routers write it, with parameters as `{name}` and one slash between parts. */
export function routePath(...parts: readonly string[]): string {
  const path = parts
    .join("/")
    .replace(/\(\?P<(\w+)>[^)]*\)/g, "{$1}")
    .replace(/<(?:[^<>:]*:)?(\w+)>/g, "{$1}")
    .replace(/\{\s*(\w+)\s*(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*|\.\.\.)\}/g, "{$1}")
    .replace(/(?<=\/):(\w+)(?:\([^()]*\))?[?*+]?/g, "{$1}")
    .replace(/(?<=\/)\*(\w*)/g, (_, name: string) => `{${name || "rest"}}`)
    .replace(/^\^|\$$/g, "")
    .replace(/\/{2,}/g, "/")
    .replace(/(?<=.)\/$/, "");
  return path.startsWith("/") ? path : `/${path}`;
}
