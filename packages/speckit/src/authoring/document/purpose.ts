import type { NamedPlace } from "../../model/code.ts";

/** What a source file is for: the first sentence of the comment at its head, or of the one above what it is named after. */
export function purposeOf(file: string, text: string, exports: readonly NamedPlace[]): string | undefined {
  const lines = text.split(/\r\n?|\n/);
  const head = headComment(file, lines);
  if (head !== undefined) return head;
  const name = wordsOf(file.slice(file.lastIndexOf("/") + 1).replace(/\.\w+$/, ""));
  const main = exports.find((one) => wordsOf(one.name) === name);
  const doing = exports.filter(({ at }) => does.test(lines[at.line - 1] ?? ""));
  const ordered = [...(main ? [main] : []), ...doing, ...exports];
  for (const { name, at } of ordered) {
    const sentence = /\.py$/.test(file) ? docString(lines, at.line) : commentAbove(lines, at.line - 1);
    if (sentence !== undefined) return withoutSubject(sentence, name);
  }
  return undefined;
}

/** Go's comments begin with the name of what they describe. */
function withoutSubject(sentence: string, name: string): string {
  if (!sentence.startsWith(`${name} `)) return sentence;
  const rest = sentence.slice(name.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** What does something tells more than the types that it takes. */
const does = /\b(?:function|class|def|func|fun)\b|=>|\bconst\s+[a-z]/;

/** `jwt_service`, `JwtService` and `jwt-service` are the same words. */
function wordsOf(name: string): string {
  return name.replace(/[\W_]/g, "").toLowerCase();
}

const opening = /^\s*(?:\/\*\*?|\/\/[/!]?|#(?!!)|"""|''')\s?/;
const noPurpose =
  /copyright|licen[cs]e|eslint|prettier|biome|@ts-|coding[:=]|noqa|pylint|generated|^\s*use strict|go:build|\+build|^-+$/i;

/** A comment that the file begins with and that belongs to nothing below it. */
function headComment(file: string, lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#!"));
  const line = lines[first] ?? "";
  if (first === -1 || !opening.test(line)) return undefined;
  if (/\.py$/.test(file) && /^\s*(?:"""|''')/.test(line)) return docString(lines, first);
  const end = endOfComment(lines, first);
  // What follows without a blank line is what the comment describes; imports and packages are not described.
  const next = lines[end + 1]?.trim() ?? "";
  const belongs = next !== "" && !/^(?:import|package|from|use|const \w+ = require|#)/.test(next);
  return belongs ? undefined : sentenceIn(lines.slice(first, end + 1));
}

function endOfComment(lines: readonly string[], start: number): number {
  const isBlock = /^\s*\/\*/.test(lines[start] ?? "");
  let end = start;
  if (isBlock) while (end < lines.length - 1 && !(lines[end] ?? "").includes("*/")) end++;
  else while (/^\s*(?:\/\/|#)/.test(lines[end + 1] ?? "")) end++;
  return end;
}

/** The text in three quotes on the line, or on one of the lines below a `def` or `class`. */
function docString(lines: readonly string[], from: number): string | undefined {
  let start = from;
  while (start < from + 12 && !/^\s*[rRuU]?(?:"""|''')/.test(lines[start] ?? "")) {
    // The head of a function may go over several lines; what comes after its colon is its body.
    if (start > from && /^\s*(?:return|self|\w+\s*=)/.test(lines[start] ?? "")) return undefined;
    start++;
  }
  const quote = /"""|'''/.exec(lines[start] ?? "")?.[0];
  if (quote === undefined) return undefined;
  const [, ...rest] = lines
    .slice(start, start + 12)
    .join("\n")
    .split(quote);
  return sentenceIn((rest[0] ?? "").split("\n"));
}

/** The comment right above a line; annotations and decorators may stand between. */
function commentAbove(lines: readonly string[], below: number): string | undefined {
  let end = below - 1;
  while (end >= 0 && /^\s*@/.test(lines[end] ?? "")) end--;
  const last = lines[end]?.trim() ?? "";
  let start = end;
  if (last.endsWith("*/")) while (start > 0 && !/^\s*\/\*/.test(lines[start] ?? "")) start--;
  else if (/^(?:\/\/|#)/.test(last))
    while (start > 0 && /^\s*(?:\/\/|#)/.test(lines[start - 1] ?? "")) start--;
  else return undefined;
  return sentenceIn(lines.slice(start, end + 1));
}

function sentenceIn(lines: readonly string[]): string | undefined {
  const text: string[] = [];
  for (const line of lines) {
    const words = line
      .replace(opening, "")
      .replace(/^\s*\*(?!\/)\s?|\*\/.*$/g, "")
      .trim();
    if (/^[@:]\w/.test(words) || (words === "" && text.length > 0)) break;
    if (words !== "" && !noPurpose.test(words)) text.push(words);
  }
  const [sentence = ""] = text.join(" ").split(/(?<=[.!?])\s|:\s*$/);
  const plain = sentence
    .replace(/\{@\w+\s+([^}]*)\}/g, "$1")
    .replace(/<\/?\w+>/g, "")
    .replace(/\|/g, "/")
    .replace(/\.$/, "")
    .trim();
  return /[\p{L}]{2}/u.test(plain) ? plain : undefined;
}
