import type { Task } from "../../model/task-list.ts";

/** The text with a task ticked off; undefined when nothing at its place can be. Every other byte stays. `tasks` are those of the text. */
export function tick(text: string, task: Task, tasks: readonly Task[]): string | undefined {
  const lines = text.split("\n");
  const index = task.at.line - 1;
  const line = lines[index];
  if (line === undefined) return undefined;
  const status = statusLine(lines, index);
  if (status !== undefined) {
    lines[status] = (lines[status] ?? "").replace(statusField, "$1done$3");
    if (!emptyBox.test(line)) return lines.join("\n");
  }
  const ticked = tickedLine(line);
  if (ticked !== undefined) {
    lines[index] = ticked;
    return lines.join("\n");
  }
  if (!listItem.test(line)) return undefined;
  // Boxes make tasks of a list's items; an item without one beside them would be none any more.
  for (const { at, state } of tasks) {
    const other = lines[at.line - 1];
    if (other !== undefined && listItem.test(other))
      lines[at.line - 1] = other.replace(
        listItem,
        `$1[${at.line === task.at.line || state === "done" ? "x" : " "}] `,
      );
  }
  return lines.join("\n");
}

const emptyBox = /^((?:\s*>)*\s*(?:[-*+]|\d+[.)]|#{1,6}|\|(?:[^|]*\|)*?)\s+\**)\[ \]/;
const listItem = /^(\s*(?:[-*+]|\d+[.)])\s+)(?=\S)/;
/** As task lists are read: an item of a list, or in bold letters. */
const statusField =
  /^((?:\s*[-*+]\s+(?:\*\*|__)?|\s*(?:\*\*|__))(?:status|state|状态|狀態|ステータス|상태|estado|statut|статус)(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*)(.*?)(\s*)$/iu;

function tickedLine(line: string): string | undefined {
  if (emptyBox.test(line)) return line.replace(emptyBox, "$1[x]");
  const heading = /^(\s{0,3}#{1,6}\s+)(?=\S)(.*)$/s.exec(line);
  if (heading) return `${heading[1]}[x] ${heading[2]?.replace(/^[⬜☐]\s*/u, "")}`;
  return line.trimStart().startsWith("|") ? tickedRow(line) : undefined;
}

/** The cell that says how far a task is, else the one behind its id. */
function tickedRow(line: string): string | undefined {
  const cells = line.split("|");
  const state = cells.findIndex((cell) =>
    /^\s*(?:\[ \]|⬜|☐|todo|to do|open|pending|planned|not started|in progress)\s*$/iu.test(cell),
  );
  const at = state === -1 ? 2 : state;
  const cell = cells[at];
  if (cell === undefined || cells.length < 4) return undefined;
  cells[at] = state === -1 ? cell.replace(/^\s*/, " ✅ ") : " done ";
  return cells.join("|");
}

/** The line of the task's `Status:` field; it ends where the next task or chapter begins. */
function statusLine(lines: readonly string[], start: number): number | undefined {
  const isHeading = /^\s{0,3}#/.test(lines[start] ?? "");
  const indent = /^\s*/.exec(lines[start] ?? "")?.[0].length ?? 0;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (/^\s{0,3}#{1,6}\s/.test(line)) return undefined;
    if (!isHeading && line.trim() !== "" && (/^\s*/.exec(line)?.[0].length ?? 0) <= indent) return undefined;
    if (statusField.test(line)) return index;
  }
  return undefined;
}
