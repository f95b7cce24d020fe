import type { Location } from "../model/location.ts";
import type { StaleReference, Summary } from "../model/summary.ts";

/** Text of a file of the tree, or undefined when there is none. */
export type LoadText = (file: string) => string | undefined;

/** Files that people name with a line. */
const extension =
  "(?:[cm]?[jt]sx?|py|go|java|kts?|rs|rb|cs|php|sql|proto|graphql|avsc|ya?ml|json|toml|md|sh|html|css|gradle|xml|tf)";
const reference = new RegExp(
  String.raw`(?<![\w/.:@)\]-])((?:\.{1,2}/)*(?:[\w@.-]+/)*[\w@.-]*[\w-]\.${extension}):(\d{1,6})(?::\d+)?(?![\w:/])`,
  "g",
);
/** Longer than the title of any test. */
const LONGEST_NAME = 300;
/** A name right before a reference: `` `placeOrder` `src/app.ts:4` ``, `` `placeOrder` (`src/app.ts:4`) ``. */
const nameBefore = /(`+)((?:(?!\1)[^\n])+)\1 `?$/;
const identifierBefore = /`([\w$.]+)`(?: in| at|:)? ?\(?`?$/;

/**
 * Reads quick-ref.md or ai-doc.md and holds every `path:line` in it against the file. Paths are written from the service, the root or the
 * document; what stands in code fences is an example. Without the texts of other files nothing is held against them. Never throws.
 */
export function parseSummary(file: string, text: string, load: LoadText | undefined): Summary {
  if (!load) return { kind: "summary", file, stale: [] };
  const find = fileFinder(file, load);
  const stale: StaleReference[] = [];
  let isFenced = false;
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    if (isFenced || !line.includes(":")) continue;
    for (const match of line.matchAll(reference)) {
      const [whole, path = "", digits = ""] = match;
      const before = line.slice(Math.max(0, match.index - LONGEST_NAME), match.index);
      const at = { file, line: index + 1, column: match.index + 1 };
      const problem = judge(find(path), Number(digits), nameIn(before), { text: whole, at });
      if (problem) stale.push(problem);
    }
  }
  return { kind: "summary", file, stale };
}

function nameIn(before: string): string | undefined {
  const name = nameBefore.exec(before)?.[2] ?? identifierBefore.exec(before)?.[1];
  // Cells of a table may not hold a bar.
  return name?.trim().replaceAll("\\|", "|");
}

function judge(
  lines: readonly string[] | undefined,
  line: number,
  name: string | undefined,
  said: { readonly text: string; readonly at: Location },
): StaleReference | undefined {
  if (!lines) return { ...said, problem: "no-file", name, foundAt: undefined };
  const own = lines[line - 1];
  if (own === undefined) return { ...said, problem: "no-line", name, foundAt: placeOf(lines, name, line) };
  if (name === undefined || own.includes(name)) return undefined;
  return { ...said, problem: "other-line", name, foundAt: placeOf(lines, name, line) };
}

/** The line nearest to another on which a name stands. */
function placeOf(lines: readonly string[], name: string | undefined, near: number): number | undefined {
  if (name === undefined) return undefined;
  const places = lines.flatMap((line, index) => (line.includes(name) ? [index + 1] : []));
  return places.sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b)[0];
}

/** Finds the lines of a file by the path that a document writes. Each path is looked up once. */
function fileFinder(document: string, load: LoadText): (path: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>();
  const service = document.replace(/(?:^|\/)specs\/.*$/, "");
  const own = document.slice(0, Math.max(0, document.lastIndexOf("/")));
  const bases = [...new Set([service, "", own])];
  return (path) => {
    if (!known.has(path)) {
      const candidates = bases.flatMap((base) => joined(base, path) ?? []);
      const text = firstOf(candidates, load);
      known.set(path, text?.replace(/\n$/, "").split(/\r\n?|\n/));
    }
    return known.get(path);
  };
}

function firstOf(files: readonly string[], load: LoadText): string | undefined {
  for (const file of files) {
    const text = load(file);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A path below the root; undefined for one that leads out of it. */
function joined(base: string, path: string): string | undefined {
  const parts = base === "" ? [] : base.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
