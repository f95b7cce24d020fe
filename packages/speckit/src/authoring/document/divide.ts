import type { Block } from "../revise/split-blocks.ts";

export type DocumentName = "quick-ref.md" | "ai-doc.md";

/** What stands behind the sections of quick-ref.md, when something was left out. */
const NOTE = /^More in ai-doc\.md: /;

/** Divides a document at its headings; those of quick-ref.md are `**Endpoints:**`. */
export function divide(name: DocumentName, text: string): Block[] {
  const blocks: { key: string; lines: string[] }[] = [];
  const counts = new Map<string, number>();
  let isFenced = false;
  for (const line of text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const title = isFenced ? undefined : titleOn(name, line);
    if (title === undefined && blocks.length > 0) {
      blocks.at(-1)?.lines.push(line);
      continue;
    }
    const count = (counts.get(title ?? "") ?? 0) + 1;
    counts.set(title ?? "", count);
    blocks.push({ key: `${title ?? ""}${count === 1 ? "" : ` #${count}`}`, lines: [line] });
  }
  return blocks.map(({ key, lines }) => ({
    kind: key === "" ? "preamble" : "section",
    key,
    id: undefined,
    text: lines.join("\n"),
  }));
}

function titleOn(name: DocumentName, line: string): string | undefined {
  if (/^#\s/.test(line)) return "title";
  if (name === "ai-doc.md") return /^#{2,3}\s+(.+?)\s*$/.exec(line)?.[1];
  if (NOTE.test(line)) return "note";
  return /^\*\*(.+?):?\*\*:?\s*$/.exec(line)?.[1]?.replace(/:$/, "");
}
