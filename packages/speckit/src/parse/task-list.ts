import type { TaskList } from "../model/task-list.ts";
import type { Block, TextLine } from "./markdown/blocks.ts";
import { normalId } from "./markdown/ids.ts";
import { type MarkdownSource, readMarkdown } from "./markdown.ts";
import { readTask } from "./task-list/details.ts";
import { boxOpening, headingOpening, itemOpening, type Opening, rowOpenings } from "./task-list/openings.ts";
import { PhaseReader } from "./task-list/phases.ts";
import { readTotals } from "./task-list/totals.ts";

/** Where a task begins, with what stands in it. */
export interface TaskDraft {
  readonly opening: Opening;
  readonly phase: number | undefined;
  /** Of the item or heading, after the opening line. */
  readonly lines: readonly TextLine[];
  readonly body: readonly Block[];
}

/** Reads a task list in any of its forms. Never throws: what is not understood is left out. */
export function parseTaskList(source: MarkdownSource): TaskList {
  const { file } = source;
  const { blocks, document, mentions } = readMarkdown(source);
  const reader = new PhaseReader(file);
  const drafts = chosen(readDrafts(blocks, reader));
  const tasks = drafts.map((draft, index) => readTask(file, draft, `#${index + 1}`));
  return {
    ...document,
    kind: "tasks",
    mentions: mentions(new Set(tasks.map(({ id, at }) => `${at.line}:${normalId(id)}`))),
    phases: reader.phases,
    tasks,
    totals: readTotals(file, blocks),
  };
}

/** Every place that may begin a task. */
function readDrafts(blocks: readonly Block[], phases: PhaseReader): TaskDraft[] {
  const drafts: TaskDraft[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "heading") {
      const opening = headingOpening(block);
      if (opening) drafts.push({ opening, phase: phases.current(), lines: [], body: bodyOf(blocks, index) });
      else phases.enter(block);
    } else if (block.kind === "table") {
      for (const opening of rowOpenings(block))
        drafts.push({ opening, phase: phases.current(), lines: [], body: [] });
    } else if (block.kind === "item") {
      const [first, ...lines] = block.lines;
      const opening = first && (boxOpening(first) ?? itemOpening(first));
      if (opening) drafts.push({ opening, phase: phases.current(), lines, body: bodyOf(blocks, index) });
    }
  }
  return drafts;
}

/** Boxes without an id are tasks only where no task has one: else they are steps and check lists. So it is with rows and items, which sum up. */
function chosen(drafts: readonly TaskDraft[]): TaskDraft[] {
  const sure = drafts.filter(({ opening }) => opening.id !== undefined && isSure(opening));
  if (sure.length > 0) {
    const headings = new Set(sure.flatMap(({ opening }) => (opening.form === "heading" ? [opening.id] : [])));
    // A box right below the heading of the same task is that task.
    return sure.filter(({ opening }) => opening.form !== "box" || !headings.has(opening.id));
  }
  const named = drafts.filter(({ opening }) => opening.id !== undefined);
  return named.length > 0 ? named : [...drafts];
}

function isSure({ form }: Opening): boolean {
  return form === "box" || form === "heading";
}

/** What belongs to a task: all until the next heading of its level, or the next item that is not inside of it. */
function bodyOf(blocks: readonly Block[], index: number): Block[] {
  const opener = blocks[index];
  const ends = (block: Block): boolean => {
    if (opener?.kind === "heading")
      return block.kind === "heading" && (block.level <= opener.level || headingOpening(block) !== undefined);
    const depth = opener?.kind === "item" ? opener.depth : 0;
    return !("depth" in block) || block.depth <= depth || (block.kind === "item" && isTask(block.lines[0]));
  };
  let end = index + 1;
  for (let block = blocks[end]; block !== undefined && !ends(block); block = blocks[end]) end++;
  return blocks.slice(index + 1, end);
}

function isTask(line: TextLine | undefined): boolean {
  return line !== undefined && boxOpening(line)?.id !== undefined;
}
