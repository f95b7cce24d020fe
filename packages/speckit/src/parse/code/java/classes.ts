import type { Source, Span } from "../source.ts";

export interface Annotation {
  readonly name: string;
  /** Offset of its bracket, when it has one. */
  readonly open: number | undefined;
}

export interface JavaClass {
  readonly name: string;
  readonly offset: number;
  readonly isPublic: boolean;
  readonly annotations: readonly Annotation[];
  readonly body: Span;
}

/** Classes and interfaces of a file with their annotations. */
export function javaClasses(source: Source): JavaClass[] {
  const pattern =
    /(?<![\w.@])((?:(?:public|private|protected|internal|abstract|final|static|open|data|sealed)\s+)*)(?:class|interface|record|object)\s+(\w+)/g;
  return [...source.matches(pattern)].flatMap(({ 1: words = "", 2: name = "", index, end }) => {
    const open = bodyOf(source, end);
    if (open === undefined) return [];
    return [
      {
        name,
        offset: index,
        isPublic:
          /\bpublic\b/.test(words) ||
          (source.file.endsWith(".kt") && !/\b(?:private|internal)\b/.test(words)),
        annotations: annotationsUpTo(source, index),
        body: { start: open, end: source.closing(open) },
      },
    ];
  });
}

/** Longer than what stands before the body of any class. */
const HEADER = 5000;

/** Where the body of a class opens; its parameters and what it extends stand before. */
function bodyOf(source: Source, from: number): number | undefined {
  for (let at = from; at < Math.min(source.code.length, from + HEADER); at++) {
    const letter = source.code[at] ?? "";
    if (letter === "{") return at;
    if (letter === ";" || letter === "}") return undefined;
    if (letter === "(") at = source.closing(at);
  }
  return undefined;
}

/** The annotations that begin at an offset, one after the other, and where they end. */
export function annotationsBefore(
  source: Source,
  offset: number,
): { annotations: Annotation[]; end: number } {
  const annotations: Annotation[] = [];
  const pattern = /\s*@([\w.]+)\s*/y;
  for (let at = offset; ; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(source.code);
    if (!match) return { annotations, end: at };
    const end = at + match[0].length;
    const hasBracket = source.code[end] === "(";
    annotations.push({ name: match[1]?.split(".").at(-1) ?? "", open: hasBracket ? end : undefined });
    at = hasBracket ? source.closing(end) + 1 : end;
  }
}

/** The annotations right before a declaration. */
function annotationsUpTo(source: Source, offset: number): Annotation[] {
  const near = Math.max(0, offset - HEADER);
  const semicolon = source.code.slice(near, offset).lastIndexOf(";") + near;
  const begin = Math.max(semicolon, beforeBody(source, offset), near - 1) + 1;
  const first = source.code.indexOf("@", begin);
  return first === -1 || first >= offset ? [] : annotationsBefore(source, first).annotations;
}

/** The last brace before an offset that belongs to no annotation. */
function beforeBody(source: Source, offset: number): number {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - HEADER); at--) {
    const letter = source.code[at] ?? "";
    if (letter === ")") depth++;
    else if (letter === "(") depth--;
    else if (depth === 0 && (letter === "}" || letter === "{")) return at;
  }
  return -1;
}
