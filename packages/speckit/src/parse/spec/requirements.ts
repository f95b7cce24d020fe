import type { Requirement } from "../../model/spec.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";
import { idsIn, normalId, opensWithdrawn } from "../markdown/ids.ts";
import { plainText } from "../markdown/inline.ts";

/** `**FR-001**: …`, `FR-001 (Must): …`, `[ ] **SC-002**`: an id that opens a statement. */
const opening =
  /^(?:\[[ xX]\]\s+)?(?<mark>(?:~~|\*\*|__|`)*)\s*(?<id>(?:N?FR|RN?F|SC)-?\d{1,4}(?:[a-zA-Z]|\.\d{1,3})?)(?![\p{L}\p{N}_]|-\d)(?<rest>.*)$/u;
/** An id in a table's first cell, alone. */
const cellId = /^(?:~~|\*\*|__|`)*((?:N?FR|RN?F|SC)-?\d{1,4}[a-zA-Z]?)(?:~~|\*\*|__|`)*$/;

export interface Requirements {
  readonly requirements: readonly Requirement[];
  readonly successCriteria: readonly Requirement[];
}

/** Reads numbered requirements (FR, NFR, RF) and success criteria (SC). What tables list counts only where no line gives the id. */
export function readRequirements(
  file: string,
  blocks: readonly Block[],
  storyIds: ReadonlySet<string>,
): Requirements {
  const given = blocks.flatMap((block) => statements(block));
  const known = new Set(given.map(({ id }) => id));
  const tabled = blocks.flatMap((block) => (block.kind === "table" ? rowStatements(block) : []));
  const firstRows = tabled.filter(
    ({ id }, index) => !known.has(id) && tabled.findIndex((row) => row.id === id) === index,
  );
  const all = [...given, ...firstRows].map(
    ({ id, text, line, column }): Requirement => ({
      id,
      text: plainText(text),
      at: { file, line, column },
      mentions: mentionsOf(id, text, storyIds),
      withdrawn: opensWithdrawn(text),
    }),
  );
  return {
    requirements: all.filter(({ id }) => !id.startsWith("SC")),
    successCriteria: all.filter(({ id }) => id.startsWith("SC")),
  };
}

interface Statement {
  readonly id: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

function statements(block: Block): Statement[] {
  if (block.kind === "heading")
    return [...statement({ text: block.text, line: block.line, column: 1 }, "", true)];
  if (block.kind !== "item" && block.kind !== "text") return [];
  return block.lines.flatMap((line, index) =>
    statement(line, textUntilNext(block.lines, index), block.kind === "item" && index === 0),
  );
}

/** A statement's text goes on over the lines that follow until the next one begins. */
function textUntilNext(lines: readonly TextLine[], index: number): string {
  const rest = lines.slice(index + 1);
  const next = rest.findIndex(({ text }) => opening.exec(text)?.groups?.mark);
  return (next === -1 ? rest : rest.slice(0, next)).map(({ text }) => text).join(" ");
}

/** An id without emphasis opens a statement at the start of an item or a heading, elsewhere only before a colon. */
function statement({ text, line, column }: TextLine, following: string, leads: boolean): Statement[] {
  const groups = opening.exec(text)?.groups;
  if (!groups) return [];
  const { mark = "", id = "", rest = "" } = groups;
  const colon = /^(?:\s*[([（][^)\]）]*[)\]）])?\s*[:：]/.test(rest);
  const separated = /^[\s*_`~]*(?:[:：—–-]|\(|（|\[|\.\s|$)|^\s/.test(rest);
  if (!(mark.includes("*") || mark.includes("_") || colon || (leads && separated))) return [];
  // "**FR-001** and **FR-002** are covered by …" and "FR-001, FR-002: …" speak about requirements.
  if (/^[\s*_`~]*(?:,|、|and\b|to\b|\/|[-–—~]\s*(?:FR|SC|NFR|\d))/.test(rest)) return [];
  return [
    { id: normalId(id), text: `${rest.replace(/^[\s*_`~]*[:：]?[\s*_`~]*/, "")} ${following}`, line, column },
  ];
}

function rowStatements({ rows }: Extract<Block, { kind: "table" }>): Statement[] {
  return rows.flatMap(({ cells: [first = "", ...rest], line }) => {
    const id = cellId.exec(first)?.[1];
    return id === undefined ? [] : [{ id: normalId(id), text: rest.join(" "), line, column: 1 }];
  });
}

function mentionsOf(id: string, text: string, storyIds: ReadonlySet<string>): string[] {
  const stories = Array.from(
    text.matchAll(/(?<![\p{L}\p{N}])(?:P|US)\d{1,3}(?![\p{L}\p{N}])/gu),
    ([story]) => story,
  );
  const ids = [...idsIn(text), ...stories.filter((story) => storyIds.has(story))];
  return [...new Set(ids)].filter((other) => other !== id);
}
