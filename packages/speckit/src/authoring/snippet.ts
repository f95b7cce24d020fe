import { splitText } from "../search/split-text.ts";

/** What a snippet is for the one who reads it. */
export type SnippetKind =
  | "constitution"
  | "template"
  | "finding"
  | "task"
  | "spec"
  | "plan"
  | "quick-ref"
  | "related"
  | "operation"
  | "event"
  | "schema"
  | "ai-doc"
  | "code";

/** A piece of a file that can be handed to an agent by itself. */
export interface Snippet {
  readonly kind: SnippetKind;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** Headings that it stands below, outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
  /** The service that it is about; undefined for what concerns all. */
  readonly service: string | undefined;
}

/** Lists shorter than this are one piece: each line by itself would cost more headings than it saves. */
const SHORT = 9;

/** Cuts a markdown text into pieces: a section each, and each item or row of a long list or table by itself. */
export function snippetsIn(file: string, text: string, of: Pick<Snippet, "kind" | "service">): Snippet[] {
  const lines = text.split(/\r\n?|\n/);
  // Each statement of a constitution applies, or doesn't, by itself.
  const short = of.kind === "constitution" ? 0 : SHORT;
  const above: { level: number; title: string }[] = [];
  return splitText(file, text).flatMap(({ line, endLine, heading }) => {
    const level = /^#{1,6}(?=\s)/.exec((lines[line - 1] ?? "").trim())?.[0].length;
    if (level !== undefined) {
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      above.push({ level, title: heading });
    }
    const headings = above.filter((one) => one.level > 1).map(({ title }) => title);
    const piece = (from: number, to: number): Snippet => ({
      ...of,
      file,
      line: from,
      endLine: to,
      headings,
      text: lines
        .slice(from - 1, to)
        .join("\n")
        .trim(),
    });
    const items = itemsIn(lines, line, endLine);
    const pieces =
      items.length > short
        ? items.map(([from, to]) => piece(from, to))
        : [piece(line, lastLine(lines, line, endLine))];
    return pieces.filter(({ text: own }) => own.replace(/^#+ .*$/m, "").trim() !== "");
  });
}

/** Items of lists with the lines that belong to them, rows of tables, and what stands between. */
function itemsIn(lines: readonly string[], line: number, endLine: number): [number, number][] {
  const items: [number, number][] = [];
  let isOpen = false;
  for (let at = line; at <= endLine; at++) {
    const text = lines[at - 1] ?? "";
    const isRow = /^\s*\|/.test(text);
    if (text.trim() === "" || /^\s*#/.test(text) || /^\s*\|[\s|:-]+\|?$/.test(text)) {
      isOpen = false;
      continue;
    }
    const last = items.at(-1);
    if (isOpen && last && !isRow && !/^\s{0,3}(?:[-*+]|\d+[.)])\s/.test(text)) last[1] = at;
    else items.push([at, at]);
    isOpen = !isRow;
  }
  return items;
}

function lastLine(lines: readonly string[], line: number, endLine: number): number {
  let at = endLine;
  while (at > line && (lines[at - 1] ?? "").trim() === "") at--;
  return at;
}
