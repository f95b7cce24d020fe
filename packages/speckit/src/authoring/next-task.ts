import type { Task } from "../model/task-list.ts";
import type { Feature, Service } from "../model/workspace.ts";

/**
 * The task to do next in the newest feature that has an open one: the first whose tasks before it are done. A list that nobody ticks off is judged by the
 * files: what is there was made. Undefined when there is none.
 */
export function nextTask(
  { dir, features }: Pick<Service, "dir" | "features">,
  files: ReadonlySet<string>,
): { task: Task; feature: Feature } | undefined {
  for (const feature of [...features].reverse()) {
    const tasks = feature.tasks?.tasks ?? [];
    const isMade = ({ files: made }: Task) =>
      made.length > 0 && made.every((path) => files.has(dir === "." ? path : `${dir}/${path}`));
    const isTicked = tasks.some(({ state }) => state === "done");
    const done = new Set(
      tasks.filter((task) => task.state !== "open" || (!isTicked && isMade(task))).map(({ id }) => id),
    );
    const open = tasks.filter(({ id }) => !done.has(id));
    const task =
      open.find(({ dependencies }) =>
        dependencies.tasks.every(({ text }) => done.has(text.replace(/^Task\s+/i, ""))),
      ) ?? open[0];
    if (task) return { task, feature };
  }
  return undefined;
}

/** The task that a text names: `Task 3.2`, `T012`. */
export function taskNamed(
  { features }: Pick<Service, "features">,
  text: string,
): { task: Task; feature: Feature } | undefined {
  for (const feature of features)
    for (const task of feature.tasks?.tasks ?? [])
      if (
        new RegExp(
          `(?:^|\\btask\\s+|\\s)${task.id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![.\\d])`,
          "i",
        ).test(text)
      )
        return { task, feature };
  return undefined;
}
