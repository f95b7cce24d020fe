import type { Task } from "../../model/task-list.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";
import { numberedTask, taskId } from "./task-ids.ts";

/** The line with which a task begins. */
export interface Opening {
  /** Undefined for a box to tick that has no id. */
  readonly id: string | undefined;
  readonly state: Task["state"];
  readonly parallel: boolean;
  readonly stories: readonly string[];
  /** What follows the id, markup as written. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly form: "box" | "heading" | "row" | "item";
}

const box = /^\[(?<mark>[ xX✓✔~!-])\]\s*(?<rest>.*)$/u;
const decoration = /^(?:[\s*_`~:：]|\p{Extended_Pictographic}|\ufe0f)+/u;
/** "SKIP: T039 (…)": the task is named and left out. */
const leftOut = /^(?:skip(?:ped)?|dropped|removed|cancell?ed|deferred)\s*[:：]\s*(?=T)/i;
/** "T030.2~T030.6: …" speaks about tasks. */
const range = /^[\s*`]*(?:~|-|–|—|to)\s*T\d/;
const leadingId = new RegExp(`^${taskId}`, "u");
const bracketedId = new RegExp(`^\\[(${taskId})\\]`, "u");
const bracket = /^\[([^\]\n]{1,40})\](?!\()/;
const storyLabel = /^US-?\d{1,3}$/i;

/** What stands before a task's title: id, `[P]`, `[US1]`, in any order, in bold or not. */
function readPrefix(
  text: string,
): Pick<Opening, "id" | "parallel" | "stories" | "text"> & { struck: boolean } {
  let rest = text;
  let id: string | undefined;
  let [parallel, struck] = [false, false];
  const stories: string[] = [];
  for (;;) {
    const shown = decoration.exec(rest)?.[0] ?? "";
    const bare = rest.slice(shown.length);
    if (id !== undefined && range.test(rest)) return { id: undefined, parallel, stories, struck, text };
    const own = id === undefined ? (bracketedId.exec(bare) ?? leadingId.exec(bare)) : null;
    const label = own ? null : bracket.exec(bare);
    if (own) {
      id = own[1] ?? own[0];
      struck = shown.includes("~~");
      rest = bare.slice(own[0].length);
    } else if (label && isLabel(label[1] ?? "")) {
      parallel ||= label[1] === "P";
      stories.push(...storiesIn(label[1] ?? ""));
      rest = bare.slice(label[0].length);
    } else return { id, parallel, stories, struck, text: rest.replace(/^[\s*_`:：]+(?=\S)/, "").trim() };
  }
}

function isLabel(label: string): boolean {
  return label === "P" || storiesIn(label).length > 0 || /^[A-Z][\w ]{0,20}$/.test(label);
}

/** `US1`, `US1, US2`, `US-3/FR-2`. */
function storiesIn(label: string): string[] {
  const parts = label.split(/\s*[,/+&]\s*|\s+/);
  return parts.filter((part) => storyLabel.test(part)).map((part) => part.toUpperCase().replace("-", ""));
}

/** A box to tick: `- [ ] T001 [P] [US1] …`. */
export function boxOpening({ text, line, column }: TextLine): Opening | undefined {
  const groups = box.exec(text)?.groups;
  if (!groups) return undefined;
  const { mark = " ", rest = "" } = groups;
  const { struck, ...prefix } = readPrefix(rest.replace(leftOut, ""));
  const state =
    struck || leftOut.test(rest) || mark === "-" || mark === "~"
      ? "dropped"
      : /[xX✓✔]/u.test(mark)
        ? "done"
        : "open";
  return { ...prefix, state, line, column, form: "box" };
}

const headingTask = new RegExp(`^(?:${numberedTask}|(${taskId}))\\s*[\\])]?\\s*(.*)$`, "iu");
const doneSign = /✅|☑|✔|\[[xX]\]/u;

/** `### Task 1.1: Project Setup`, `### T101 …`. */
export function headingOpening({
  text,
  line,
  level,
}: Extract<Block, { kind: "heading" }>): Opening | undefined {
  const bare = text.replace(/^(?:[\s*_`~✅☑✔⬜☐]|\[[ xX]\])+/u, "").replace(/^\[(?=T)/, "");
  const match = headingTask.exec(bare);
  const id = match?.[1] ?? match?.[2];
  // "### 1.1 Goals" is a numbered section.
  if (!match || id === undefined || (match[1] === undefined && !/^T/.test(id))) return undefined;
  const { parallel, stories, text: title } = readPrefix(match[3] ?? "");
  const state = text.includes("~~") ? "dropped" : doneSign.test(text) ? "done" : "open";
  const cleaned = title.replace(/^[\s—–.)-]+/, "");
  return { id, state, parallel, stories, text: cleaned, line, column: level + 2, form: "heading" };
}

/** A row whose first cell is an id, in a table that lists tasks. */
export function rowOpenings({ header, rows }: Extract<Block, { kind: "table" }>): Opening[] {
  return rows.flatMap(({ cells: [first = "", ...rest], line }): Opening[] => {
    const { id, parallel, stories, struck, text } = readPrefix(first);
    if (
      id === undefined ||
      text !== "" ||
      !/\btask|\bid\b|^#$|任务|任務|タスク|tarea|tarefa/i.test(header[0] ?? "")
    )
      return [];
    const done = rest.some((cell) => /^(?:[\s*✅☑✔]+|done|completed?|\[[xX]\])/iu.test(cell) && cell !== "");
    const state = struck ? "dropped" : done ? "done" : "open";
    return [{ id, parallel, stories, state, text: rest.join(" "), line, column: 1, form: "row" }];
  });
}

const itemTask =
  /^(?:\*\*|`)?T\d{3,4}[A-Z]?(?:\*\*|`)?(?:\s*[:：]|\s+(?=[[\p{L}]))(?!\s*(?:and|to|depends?|can|must|→|is|are)\b)/u;

/** `- T001 [P] …` without a box. */
export function itemOpening({ text, line, column }: TextLine): Opening | undefined {
  if (!itemTask.test(text)) return undefined;
  const { struck, ...prefix } = readPrefix(text);
  return { ...prefix, state: struck ? "dropped" : "open", line, column, form: "item" };
}
