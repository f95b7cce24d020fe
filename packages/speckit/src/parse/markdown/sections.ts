import type { Location } from "../../model/location.ts";
import type { Section } from "../../model/markdown.ts";
import type { Block } from "./blocks.ts";
import { plainText } from "./inline.ts";

/** A title without emphasis, numbering ("2.1", "IV."), symbols before it and notes such as "*(mandatory)*" behind it. */
export function cleanTitle(heading: string): string {
  return plainText(heading)
    .replace(/^[^\p{L}\p{N}[]+/u, "")
    .replace(/^(?:\d+(?:\.\d+)*[.):]\s+|\d+(?:\.\d+)+\s+|[IVX]+\.\s+)/u, "")
    .replace(
      /\s*\((?:mandatory|required|optional|include if [^)]*|if applicable|必填|必须|必須|選填|可选|obrigatório|obligatorio|obligatoire)\)\s*$/i,
      "",
    )
    .replace(/[\s#:]+$/, "");
}

const isMandatory = /\((?:mandatory|required|必填|必须|必須|obrigatório|obligatorio|obligatoire)\)/i;

/** The headings of a document, each with what it spans. The first heading of level 1 is the document's title and a section as well. */
export function readSections(file: string, blocks: readonly Block[], lineCount: number): Section[] {
  const sections: (Section & { endLine: number; empty: boolean })[] = [];
  const open: (Section & { endLine: number; empty: boolean })[] = [];
  for (const block of blocks) {
    if (block.kind !== "heading") {
      for (const section of open) section.empty = false;
      continue;
    }
    while ((open.at(-1)?.level ?? 0) >= block.level) {
      const closed = open.pop();
      if (closed) closed.endLine = block.line - 1;
    }
    const at: Location = { file, line: block.line, column: 1 };
    const section = {
      title: cleanTitle(block.text),
      level: block.level,
      at,
      endLine: lineCount,
      empty: true,
      mandatory: isMandatory.test(block.text),
    };
    sections.push(section);
    open.push(section);
  }
  return sections;
}
