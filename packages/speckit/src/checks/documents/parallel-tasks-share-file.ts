import { groupBy } from "../../model/group-by.ts";
import type { Task } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { taskListsOf } from "./documents-of.ts";

export const parallelTasksShareFile: Check = {
  id: "parallel-tasks-share-file",
  area: "tasks",
  severity: "warning",
  title: "Tasks marked [P] touch files of their own",
  why: "Two agents that write the same file at once overwrite each other's work.",
  fix: "Take [P] from all but one of them, or let one depend on the other.",
  measured: { hits: 26, sampled: 20, right: 20 },

  *run(workspace) {
    for (const { tasks } of taskListsOf(workspace)) {
      const parallel = tasks.filter((task) => task.parallel && task.state !== "dropped");
      for (const group of groupBy(parallel, ({ phase }) => phase).values()) {
        const writers = groupBy(
          group.flatMap((task) => writtenBy(task).map((file) => ({ task, file }))),
          ({ file }) => file,
        );
        for (const [file, sharing] of writers) {
          const [first, ...others] = sharing.map(({ task }) => task);
          const rivals = others.filter((other) => first && !isOrdered(first, other));
          const [second] = rivals;
          if (!first || !second) continue;
          yield {
            message: `${listing([first.id, ...rivals.map(({ id }) => id)])} are marked [P] and touch the same file, ${file}.`,
            at: second.at,
            related: [{ message: "the first one", at: first.at }],
          };
        }
      }
    }
  },
};

/** The file that a task surely writes: the only one that it names. Of several some may just be read; a bare name may stand in any folder. */
function writtenBy({ files }: Task): readonly string[] {
  return files.length === 1 ? files.filter((file) => file.includes("/")) : [];
}

function isOrdered(first: Task, second: Task): boolean {
  const waits = (task: Task, other: Task) => task.dependencies.tasks.some(({ text }) => text === other.id);
  return waits(first, second) || waits(second, first);
}
