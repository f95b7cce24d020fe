import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import {
  type BegunTask,
  type Checkpoint,
  FAILED_AS_IT_MUST,
  type FileMark,
  type RedRecord,
} from "../../authoring/implement/checkpoint.ts";
import { expectedFiles } from "../../authoring/implement/task-kind.ts";
import { tick } from "../../authoring/implement/tick.ts";
import { joined } from "../../authoring/implement/writable.ts";
import { fingerprintOf } from "../../model/finding.ts";
import { type Task, type TaskList, taskName } from "../../model/task-list.ts";
import { isTestFile } from "../../model/test-files.ts";
import {
  hashOfFile,
  leaveBegun,
  marksOf,
  readBegun,
  readCheckpoints,
  readLeft,
  removeBegun,
  writeBegun,
  writeCheckpoint,
} from "../../node/implement/checkpoints.ts";
import { pathBelow, SetupRefused } from "../../node/setup/safe-path.ts";
import { writeAtomically } from "../../node/write-file.ts";
import { parseTaskList } from "../../parse/task-list.ts";
import { type Io, UsageError } from "../command.ts";
import { projectFindings } from "./project-findings.ts";
import type { Work } from "./work.ts";

/** Says that a task is begun, or goes on with what is known of it; what is known of another that was begun waits until that goes on. */
export function beginTask(work: Work, task: Task, doneBy: string, io: Io): BegunTask {
  const { root, feature } = work;
  const current = readBegun(root, feature.dir);
  const isCurrent = current?.task === task.id;
  const before = isCurrent ? current : readLeft(root, feature.dir, task.id);
  if (current && !isCurrent && current.stage === "begun") leaveBegun(root, feature.dir, current);
  const isSame = before?.stage === "begun";
  if (isSame && isCurrent && before.doneBy === doneBy) return before;
  const begun: BegunTask = isSame
    ? { ...before, doneBy }
    : {
        version: 1,
        task: task.id,
        doneBy,
        began: new Date(io.now()).toISOString(),
        stage: "begun",
        before: marksOf(root, filesOfTask(work, task)),
        writing: [],
        errors: projectFindings(work, io).errors.map(fingerprintOf),
        attempts: 0,
        seenFailing: null,
        failure: null,
        tokens: { input: 0, output: 0 },
      };
  return keepBegun(work, begun);
}

export function keepBegun({ root, feature }: Work, begun: BegunTask): BegunTask {
  writeBegun(root, feature.dir, begun);
  return begun;
}

/** Where the files of a task are, relative to the root: below the service, or where the path leads from the root. What leads out is left out. */
export function filesOfTask(work: Work, task: Task): string[] {
  return expectedFiles(task).flatMap((file) => placeOf(work, file) ?? []);
}

/** Why nobody can do a task as it is written: a path leads out of the workspace. */
export function whyMisplaced(work: Work, task: Task): string | undefined {
  const file = expectedFiles(task).find((one) => placeOf(work, one) === undefined);
  return (
    file &&
    `${work.list.file}:${task.at.line}: ${taskName(task.id)} names ${file}, which is outside of the workspace. Correct the path.`
  );
}

function placeOf({ root, service }: Work, file: string): string | undefined {
  const own = joined(service.dir, file);
  const fromRoot = posix.normalize(file);
  try {
    return existsSync(pathBelow(root, own)) || !existsSync(pathBelow(root, fromRoot)) ? own : fromRoot;
  } catch (error) {
    if (error instanceof SetupRefused) return undefined;
    throw error;
  }
}

export function missingFiles(work: Work, task: Task): string[] {
  return filesOfTask(work, task).filter((file) => !existsSync(pathBelow(work.root, file)));
}

export function thereIsNo(files: readonly string[]): string {
  return files.length === 1
    ? `${files[0]} is not there.`
    : `${files.length} files are not there: ${files.join(", ")}.`;
}

