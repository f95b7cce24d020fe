import type { Task } from "../../model/task-list.ts";
import { isTestFile } from "../../model/test-files.ts";

/** `[Test] → Implementation`: its tests are written, and seen to fail, before what they test. */
export function isTestFirst({ type = "" }: Pick<Task, "type">): boolean {
  return /^\[?tests?\]?\s*(?:→|->|=>|➜|➡)/iu.test(type);
}

/** A task that is nothing but tests: they fail until another task is done. */
export function isTestTask({ type, files }: Pick<Task, "type" | "files">): boolean {
  if (type !== undefined) return /^\[?tests?\]?(?:\s*\(.*\))?$/i.test(type.trim());
  return files.length > 0 && files.every(isTestFile);
}

/** Whether what a task of tests looks at is still to be made: by a task that waits for it, or that follows in its phase. Then its tests must fail. */
export function comesBeforeCode(task: Task, tasks: readonly Task[]): boolean {
  if (!isTestTask(task)) return false;
  const own = tasks.findIndex(({ id }) => id === task.id);
  return tasks.some(
    (other, index) =>
      other.state === "open" &&
      !isTestTask(other) &&
      (other.dependencies.tasks.some(({ text }) => text === task.id) ||
        (index > own && other.phase === task.phase)),
  );
}

const removes =
  /(?:^|[:,;]\s*|\band\s+)(?:remove|delete|rename|move|drop)\b|\b(?:eliminar|supprimer|löschen)\w*|删除|刪除|移除|重命名|削除|удал/iu;
const gone = /\b(?:old|legacy|unused|obsolete|deprecated|dead|stale|former)\b/i;
const makes =
  /\b(?:endpoint|route|operation|handler|api|command|button|page|form|dialog|flow|use case|story)s?\b|\s\/\w/i;
const fileOfOne = /(?:^|[^a-z])(?:remove|delete|rename|move|drop)/i;

/** "Delete User Endpoint" makes something that removes; "Remove The Old Endpoint" removes. */
function isRemoval({ files, title }: Pick<Task, "files" | "title">): boolean {
  if (!removes.test(title)) return false;
  const words = title.replace(/(?<!\S)[\w@.-][\w@./-]*[/.]\S*/g, "");
  return gone.test(words) || !(makes.test(words) || files.some((file) => fileOfOne.test(file)));
}

/** The files that have to be there once a task is done; a pattern names none, and what is removed is gone. */
export function expectedFiles(task: Pick<Task, "files" | "title">): string[] {
  if (isRemoval(task)) return [];
  return task.files.filter((file) => !/[*{}<>$]|\.\.\.(?:\/|$)|\[[^\]]*\s/.test(file));
}

export function testFilesOf({ files }: Pick<Task, "files">): string[] {
  return files.filter(isTestFile);
}
