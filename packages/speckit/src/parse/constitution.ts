import type { Constitution, Statement } from "../model/constitution.ts";
import type { Block, TextLine } from "./markdown/blocks.ts";
import { cleanTitle } from "./markdown/sections.ts";
import { type MarkdownSource, readMarkdown } from "./markdown.ts";
import { classifyPrinciples } from "./principles.ts";

/** Reads the principles of a platform: every bullet, row and sentence is a statement, and some of them are rules. Never throws. */
export function parseConstitution(source: MarkdownSource): Constitution {
  const { blocks, document, mentions } = readMarkdown(source);
  const statements = readStatements(source.file, blocks);
  return {
    ...document,
    kind: "constitution",
    mentions: mentions(new Set()),
    statements,
    principles: classifyPrinciples(statements),
    version: versionOf(blocks),
  };
}

const versionLine =
  /\*{0,2}(?:version|versión|versão|バージョン|版本|버전|версия)\*{0,2}\s*[:：]\s*\*{0,2}\s*v?(\d+\.\d+(?:\.\d+)?)/iu;

function versionOf(blocks: readonly Block[]): string | undefined {
  for (const block of blocks) {
    if (block.kind !== "text" && block.kind !== "item") continue;
    for (const { text } of block.lines) {
      const version = versionLine.exec(text)?.[1];
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

/** "[See the full template]", a link and nothing else: a pointer to what somewhere else is said. */
const pointer = /^[*_\s]*(?:!?\[[^\][]*\](?:\([^()]*\)|\[[^\][]*\])?|<?https?:\/\/\S+)[*_.\s]*$/;

function readStatements(file: string, blocks: readonly Block[]): Statement[] {
  let section = "";
  const statements: Statement[] = [];
  for (const block of blocks) {
    if (block.kind === "heading") section = cleanTitle(block.text);
    for (const { text, line, column } of statementTexts(block)) {
      if (/\p{L}/u.test(text) && !versionLine.test(text) && !pointer.test(text)) {
        statements.push({ text, section, at: { file, line, column } });
      }
    }
  }
  return statements;
}

function statementTexts(block: Block): TextLine[] {
  switch (block.kind) {
    case "item": {
      const [first] = block.lines;
      return first ? [{ ...first, text: block.lines.map(({ text }) => text).join(" ") }] : [];
    }
    case "text":
      return sentences(block.lines);
    case "table":
      return block.rows.map(({ cells, line }) => ({ text: cells.join(" | "), line, column: 1 }));
    default:
      return [];
  }
}

/** Sentences of a paragraph, wherever its lines break, each at the place where it begins. */
function sentences(lines: readonly TextLine[]): TextLine[] {
  const found: { text: string; line: number; column: number }[] = [];
  let open = false;
  for (const { text, line, column } of lines) {
    let offset = 0;
    for (const part of text.split(/(?<=[.!?][*_"”)]*)\s+(?=[\p{Lu}`*_"“])|(?<=[。！？])/u)) {
      const last = found.at(-1);
      if (open && last) last.text += ` ${part}`;
      else found.push({ text: part, line, column: column + text.indexOf(part, offset) });
      offset = text.indexOf(part, offset) + part.length;
      open = !/[.!?。！？:：][*_"”)]*$/.test(part);
    }
  }
  return found;
}
