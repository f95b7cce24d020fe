import { type Task, type TaskList, taskName } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { taskListsOf } from "./documents-of.ts";

export const taskIdUnknown: Check = {
  id: "task-id-unknown",
  area: "tasks",
  severity: "warning",
  title: "Every task that another one waits for exists",
  why: "A task that waits for one that is not there is never begun, or begun too early.",
  fix: "Correct the id, or write the task that is missing.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const list of taskListsOf(workspace)) {
      const known = new Set(list.tasks.map(({ id }) => id));
      for (const task of list.tasks) {
        for (const { text, at } of task.dependencies.tasks) {
          if (isKnown(text, known) || text === task.id || !isOfThisList(text, list)) continue;
          yield {
            message: `${taskName(task.id)} depends on ${taskName(text)}, and there is no such task.`,
            at,
          };
        }
      }
    }
  },
};

/** `T030` stands for `T030.1` and `T030.2` where only these are written, `T19` for `T019`. */
function isKnown(id: string, known: ReadonlySet<string>): boolean {
  if (known.has(id)) return true;
  const number = numberOf(id);
  return [...known].some(
    (other) => other.startsWith(`${id}.`) || (number !== undefined && numberOf(other) === number),
  );
}

function numberOf(id: string): number | undefined {
  const digits = /^T(\d+)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Ids written otherwise than those of the list are another list's, or no ids. */
function isOfThisList(id: string, { tasks }: TaskList): boolean {
  const shape = (task: Pick<Task, "id">) => (/^\d/.test(task.id) ? "number" : task.id.replace(/\d.*$/, ""));
  return tasks.some((task) => shape(task) === shape({ id }));
}
