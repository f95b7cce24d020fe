import type { StatedTotal, TaskList } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { taskListsOf } from "./documents-of.ts";

export const taskTotalWrong: Check = {
  id: "task-total-wrong",
  area: "tasks",
  severity: "warning",
  title: "Totals that a task list states are right",
  why: "A wrong total tells readers that tasks are missing, or were added without anybody looking at the whole.",
  fix: "Correct the number, or leave it out: `speckit validate` counts.",
  measured: { hits: 3, sampled: 3, right: 3 },

  *run(workspace) {
    for (const list of taskListsOf(workspace)) {
      if (list.tasks.length === 0) continue;
      for (const total of list.totals) {
        const counts = countsOf(list, total);
        if (counts.includes(total.count)) continue;
        const what = total.of === "tasks" ? "tasks" : "tasks done";
        yield { message: `The list states ${total.count} ${what}; it has ${counts[0]}.`, at: total.at };
      }
    }
  },
};

/** All numbers that a careful author may mean: with and without what was dropped, sub-tasks such as `T030.2`, and repetitions. */
function countsOf({ tasks }: TaskList, { of }: StatedTotal): number[] {
  const all = of === "done" ? tasks.filter(({ state }) => state === "done") : tasks;
  const kept = all.filter(({ state }) => state !== "dropped");
  return [all, kept].flatMap((some) => [
    some.length,
    new Set(some.map(({ id }) => id)).size,
    new Set(some.filter(({ id }) => !/^T.*\D/.test(id.slice(1))).map(({ id }) => id)).size,
  ]);
}
