import type { Plan, PlanEntry } from "../model/plan.ts";
import type { Block } from "./markdown/blocks.ts";
import { readFields } from "./markdown/fields.ts";
import { plainText } from "./markdown/inline.ts";
import { cleanTitle } from "./markdown/sections.ts";
import { type MarkdownSource, readMarkdown } from "./markdown.ts";

/** Reads a technical plan. Never throws: what is not understood is left out. */
export function parsePlan(source: MarkdownSource): Plan {
  const { file } = source;
  const { blocks, document, mentions } = readMarkdown(source);
  return {
    ...document,
    kind: "plan",
    mentions: mentions(new Set()),
    entries: [...fieldEntries(file, blocks), ...rowEntries(file, blocks)].sort(
      (a, b) => a.at.line - b.at.line,
    ),
  };
}

/** `**Storage**: PostgreSQL`; a list below the key is its value. */
function fieldEntries(file: string, blocks: readonly Block[]): PlanEntry[] {
  return readFields(blocks)
    .map(({ key, value, items, line, column }) => ({
      key,
      value: plainText([value, ...items.map(({ text }) => text)].filter((text) => text !== "").join(", ")),
      at: { file, line, column },
    }))
    .filter(({ value }) => value !== "");
}

const isStack =
  /technical context|tech(?:nology|nical)? stack|technolog(?:y|ies)|技术(?:上下文|栈|背景|选型)|技術(?:背景|スタック|棧|コンテキスト)|기술 (?:스택|컨텍스트)|contexto técnico|stack técnic[oa]|technischer kontext|contexte technique|технический контекст|стек/iu;

/** Rows of the tables that name the stack: first cell the key, second the value. */
function rowEntries(file: string, blocks: readonly Block[]): PlanEntry[] {
  let inStack = false;
  return blocks.flatMap((block) => {
    if (block.kind === "heading") inStack = isStack.test(cleanTitle(block.text));
    if (block.kind !== "table" || !inStack) return [];
    return block.rows
      .map(({ cells: [key = "", value = ""], line }) => ({
        key: plainText(key).toLowerCase(),
        value: plainText(value),
        at: { file, line, column: 1 },
      }))
      .filter(({ key, value }) => key !== "" && value !== "");
  });
}
