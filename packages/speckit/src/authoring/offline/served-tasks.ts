import { coveredBy, isNamed } from "../../model/story-names.ts";
import type { Task, TaskList } from "../../model/task-list.ts";
import { parseAs } from "../../parse/formats.ts";
import type { Assignment } from "../author.ts";
import { DEAD_LETTERS, INBOX, OUTBOX } from "./task-kinds.ts";

/**
 * Ids of the drafted tasks for which a list that somebody else wrote has tasks of its own, cut another way: all that they cover is named there. A
 * list that has tasks for most of what the draft covers has its foundation too.
 */
export function servedTasks(
  draft: string,
  current: string,
  { file, workspace, service }: Pick<Assignment, "file" | "workspace" | "service">,
): ReadonlySet<string> {
  const list = tasksIn(file, current);
  const named = coveredBy(list);
  const own = workspace.services.find(({ name }) => name === service.name);
  for (const { method, path, operationId } of own?.apis.flatMap(({ operations }) => operations) ?? []) {
    const names = [`${method} ${path}`, ...(operationId === undefined ? [] : [operationId])];
    if (names.some((name) => named.has(name))) for (const name of names) named.add(name);
  }

  const { tasks } = tasksIn(file, draft);
  const covering = tasks.filter(({ covers }) => covers.length > 0);
  const served = covering.filter(({ covers }) =>
    covers.every((id) => named.has(id) || isNamed({ id }, named)),
  );
  const hasMost = served.length * 2 > covering.length;
  const founding = tasks.filter(
    (task) => hasMost && task.covers.length === 0 && isFounded(task, served, current),
  );
  return new Set([...served, ...founding].map(({ id }) => id));
}

function tasksIn(file: string, text: string): Pick<TaskList, "tasks" | "phases" | "mentions"> {
  const parsed = parseAs("tasks", { file, text, bytes: Buffer.byteLength(text) });
  return parsed.kind === "tasks" ? parsed : { tasks: [], phases: [], mentions: [] };
}

/** Services that are called, and parts that carry events, come and go with the specification. */
function isFounded({ id, title }: Task, served: readonly Task[], text: string): boolean {
  const service = /^Client Of (\S+)/.exec(title)?.[1];
  if (service !== undefined) return new Set<string>(text.match(/[\w-]+/g)).has(service);
  if (![OUTBOX, INBOX, DEAD_LETTERS].some((part) => title.startsWith(part))) return true;
  return served.some(({ dependencies }) => dependencies.tasks.some(({ text: waitsFor }) => waitsFor === id));
}
