import { groupBy } from "../../model/group-by.ts";
import { taskName } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { taskListsOf } from "./documents-of.ts";

export const taskIdDuplicate: Check = {
  id: "task-id-duplicate",
  area: "tasks",
  severity: "error",
  title: "Every task has an id of its own",
  why: "Dependencies and checkpoints refer to tasks by id: of two with one id one is skipped as done.",
  fix: "Give the later one the next free id.",
  measured: { hits: 2, sampled: 2, right: 2 },

  *run(workspace) {
    for (const { tasks } of taskListsOf(workspace)) {
      for (const [id, [first, ...others]] of groupBy(tasks, (task) => task.id)) {
        for (const other of others) {
          if (!first || first.title === other.title) continue;
          yield {
            message: `${taskName(id)} is given twice: '${shortened(first.title, 50)}' and '${shortened(other.title, 50)}'`,
            at: other.at,
            related: [{ message: "the first one", at: first.at }],
          };
        }
      }
    }
  },
};
