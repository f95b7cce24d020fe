import MarkdownIt from "markdown-it";

/** One line of a block's text, without the indentation and the list marker before it. */
export interface TextLine {
  readonly text: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

export interface TableRow {
  /** As many as the header has. */
  readonly cells: readonly string[];
  /** Where each cell's text begins. */
  readonly columns: readonly number[];
  readonly line: number;
}

/** A piece of a document, in reading order. What stands inside of list items follows its item. */
export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string; readonly line: number }
  /** A paragraph; `depth` is the number of list items around it. */
  | { readonly kind: "text"; readonly depth: number; readonly lines: readonly TextLine[] }
  /** A list item with its first paragraph; `depth` of an outermost item is 0. */
  | {
      readonly kind: "item";
      readonly depth: number;
      readonly ordered: boolean;
      readonly lines: readonly TextLine[];
    }
  | {
      readonly kind: "table";
      readonly header: readonly string[];
      readonly rows: readonly TableRow[];
      readonly line: number;
    }
  | { readonly kind: "code"; readonly info: string; readonly text: string; readonly line: number };

// Indented code and underlined headings are left out: people indent lists too deeply and draw a line right below a paragraph far more often.
const blockParser = new MarkdownIt("commonmark").enable("table").disable(["code", "lheading", "reference"]);

/**
 * Splits a markdown text into blocks. Comments and front matter yield none; line numbers are those of the text. Inline markup stays as it is.
 * Never throws.
 */
export function readBlocks(text: string): Block[] {
  const source = text
    // A line ends where all other readers, and git, say that it ends.
    .replace(/\r\n/g, "\n")
    .replace(/\r/g, " ")
    .replace(frontMatter, blank)
    .replace(/<!--[\s\S]*?-->/g, blank);
  const lines = source.split("\n");
  return new BlockReader(lines).read(source);
}

const frontMatter = /^---\n[\s\S]*?\n---(?=\n|$)/;

/** Keeps line ends, so that what follows stays on its line. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

type Token = ReturnType<typeof blockParser.parse>[number];

interface DraftRow {
  readonly cells: string[];
  readonly columns: number[];
  readonly line: number;
}

/** Walks the block parser's tokens once. */
class BlockReader {
  readonly #lines: readonly string[];
  readonly #blocks: Block[] = [];
  /** Whether each open list is an ordered one. */
  readonly #lists: boolean[] = [];
  /** The item whose first paragraph is still to come. */
  #freshItem = false;
  #heading: number | undefined;
  #table: { header: string[]; rows: DraftRow[]; line: number } | undefined;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  read(source: string): Block[] {
    const tokens: Token[] = [];
    blockParser.block.parse(source, blockParser, {}, tokens);
    for (const token of tokens) this.#take(token);
    return this.#blocks;
  }

  #take(token: Token): void {
    const line = (token.map?.[0] ?? 0) + 1;
    switch (token.type) {
      case "bullet_list_open":
      case "ordered_list_open":
        this.#lists.push(token.type === "ordered_list_open");
        break;
      case "bullet_list_close":
      case "ordered_list_close":
        this.#lists.pop();
        break;
      case "list_item_open":
        this.#freshItem = true;
        break;
      case "list_item_close":
        this.#freshItem = false;
        break;
      case "heading_open":
        this.#heading = Number(token.tag.slice(1));
        break;
      case "heading_close":
        this.#heading = undefined;
        break;
      case "table_open":
        this.#table = { header: [], rows: [], line };
        break;
      case "tr_open":
        this.#table?.rows.push({ cells: [], columns: [], line });
        break;
      case "table_close":
        this.#endTable();
        break;
      case "inline":
        this.#takeText(token, line);
        break;
      case "html_block":
        this.#pushText(trimmedLines(token.content), line);
        break;
      case "fence":
        this.#blocks.push({ kind: "code", info: token.info.trim(), text: token.content, line });
        break;
    }
  }

  #takeText(token: Token, line: number): void {
    if (this.#heading !== undefined) {
      this.#blocks.push({ kind: "heading", level: this.#heading, text: token.content.trim(), line });
    } else if (this.#table) {
      this.#pushCell(token.content.trim());
    } else {
      this.#pushText(token.content.split("\n"), line);
    }
  }

  #pushText(texts: readonly string[], firstLine: number): void {
    const lines = texts.flatMap((raw, index): TextLine[] => {
      const text = raw.trim();
      const line = firstLine + index;
      return text === "" ? [] : [{ text, line, column: this.#columnOf(text, line) }];
    });
    if (lines.length === 0) return;
    const depth = this.#lists.length;
    if (this.#freshItem) {
      this.#freshItem = false;
      this.#blocks.push({ kind: "item", depth: depth - 1, ordered: this.#lists.at(-1) ?? false, lines });
      return;
    }
    this.#blocks.push(...splitItems(lines, depth));
  }

  #pushCell(cell: string): void {
    const row = this.#table?.rows.at(-1);
    if (!row) return;
    // What was escaped in the cell is not found, and then counts as standing where the cell before it ends.
    const from = (row.columns.at(-1) ?? 1) - 1 + (row.cells.at(-1)?.length ?? 0);
    const found = (this.#lines[row.line - 1] ?? "").indexOf(cell, from);
    row.cells.push(cell);
    row.columns.push((found === -1 ? from : found) + 1);
  }

  #columnOf(text: string, line: number): number {
    return Math.max(0, (this.#lines[line - 1] ?? "").indexOf(text)) + 1;
  }

  #endTable(): void {
    if (!this.#table) return;
    const [header, ...rows] = this.#table.rows;
    this.#blocks.push({ kind: "table", header: header?.cells ?? [], rows, line: this.#table.line });
    this.#table = undefined;
  }
}

function trimmedLines(html: string): string[] {
  return html.split("\n").map((line) => line.replace(/<\/?[a-zA-Z][^>]*>/g, " "));
}

const itemMarker = /^(?:[-*+]|(\d{1,9})[.)])[ \t]+(?=\S)/;

/** Items that are indented more than their list allows belong to the paragraph before, as the block parser sees it; a reader sees items. */
function splitItems(lines: readonly TextLine[], depth: number): Block[] {
  const blocks: { kind: "text" | "item"; depth: number; ordered: boolean; lines: TextLine[] }[] = [];
  for (const line of lines) {
    const marker = itemMarker.exec(line.text);
    const last = blocks.at(-1);
    if (marker) {
      const { length } = marker[0];
      const own = { ...line, text: line.text.slice(length), column: line.column + length };
      blocks.push({ kind: "item", depth, ordered: marker[1] !== undefined, lines: [own] });
    } else if (last) last.lines.push(line);
    else blocks.push({ kind: "text", depth, ordered: false, lines: [line] });
  }
  return blocks.map(({ kind, ordered, ...rest }) =>
    kind === "item" ? { kind, ordered, ...rest } : { kind, ...rest },
  );
}
