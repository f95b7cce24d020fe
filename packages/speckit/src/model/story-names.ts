import type { Story } from "./spec.ts";
import type { TaskList } from "./task-list.ts";

/** Whether one of the names means that story: `US1` and `P1` are both the first story's, in two forms. */
export function isNamed({ id }: Pick<Story, "id">, names: Iterable<string>): boolean {
  const number = numberOf(id);
  for (const name of names)
    if (name === id || (number !== undefined && numberOf(name) === number)) return true;
  return false;
}

function numberOf(name: string): number | undefined {
  const digits = /^(?:US|P|S)-?(\d+)$/i.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Everything that a task list says it serves: the stories of tasks and of phases that have tasks, requirements, and whatever else it names. */
export function coveredBy({
  tasks,
  phases,
  mentions,
}: Pick<TaskList, "tasks" | "phases" | "mentions">): Set<string> {
  const named = mentions.map(({ text }) => text);
  return new Set([
    ...named,
    ...tasks.flatMap(({ stories, covers, phase }) => [
      ...stories,
      ...covers,
      ...(phase === undefined ? [] : (phases[phase]?.stories ?? [])),
    ]),
  ]);
}
