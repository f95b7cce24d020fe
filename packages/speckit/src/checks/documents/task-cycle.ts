import { type Task, type TaskList, taskName } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { shortestCycle, stronglyConnected } from "../cycles.ts";
import { taskListsOf } from "./documents-of.ts";

export const taskCycle: Check = {
  id: "task-cycle",
  area: "tasks",
  severity: "error",
  title: "No task waits for itself",
  why: "Tasks that wait for each other are never begun, by people or by agents.",
  fix: "Take out one of the dependencies, or split a task so that the order is clear.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const list of taskListsOf(workspace)) {
      const byId = new Map(list.tasks.map((task) => [task.id, task]));
      const waitsFor = new Map(list.tasks.map((task) => [task.id, prerequisites(task, list, byId)]));
      for (const [id, task] of byId) {
        if (waitsFor.get(id)?.includes(id))
          yield { message: `${taskName(id)} depends on itself.`, at: placeOf(task, id) };
      }
      for (const group of stronglyConnected(waitsFor)) {
        const members = new Set(group);
        const [from = ""] = list.tasks.flatMap(({ id }) => (members.has(id) ? [id] : []));
        const to = waitsFor.get(from)?.find((id) => members.has(id) && id !== from) ?? from;
        const round = shortestCycle(from, to, waitsFor, members);
        const task = byId.get(from);
        if (!task) continue;
        yield {
          message: `These tasks wait for each other: ${round.map(taskName).join(" → ")}.`,
          at: placeOf(task, to),
        };
      }
    }
  },
};

/** The tasks that one waits for; "all" means every task of the earlier phases. */
function prerequisites(task: Task, { tasks }: TaskList, byId: ReadonlyMap<string, Task>): string[] {
  const named = task.dependencies.tasks.flatMap(({ text }) => (byId.has(text) ? [text] : []));
  const { phase } = task;
  if (!task.dependencies.all || phase === undefined) return named;
  const earlier = tasks.flatMap((other) => ((other.phase ?? -1) < phase ? [other.id] : []));
  return [...new Set([...named, ...earlier])];
}

function placeOf({ dependencies, at }: Task, id: string) {
  return dependencies.tasks.find(({ text }) => text === id)?.at ?? at;
}
