import type { Scenario, StepKind } from "../../model/spec.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";
import { plainText } from "../markdown/inline.ts";
import { goesOn, markedSteps, plainSteps, proseLines, type Step } from "./steps.ts";

interface Draft {
  readonly at: Scenario["at"];
  readonly text: string;
  readonly steps: Set<StepKind>;
  readonly lines: Set<string>;
}

/**
 * Reads the Given … When … Then groups of a document: within one line, on lines of their own, in bullets, in tables with such columns, and in
 * Gherkin code. A group ends where the next Given begins, or a When that follows a Then in another block.
 */
export function readScenarios(file: string, blocks: readonly Block[]): Scenario[] {
  return new ScenarioReader(file).read(blocks);
}

class ScenarioReader {
  readonly #file: string;
  readonly #drafts: Draft[] = [];
  #open: Draft | undefined;
  #last = { markup: "", plain: "" };

  constructor(file: string) {
    this.#file = file;
  }

  read(blocks: readonly Block[]): Scenario[] {
    for (const block of blocks) {
      if (block.kind === "heading") this.#open = undefined;
      else if (block.kind === "table") this.#readTable(block);
      else if (block.kind === "code") this.#readGherkin(block);
      else this.#readProse(block);
    }
    return this.#drafts.map(({ steps, lines, ...rest }) => ({
      ...rest,
      steps: [...steps],
      whole: [...lines].join(" "),
    }));
  }

  #readProse(block: Block): void {
    const lines = proseLines(block);
    const marked = lines.map(({ text }) => markedSteps(text));
    const isMarked = marked.some((steps) => steps.length > 0);
    const ordered = block.kind === "item" && block.ordered;
    let fresh = true;
    lines.forEach((line, index) => {
      const steps = isMarked ? (marked[index] ?? []) : this.#plain(line, lines);
      if (steps.length === 0 && this.#open && goesOn(line.text))
        this.#open.lines.add(this.#plainText(line.text));
      for (const step of steps) {
        this.#take(step.kind, line, { newBlock: fresh, ordered });
        fresh = false;
      }
    });
  }

  /** Plain text counts as a scenario only where a Given and one of the others come together, or a scenario is open. */
  #plain({ text }: TextLine, lines: readonly TextLine[]): readonly Step[] {
    const steps = plainSteps(text);
    if (steps.length === 0) return [];
    if (steps[0]?.kind !== "given") return this.#open ? steps : [];
    const all = lines.flatMap((line) => plainSteps(line.text));
    if (!all.some(({ kind }) => kind === "when" || kind === "then")) return [];
    // "Given a user, when they log in, the system …": a sentence needs no word before what then happens.
    return steps.some(({ kind }) => kind === "when") && !all.some(({ kind }) => kind === "then")
      ? [...steps, { kind: "then", index: text.length }]
      : steps;
  }

  #take(
    kind: StepKind,
    line: TextLine,
    { newBlock, ordered }: { newBlock: boolean; ordered: boolean },
  ): void {
    const open = this.#open;
    const begins =
      !open ||
      (kind === "given" && (open.steps.has("when") || open.steps.has("then") || (newBlock && ordered))) ||
      (kind === "when" && open.steps.has("then") && newBlock);
    const draft = begins ? this.#begin(line) : open;
    draft.steps.add(kind);
    draft.lines.add(this.#plainText(line.text));
  }

  /** A line may hold many steps; it is made plain once. */
  #plainText(text: string): string {
    if (this.#last.markup !== text) this.#last = { markup: text, plain: plainText(text) };
    return this.#last.plain;
  }

  #begin({ text, line, column }: TextLine): Draft {
    const draft: Draft = {
      at: { file: this.#file, line, column },
      text: this.#plainText(text),
      steps: new Set(),
      lines: new Set([this.#plainText(text)]),
    };
    this.#drafts.push(draft);
    this.#open = draft;
    return draft;
  }

  #readTable({ header, rows }: Extract<Block, { kind: "table" }>): void {
    const columns = header.map(
      (cell) => [...markedSteps(cell), ...plainSteps(`${plainText(cell)} `)][0]?.kind,
    );
    const isScenarios = columns.includes("given") || (columns.includes("when") && columns.includes("then"));
    for (const { cells, line } of rows) {
      this.#open = undefined;
      if (!isScenarios) continue;
      const draft = this.#begin({ text: cells.join(" "), line, column: 1 });
      columns.forEach((kind, index) => {
        if (kind && (cells[index] ?? "") !== "") draft.steps.add(kind);
      });
    }
    this.#open = undefined;
  }

  #readGherkin({ info, text, line }: Extract<Block, { kind: "code" }>): void {
    if (!/^(?:gherkin|cucumber|feature)\b/i.test(info)) return;
    this.#open = undefined;
    text.split("\n").forEach((raw, index) => {
      const trimmed = raw.trim();
      const place = {
        text: trimmed,
        line: line + 1 + index,
        column: raw.length - raw.trimStart().length + 1,
      };
      if (/^(?:Scenario|Example|Background)\b/i.test(trimmed)) this.#open = undefined;
      const kind = plainSteps(trimmed)[0]?.kind;
      if (kind) this.#take(kind, place, { newBlock: true, ordered: false });
    });
    this.#open = undefined;
  }
}
