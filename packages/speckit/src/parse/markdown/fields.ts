import type { Block, TextLine } from "./blocks.ts";
import { plainText } from "./inline.ts";

/** `**Topic:** events.order.created`, with the items that follow it. */
export interface Field {
  /** Lower case, without emphasis and colon. */
  readonly key: string;
  /** Markup as written; empty when the value is the list that follows. */
  readonly value: string;
  readonly line: number;
  /** Of the value. */
  readonly column: number;
  /** The lines that the value stands on; none when it is empty. */
  readonly lines: readonly TextLine[];
  readonly items: readonly TextLine[];
}

const fieldLine = /^(?:\*\*|__)([^*_][^*]{0,60}?)(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*(.*)$/u;
const plainField = /^([A-Z][A-Za-z ]{1,30}|[\p{Lo}ー]{2,10}|[А-Я][а-я ]{2,20})[:：]\s*(.*)$/u;

/** Reads `**Key:** value` lines, on lines of a paragraph or in bullets, each with the list below it and the lines its value is wrapped to. */
export function readFields(blocks: readonly Block[]): Field[] {
  const fields: (Field & { value: string; lines: TextLine[]; items: TextLine[]; depth: number })[] = [];
  for (const block of blocks) {
    if (block.kind !== "text" && block.kind !== "item") continue;
    block.lines.forEach((line, index) => {
      const match = fieldLine.exec(line.text) ?? (block.kind === "item" ? plainField.exec(line.text) : null);
      const last = fields.at(-1);
      if (match) {
        const [, key = "", value = ""] = match;
        const column = line.column + line.text.length - value.length;
        const depth = block.kind === "item" ? block.depth : -1;
        const lines = value === "" ? [] : [{ text: value, line: line.line, column }];
        fields.push({
          key: plainText(key).toLowerCase(),
          ...{ value, lines, line: line.line, column, items: [], depth },
        });
      } else if (last && block.kind === "item" && index === 0 && block.depth === last.depth + 1) {
        last.items.push(line);
      } else if (last && index > 0 && last.items.length === 0) {
        last.value += ` ${line.text}`;
        last.lines.push(line);
      }
    });
  }
  return fields;
}

/** The first field whose key matches. */
export function fieldOf(fields: readonly Field[], key: RegExp): Field | undefined {
  return fields.find((field) => key.test(field.key));
}