/** Checkpoint first, then the tick: a run that is cut off between the two ticks when it goes on. */
export function finishTask(
  work: Work,
  task: Task,
  begun: BegunTask,
  parts: Pick<Checkpoint, "proofs" | "seenFailing" | "findings"> & { readonly written: readonly string[] },
  io: Io,
): { readonly checkpoint: Checkpoint; readonly file: string; readonly notes: readonly string[] } {
  const { root, service, feature } = work;
  const { written, ...rest } = parts;
  const ended = io.now();
  const red = parts.proofs.filter(({ result }) => result === FAILED_AS_IT_MUST).map(({ text }) => text);
  const seenFailing = red.length > 0 ? redRecord(work, task, "command", red, io) : rest.seenFailing;
  const checkpoint: Checkpoint = {
    version: 1,
    task: task.id,
    title: task.title,
    service: service.name,
    feature: feature.slug,
    doneBy: begun.doneBy,
    began: begun.began,
    ended: new Date(ended).toISOString(),
    ms: Math.max(0, ended - Date.parse(begun.began)),
    attempts: begun.attempts + 1,
    ...rest,
    seenFailing,
    files: marksOf(root, [...filesOfTask(work, task), ...written]).map((mark) => ({
      ...mark,
      wrote: begun.writing.some(({ file, sha256 }) => file === mark.file && sha256 === mark.sha256),
    })),
    tokens: begun.tokens,
  };
  const file = writeCheckpoint(root, feature.dir, checkpoint);
  writeBegun(root, feature.dir, { ...begun, stage: "accepted" });
  tickTask(root, work.list.file, task.id);
  removeBegun(root, feature.dir, task.id);
  const notes = (seenFailing?.files ?? [])
    .filter((mark) => hashOfFile(root, mark.file) !== mark.sha256)
    .map((mark) => `${mark.file} was changed after it was seen to fail. See what became of it.`);
  return { checkpoint, file, notes };
}

/** That tests fail, and which they are. */
export function redRecord(
  work: Work,
  task: Task,
  by: RedRecord["by"],
  commands: readonly string[],
  io: Io,
): RedRecord {
  const files = marksOf(work.root, filesOfTask(work, task).filter(isTestFile));
  return { by, commands, at: new Date(io.now()).toISOString(), files };
}

/** Ticks what a run that was cut off had accepted. Whether there was something to do. */
export function finishTicking({ root, feature, list }: Work): boolean {
  const begun = readBegun(root, feature.dir);
  if (begun?.stage !== "accepted") return false;
  const isOpen = list.tasks.some(({ id, state }) => id === begun.task && state === "open");
  const hasCheckpoint = readCheckpoints(root, feature.dir).some(({ task }) => task === begun.task);
  if (isOpen && hasCheckpoint) tickTask(root, list.file, begun.task);
  removeBegun(root, feature.dir, begun.task);
  return isOpen && hasCheckpoint;
}

/**
 * Ticks a task in the list as it stands now: somebody may have edited it meanwhile.
 * @throws UsageError when the list has no place for a tick
 */
function tickTask(root: string, file: string, id: string): void {
  const path = pathBelow(root, file);
  const bytes = readFileSync(path);
  const text = bytes.toString();
  const list = parsed(file, text);
  const task = list.tasks.find((one) => one.id === id);
  if (task?.state === "done") return;
  const ticked = task && Buffer.from(text).equals(bytes) ? tick(text, task, list.tasks) : undefined;
  if (ticked === undefined || !isSameButDone(list, parsed(file, ticked), id))
    throw new UsageError(
      `${file}${task ? `:${task.at.line}` : ""}: ${taskName(id)} is accepted, but there is no place to tick it. Tick it yourself: its checkpoint is written.`,
    );
  writeAtomically(path, ticked);
}

function parsed(file: string, text: string): TaskList {
  return parseTaskList({ file, text, bytes: Buffer.byteLength(text) });
}

function isSameButDone(before: TaskList, after: TaskList, id: string): boolean {
  return (
    before.tasks.length === after.tasks.length &&
    before.tasks.every((task, index) => {
      const other = after.tasks[index];
      return other?.id === task.id && other.state === (task.id === id ? "done" : task.state);
    })
  );
}

/** Files that this engine wrote, as it wrote them. */
export function writtenMarks({ root, feature }: Work): FileMark[] {
  const begun = readBegun(root, feature.dir);
  const files = readCheckpoints(root, feature.dir).flatMap((checkpoint) => checkpoint.files);
  return [...files.filter(({ wrote }) => wrote), ...(begun?.writing ?? [])];
}
