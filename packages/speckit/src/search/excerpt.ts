import { termsOf } from "./terms.ts";

const MAX_LENGTH = 160;

/** The line of a passage that says most about the query, without markup; the first with text when none says anything. */
export function excerptOf(lines: readonly string[], query: string): string {
  const wanted = new Set(termsOf(query));
  let best = { line: "", terms: -1 };
  for (const line of lines) {
    const text = plain(line);
    if (text === "") continue;
    const terms = new Set(termsOf(text).filter((term) => wanted.has(term))).size;
    if (terms > best.terms) best = { line: text, terms };
  }
  return best.line.length > MAX_LENGTH ? `${best.line.slice(0, MAX_LENGTH - 1).trimEnd()}…` : best.line;
}

/** Headings are shown beside the excerpt already; rules, fences and comment marks say nothing. */
function plain(line: string): string {
  if (/^\s*(?:#{1,6}\s|[-=*_|:`~\s]+$|<!--)/.test(line)) return "";
  return line
    .replace(/^\s*(?:[-*+>]|\d+[.)]|\/\/+|\/\*+|\*\/?|#)\s+/, "")
    .replace(/\s+/g, " ")
    .trim();
}
