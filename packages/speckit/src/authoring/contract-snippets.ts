import type { Contract } from "../model/contract.ts";
import type { Locate } from "../model/location.ts";
import { contractUnits } from "../search/contract-places.ts";
import type { Snippet } from "./snippet.ts";

/** A question is about a property or an answer: lines of an operation or event beyond these are pieces of their own. */
const LONGEST_PIECE = 14;

/** Cuts a long operation, event or schema at its members: each piece stands below the names of those around it. */
export function membersOf(snippet: Snippet): Snippet[] {
  const lines = snippet.text.split("\n");
  const pieces: Snippet[] = [];
  const piece = (from: number, to: number, headings: readonly string[]): void => {
    const text = lines.slice(from, to).join("\n");
    if (/\w/.test(text))
      pieces.push({ ...snippet, line: snippet.line + from, endLine: snippet.line + to - 1, headings, text });
  };
  const cut = (from: number, to: number, headings: readonly string[]): void => {
    if (to - from <= LONGEST_PIECE) {
      piece(from, to, headings);
      return;
    }
    const indent = Math.min(
      ...lines
        .slice(from + 1, to)
        .filter((line) => line.trim() !== "")
        .map(indentOf),
    );
    let start = from;
    for (let at = from + 1; at < to; ) {
      let end = at + 1;
      while (end < to && (lines[end]?.trim() === "" || indentOf(lines[end] ?? "") > indent)) end++;
      if (end - at > LONGEST_PIECE) {
        if (at > start) piece(start, at, headings);
        cut(at, end, [...headings, keyIn(lines[at] ?? "")]);
        start = end;
      } else if (end - start > LONGEST_PIECE) {
        piece(start, at, headings);
        start = at;
      }
      at = end;
    }
    if (start < to) piece(start, to, headings);
  };
  cut(0, lines.length, snippet.headings);
  return pieces;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function keyIn(line: string): string {
  return /[\w$.-]+/.exec(line)?.[0] ?? "";
}

/** The operations, events and named schemas of a contract, each by itself. */
export function contractSnippets(
  contract: Contract,
  text: string,
  locate: Locate,
  service: string | undefined,
): Snippet[] {
  const lines = text.split(/\r\n?|\n/);
  const piece = (kind: Snippet["kind"], heading: string, line: number, endLine: number): Snippet => ({
    kind,
    file: contract.file,
    line,
    endLine,
    headings: [heading],
    text: lines.slice(line - 1, endLine).join("\n"),
    service,
  });
  const named = contractUnits(contract, text, locate)
    .filter(({ whole }) => !whole)
    .flatMap(({ passages }) => passages);
  const kind = contract.kind === "openapi" ? "operation" : "event";
  return [
    ...named.map(({ heading, line, endLine }) => piece(kind, heading, line, trimmed(lines, line, endLine))),
    ...(contract.kind === "openapi"
      ? componentsIn(lines).map(({ name, line, endLine }) => piece("schema", name, line, endLine))
      : []),
  ];
}

/** Named parts below `components` of a YAML document, which are indented by two steps. */
function componentsIn(lines: readonly string[]): { name: string; line: number; endLine: number }[] {
  const start = lines.findIndex((line) => /^components:\s*$/.test(line));
  if (start === -1) return [];
  const found: { name: string; line: number; endLine: number }[] = [];
  const step = /^( +)\S/.exec(lines[start + 1] ?? "")?.[1]?.length ?? 2;
  for (let at = start + 1; at < lines.length && !/^\S/.test(lines[at] ?? ""); at++) {
    const [, blank = "", name] = /^( +)(?:["']?)([\w.-]+)(?:["']?):/.exec(lines[at] ?? "") ?? [];
    const last = found.at(-1);
    if (name !== undefined && blank.length <= step * 2) {
      if (blank.length === step * 2) found.push({ name, line: at + 1, endLine: at + 1 });
      continue;
    }
    if (last && (lines[at] ?? "").trim() !== "") last.endLine = at + 1;
  }
  return found;
}

function trimmed(lines: readonly string[], line: number, endLine: number): number {
  let at = endLine;
  while (at > line && (lines[at - 1] ?? "").trim() === "") at--;
  return at;
}
