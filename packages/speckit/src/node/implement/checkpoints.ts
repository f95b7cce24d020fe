import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BegunTask, Checkpoint, FileMark } from "../../authoring/implement/checkpoint.ts";
import { pathBelow } from "../setup/safe-path.ts";
import { writeAtomically } from "../write-file.ts";

/** Where what is known about the work on a feature is kept. Git does not see it: the ticks travel, and what this machine did stays on it. */
const FOLDER = ".speckit/checkpoints";
const BEGUN = "begun.json";

export function checkpointFolder(feature: string): string {
  return feature === "." ? FOLDER : `${FOLDER}/${feature}`;
}

function fileOf(feature: string, task: string): string {
  // `#1` and whatever else an id may hold make no folder.
  return `${checkpointFolder(feature)}/task-${encodeURIComponent(task)}.json`;
}

function leftFile(feature: string, task: string): string {
  return `${checkpointFolder(feature)}/begun-${encodeURIComponent(task)}.json`;
}

/** All checkpoints of a feature; one that is damaged is none. */
export function readCheckpoints(root: string, feature: string): Checkpoint[] {
  const folder = join(root, checkpointFolder(feature));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^task-.*\.json$/.test(name))
    .sort()
    .flatMap((name) => {
      const read = readJson(join(folder, name));
      return isCheckpoint(read) ? [read] : [];
    });
}

export function writeCheckpoint(root: string, feature: string, checkpoint: Checkpoint): string {
  const file = fileOf(feature, checkpoint.task);
  write(root, file, checkpoint);
  return file;
}

/** The task that was begun and not ended; undefined when there is none. */
export function readBegun(root: string, feature: string): BegunTask | undefined {
  const read = readJson(join(root, checkpointFolder(feature), BEGUN));
  return isBegun(read) ? read : undefined;
}

export function writeBegun(root: string, feature: string, begun: BegunTask): void {
  write(root, `${checkpointFolder(feature)}/${BEGUN}`, begun);
}

/** Nothing is begun any more, and what was known of a task before it was done is past. */
export function removeBegun(root: string, feature: string, task: string): void {
  rmSync(join(root, checkpointFolder(feature), BEGUN), { force: true });
  rmSync(join(root, leftFile(feature, task)), { force: true });
}

/** Keeps what is known of a task that was begun while another one is worked on. */
export function leaveBegun(root: string, feature: string, begun: BegunTask): void {
  write(root, leftFile(feature, begun.task), begun);
}

export function readLeft(root: string, feature: string, task: string): BegunTask | undefined {
  const read = readJson(join(root, leftFile(feature, task)));
  return isBegun(read) && read.task === task ? read : undefined;
}

function write(root: string, file: string, value: unknown): void {
  hideFromGit(root);
  writeAtomically(pathBelow(root, file), `${JSON.stringify(value, null, 2)}\n`);
}

export function hideFromGit(root: string): void {
  const ignore = pathBelow(root, `${FOLDER}/.gitignore`);
  if (!existsSync(ignore)) writeAtomically(ignore, "*\n");
}

/** SHA-256 of a file of the workspace; null when there is no file, or the way to it leads out. */
export function hashOfFile(root: string, file: string): string | null {
  try {
    return hashOf(readFileSync(pathBelow(root, file)));
  } catch {
    return null;
  }
}

export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function marksOf(root: string, files: Iterable<string>): FileMark[] {
  return [...new Set(files)].sort().map((file) => ({ file, sha256: hashOfFile(root, file) }));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMarks(value: unknown): value is FileMark[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one) =>
        isRecord(one) &&
        typeof one.file === "string" &&
        (one.sha256 === null || typeof one.sha256 === "string"),
    )
  );
}

function isCheckpoint(value: unknown): value is Checkpoint {
  return (
    isRecord(value) &&
    value.version === 1 &&
    ["task", "ended", "began", "doneBy"].every((key) => typeof value[key] === "string") &&
    isMarks(value.files) &&
    isRecord(value.tokens) &&
    typeof value.ms === "number"
  );
}

function isBegun(value: unknown): value is BegunTask {
  return (
    isRecord(value) &&
    value.version === 1 &&
    ["task", "began", "doneBy", "stage"].every((key) => typeof value[key] === "string") &&
    isMarks(value.before) &&
    isMarks(value.writing) &&
    Array.isArray(value.errors) &&
    isRecord(value.tokens) &&
    typeof value.attempts === "number"
  );
}
