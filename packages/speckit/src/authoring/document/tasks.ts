import type { Task } from "../../model/task-list.ts";
import { pathIn, type Subject } from "./subject.ts";

/** Where a task stands: `specs/001-orders/tasks.md:12`. */
export function refOfTask(subject: Pick<Subject, "service">, { at }: Task): string {
  return `\`${pathIn(subject, at.file)}:${at.line}\``;
}
