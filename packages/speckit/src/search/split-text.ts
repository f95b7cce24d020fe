import type { Passage } from "./searched-document.ts";
import { symbolsIn } from "./symbols.ts";

const WINDOW = 60;

/** A line where something begins that has a name. */
export interface Landmark {
  readonly line: number;
  readonly heading: string;
}

/** Cuts a text of that path into passages: markdown at headings, code at symbols and tests, everything else every 60 lines. */
export function splitText(file: string, text: string): Passage[] {
  const lines = text.split(/\r\n?|\n/);
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  const landmarks = isProse(file) ? headingsIn(lines) : symbolsIn(file, lines);
  return splitAt(lines, landmarks);
}

/** Passages that begin at landmarks; long ones are cut, each piece under the same heading. */
function splitAt(lines: readonly string[], landmarks: readonly Landmark[]): Passage[] {
  const starts = landmarks[0]?.line === 1 ? landmarks : [{ line: 1, heading: "" }, ...landmarks];
  return starts.flatMap(({ line, heading }, index) => {
    const end = (starts[index + 1]?.line ?? lines.length + 1) - 1;
    const pieces: Passage[] = [];
    for (let from = line; from <= end; from += WINDOW) {
      const to = Math.min(end, from + WINDOW - 1);
      pieces.push({ line: from, endLine: to, heading, text: lines.slice(from - 1, to).join("\n") });
    }
    return pieces;
  });
}

export function isProse(file: string): boolean {
  return /\.(?:md|mdx|markdown|txt|rst|adoc|asciidoc|org)$|(?:^|\/)(?:README|CHANGELOG|CONTRIBUTING|NOTES)$/i.test(
    file,
  );
}

/** Headings of markdown and AsciiDoc (`== Title`); underlined ones as in reStructuredText. What stands in code fences is none. */
function headingsIn(lines: readonly string[]): Landmark[] {
  const found: Landmark[] = [];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const mark = /^\s{0,3}(```+|~~~+)/.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
      continue;
    }
    if (fence !== undefined) continue;
    const title = /^\s{0,3}(?:#{1,6}|={1,5})\s+(.*?)[\s#=]*$/.exec(line)?.[1];
    if (title !== undefined && title !== "") found.push({ line: index + 1, heading: plain(title) });
    else if (/^(?:={3,}|-{3,}|~{3,}|\^{3,})\s*$/.test(line) && isTitle(lines, index))
      found.push({ line: index, heading: plain(lines[index - 1] ?? "") });
  }
  return found;
}

/** Whether the line above an underline is a title: one line of text after a blank one, not longer than its line. */
function isTitle(lines: readonly string[], underline: number): boolean {
  const title = lines[underline - 1] ?? "";
  const before = lines[underline - 2] ?? "";
  return /^[\p{L}\p{N}`*[]/u.test(title) && before.trim() === "" && title.length <= 80;
}

/** A title without markup. */
function plain(title: string): string {
  return title
    .replace(/<[^>]*>|\{#[^}]*\}/g, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]/g, "")
    .trim();
}
