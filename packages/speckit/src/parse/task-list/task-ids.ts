import { idsIn } from "../markdown/ids.ts";

/** `T001`, `T019A`, `T030.2`, `T040-MIN`, `T-HF01`, `TASK-12`, `1.1`. */
export const taskId = String.raw`(?:TASK-?\d{1,4}|T-?[A-Z]{0,4}\d{1,4}(?:[a-zA-Z](?!\p{L})|(?:\.\d{1,3})+|-[A-Z]{2,6}(?!\p{L}))?|\d{1,3}(?:\.\d{1,3})+[a-z]?)(?![\p{L}\p{N}_]|\.\d)`;
/** "Task 4.1" and "Task 3": only behind that word a plain number is a task. */
const word = `(?:tasks?|tareas?|tarefas?|tâches?|aufgaben?|задач[аи]|任务|任務|タスク|작업)`;
export const numberedTask = String.raw`${word}\s*#?(\d{1,3}(?:\.\d{1,3})*)(?![\p{L}\p{N}])`;

const lettered = /(?<![\p{L}\p{N}_/.-])(?:TASK-?\d|T-?[A-Z]{0,4}\d)/u;
const anyId = new RegExp(String.raw`(?<![\p{L}\p{N}_/.-])${taskId}`, "gu");
const numbered = new RegExp(numberedTask, "giu");

/** The tasks that a text names, ranges written out, each once. A number with dots counts only behind the word "task" or where `dotted` says so. */
export function taskIdsIn(text: string, dotted = false): string[] {
  const ids = Array.from(text.matchAll(anyId), ([id]) => id).filter((id) => dotted || lettered.test(id));
  const ranged = idsIn(text).filter((id) => id.startsWith("T"));
  const counted = Array.from(text.matchAll(numbered), ([, id = ""]) => id);
  return [...new Set([...ids, ...ranged, ...counted])];
}
