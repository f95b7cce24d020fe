import type { Marker } from "../../model/markdown.ts";
import type { Block, TextLine } from "./blocks.ts";
import { clarificationsIn } from "./clarifications.ts";
import { withoutCodeSpans } from "./inline.ts";

/** What a document says that it still has to say. */
export interface Markers {
  readonly placeholders: readonly Marker[];
  readonly residue: readonly Marker[];
  readonly clarifications: readonly Marker[];
}

const placeholder =
  /(?<![\p{L}\p{N}_./-])(?:TODO(?!\s*(?:comments?|markers?|notes?|items?|lists?|註解|注释|コメント))|TBD|TBC|FIXME|XXX|TO BE (?:DONE|DEFINED|DETERMINED)|TO_BE_\w+)(?![\p{L}\p{N}_/-])|(?<=^|[\s:|(])\?\?\?(?=$|[\s|).,])/gu;
/** A demand for a clarification that names the marker, as checklists and instructions do, asks for nothing itself. */
const quotesMarker =
  /no \[?needs.clarification|remaining|resolve|unresolved|markers?\b|mark (?:with|as|it)|max(?:imum)? \d/i;

const bracketed = /\[([^\][\n]{2,160})\](?![([:])/g;
/** Words in square brackets that templates of spec-driven tools ask to be replaced, in lower case, from their first letter on. */
const templatePhrases = [
  "###-feature",
  "feature name]",
  "feature]",
  "date]",
  "link]",
  "service name]",
  "brief title",
  "brief description",
  "describe ",
  "explain ",
  "extract from",
  "e.g.",
  "entity 1",
  "entity 2",
  "entity 3",
  "initial state",
  "action]",
  "expected outcome",
  "boundary condition",
  "error scenario",
  "specific capability",
  "key interaction",
  "data requirement",
  "behavior, e.g.",
  "measurable metric",
  "user satisfaction metric",
  "business metric",
  "what it represents",
  "remove if unused",
  "gates determined",
  "add more ",
  "document the selected",
  "if applicable, e.g.",
  "domain-specific, e.g.",
  "single/web/mobile",
  "current need",
  "specific problem",
  "why 3 projects",
  "why direct db",
  "project name]",
  "principle ",
  "title]",
  "list ",
  "insert ",
  "your ",
  "placeholder",
];
/** `[PRINCIPLE_1_NAME]`, `[CONSTITUTION_VERSION]`: capitals joined by underscores. */
const templateVariable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** `[FEATURE NAME]`: capitals of two or more words. */
const shoutedWords = /^[A-Z]{3,}(?: [A-Z]{2,})+$/;
/** Notes and labels that people write in brackets on purpose. */
const label = /^(?:needs|note|blocked|deferred|done|optional|x|p)\b/i;
const instruction = /\bACTION REQUIRED\b|\$ARGUMENTS\b/g;

/** Finds placeholders, open clarifications and what templates left behind, outside of code spans. */
export function readMarkers(file: string, blocks: readonly Block[]): Markers {
  const placeholders: Marker[] = [];
  const residue: Marker[] = [];
  for (const { text, line, column } of blocks.flatMap(linesOf)) {
    if (!/[[?$]|TODO|TB[DC]|FIXME|XXX|TO.BE.|ACTION R/.test(text)) continue;
    const marker = (found: string, index: number): Marker => ({
      text: found,
      at: { file, line, column: column + index },
    });
    const prose = withoutCodeSpans(text);
    for (const match of prose.matchAll(placeholder)) placeholders.push(marker(match[0], match.index));
    for (const match of prose.matchAll(bracketed)) {
      if (isResidue(match[1] ?? "") && !placeholders.some(({ at }) => at.line === line))
        residue.push(marker(match[0], match.index));
    }
    for (const match of prose.matchAll(instruction)) residue.push(marker(match[0], match.index));
  }
  return { placeholders, residue, clarifications: readClarifications(file, blocks) };
}

function readClarifications(file: string, blocks: readonly Block[]): Marker[] {
  return blocks.flatMap(runsOf).flatMap((lines) => {
    const text = lines.map((line) => line.text).join("\n");
    return clarificationsIn(text).flatMap(({ question, index }) => {
      const before = text.slice(0, index).split("\n");
      const own = lines[before.length - 1];
      if (!own) return [];
      if (
        question === undefined
          ? quotesMarker.test(withoutCodeSpans(own.text))
          : question === "specific question"
      )
        return [];
      const column = own.column + (before.at(-1)?.length ?? 0);
      return [{ text: question ?? "", at: { file, line: own.line, column } }];
    });
  });
}

/** Lines of a block that a question may go on over. */
function runsOf(block: Block): (readonly TextLine[])[] {
  const lines = linesOf(block);
  return block.kind === "heading" || block.kind === "table" || block.kind === "code"
    ? lines.map((line) => [line])
    : [lines];
}

function isResidue(inside: string): boolean {
  if (label.test(inside)) return false;
  const phrase = `${inside.toLowerCase()}]`;
  return (
    templatePhrases.some((start) => phrase.startsWith(start)) ||
    templateVariable.test(inside) ||
    shoutedWords.test(inside)
  );
}

/** The lines of text in which markers may stand: code is shown, not said, except where templates put notes into it. */
export function linesOf(block: Block): TextLine[] {
  switch (block.kind) {
    case "heading":
      return [{ text: block.text, line: block.line, column: block.level + 2 }];
    case "table":
      return block.rows.flatMap(({ cells, columns, line }) =>
        cells.map((text, index) => ({ text, line, column: columns[index] ?? 1 })),
      );
    case "code":
      return block.text
        .split("\n")
        .flatMap((text, index) =>
          text.includes("[REMOVE IF UNUSED]") ? [{ text, line: block.line + 1 + index, column: 1 }] : [],
        );
    default:
      return [...block.lines];
  }
}
