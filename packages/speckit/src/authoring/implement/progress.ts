import type { Task } from "../../model/task-list.ts";
import type { TaskStep } from "./order.ts";

/** The order of a list, and what of it is settled: done, or dropped. */
export interface TaskProgress {
  readonly steps: readonly TaskStep[];
  readonly isSettled: (id: string) => boolean;
  /** Ids of tasks that a step waits for and that are not settled. */
  readonly openBefore: (step: TaskStep) => string[];
}

/** `tasks` as they are written. */
export function progressOf(steps: readonly TaskStep[], tasks: readonly Task[]): TaskProgress {
  const settled = new Set(tasks.filter(({ state }) => state !== "open").map(({ id }) => id));
  const isSettled = (id: string) => settled.has(id);
  return {
    steps,
    isSettled,
    openBefore: ({ waitsFor, waitsForFirst }) => [
      ...new Set(
        [...waitsFor, ...tasks.slice(0, waitsForFirst).map(({ id }) => id)].filter((id) => !isSettled(id)),
      ),
    ],
  };
}

/** The first task that is open, that nothing open stands before, and that is not left aside. */
export function nextStep(
  { steps, isSettled, openBefore }: TaskProgress,
  aside: ReadonlySet<string> = new Set(),
): TaskStep | undefined {
  return steps.find(
    (step) => !isSettled(step.task.id) && !aside.has(step.task.id) && openBefore(step).length === 0,
  );
}
