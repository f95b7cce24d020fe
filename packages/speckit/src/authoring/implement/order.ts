import type { Location } from "../../model/location.ts";
import { type Task, type TaskList, taskName } from "../../model/task-list.ts";

/** A task with what has to be done before it. */
export interface TaskStep {
  readonly task: Task;
  /** Ids of tasks, as the list has them. */
  readonly waitsFor: readonly string[];
  /** "All implementation complete": it waits for so many tasks, counted from the beginning of the list. */
  readonly waitsForFirst: number;
}

export type TaskOrder =
  | { readonly kind: "ordered"; readonly steps: readonly TaskStep[] }
  /** `message` says why there is no order, and what to do. */
  | { readonly kind: "impossible"; readonly message: string; readonly at: Location };

/** Tasks in the order in which they can be done: each after those that it waits for, and otherwise as they are written. */
export function orderTasks(list: Pick<TaskList, "tasks">): TaskOrder {
  const { tasks } = list;
  const indexOf = new Map<string, number>();
  for (const [index, { id, at }] of tasks.entries()) {
    const first = tasks[indexOf.get(id) ?? index];
    if (first && first.at.line !== at.line)
      return impossible(
        `${taskName(id)} is there twice, in lines ${first.at.line} and ${at.line}. Give one of them another id.`,
        at,
      );
    indexOf.set(id, index);
  }
  const steps: TaskStep[] = [];
  for (const [index, task] of tasks.entries()) {
    const waitsFor: string[] = [];
    for (const { text, at } of task.dependencies.tasks) {
      const found = tasksNamed(text, indexOf, tasks);
      if (found.length === 0 && isIdOf(text, tasks))
        return impossible(
          `${taskName(task.id)} depends on ${taskName(text)}, and there is no such task. Correct the id, or write the task that is missing.`,
          at,
        );
      waitsFor.push(...found.filter((id) => !waitsFor.includes(id)));
    }
    steps.push({
      task,
      waitsFor,
      waitsForFirst: task.dependencies.all ? earlierThan(task, index, tasks) : 0,
    });
  }
  return sorted(steps, indexOf);
}

const impossible = (message: string, at: Location): TaskOrder => ({ kind: "impossible", message, at });

/** `T030` stands for `T030.1` and `T030.2` where only these are written, `T19` for `T019`. */
function tasksNamed(id: string, indexOf: ReadonlyMap<string, number>, tasks: readonly Task[]): string[] {
  if (indexOf.has(id)) return [id];
  const number = numberOf(id);
  return tasks.flatMap((task) =>
    task.id.startsWith(`${id}.`) || (number !== undefined && numberOf(task.id) === number) ? [task.id] : [],
  );
}

function numberOf(id: string): number | undefined {
  const digits = /^T(\d+)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Ids written otherwise than those of the list are another list's, or no ids. */
function isIdOf(id: string, tasks: readonly Task[]): boolean {
  const shape = (own: string) => (/^\d/.test(own) ? "number" : own.replace(/\d.*$/, ""));
  return tasks.some((task) => shape(task.id) === shape(id));
}

/** How many tasks stand before the phase of a task; before the task itself, when its phase is the first. */
function earlierThan({ phase }: Task, index: number, tasks: readonly Task[]): number {
  const start = tasks.findIndex((task) => task.phase === phase);
  return start > 0 ? start : index;
}

/** Kahn's algorithm; of those that are ready, the one that is written first. */
function sorted(steps: readonly TaskStep[], indexOf: ReadonlyMap<string, number>): TaskOrder {
  const followers = new Map<number, number[]>();
  const waitingForFirst = new Map<number, number[]>();
  const open = steps.map(({ waitsFor, waitsForFirst }, index) => {
    for (const id of waitsFor) push(followers, indexOf.get(id) ?? index, index);
    if (waitsForFirst > 0) push(waitingForFirst, waitsForFirst, index);
    return waitsFor.length + (waitsForFirst > 0 ? 1 : 0);
  });
  const ready = open.flatMap((count, index) => (count === 0 ? [index] : []));
  const isOut = new Uint8Array(steps.length);
  const out: TaskStep[] = [];
  const release = (indexes: readonly number[] = []) => {
    for (const index of indexes) {
      open[index] = (open[index] ?? 0) - 1;
      if (open[index] === 0) insert(ready, index);
    }
  };
  let prefix = 0;
  for (let index = ready.shift(); index !== undefined; index = ready.shift()) {
    out.push(steps[index] as TaskStep);
    isOut[index] = 1;
    release(followers.get(index));
    while (isOut[prefix] === 1) release(waitingForFirst.get(++prefix));
  }
  if (out.length === steps.length) return { kind: "ordered", steps: out };
  const round = cycle(steps, isOut, indexOf);
  const [first] = round;
  return impossible(
    `These tasks wait for each other: ${[...round, ...(first ? [first] : [])].map(({ task }) => taskName(task.id)).join(" → ")}. Take out one of the dependencies.`,
    first?.task.at ?? { file: "", line: 1, column: 1 },
  );
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Keeps the numbers sorted. */
function insert(numbers: number[], value: number): void {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  numbers.splice(low, 0, value);
}

/** Follows what is not done, from one that is not done, until a task comes again. */
function cycle(
  steps: readonly TaskStep[],
  isOut: Uint8Array,
  indexOf: ReadonlyMap<string, number>,
): TaskStep[] {
  const path: number[] = [];
  let at = isOut.indexOf(0);
  while (!path.includes(at)) {
    path.push(at);
    const { waitsFor = [], waitsForFirst = 0 } = steps[at] ?? {};
    const named = waitsFor.map((id) => indexOf.get(id) ?? 0).find((index) => isOut[index] === 0);
    const next = named ?? isOut.subarray(0, waitsForFirst).indexOf(0);
    if (next === -1) break;
    at = next;
  }
  return path.slice(Math.max(0, path.indexOf(at))).flatMap((index) => steps[index] ?? []);
}
