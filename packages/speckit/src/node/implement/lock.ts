import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { pathBelow } from "../setup/safe-path.ts";
import { isRunning, makeFolder, writeFirst } from "../write-file.ts";
import { checkpointFolder, hideFromGit } from "./checkpoints.ts";

/** Somebody else is at work there. */
export class WorkedOn extends Error {}

/**
 * Claims a service for one run; what it returns gives it free again. The claim of a run that was killed is taken over.
 * @throws WorkedOn while another run is at work
 */
export function claimService(root: string, dir: string): () => void {
  hideFromGit(root);
  const lock = pathBelow(root, `${checkpointFolder(dir)}/lock`);
  makeFolder(dirname(lock));
  const token = randomUUID();
  const own = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid), token });
  // Each round either has the lock, meets somebody who runs, or takes a dead claim away; more than a few say that others do the same.
  for (let round = 0; round < 20; round++) {
    if (writeFirst(lock, own)) return () => release(lock, own);
    const held = textOf(lock);
    if (held === undefined) continue;
    const pid = runnerOf(held);
    if (pid !== undefined)
      throw new WorkedOn(
        `Another speckit (process ${pid}) works on ${dir === "." ? "this repository" : dir}. Wait until it has ended, or end it.`,
      );
    takeAway(lock, held, token);
  }
  throw new WorkedOn(`${lock} is taken again and again. Run one speckit at a time for a service.`);
}

/** Takes a dead claim away. Whoever was faster may have made a new one meanwhile: that one is put back. */
function takeAway(lock: string, dead: string, token: string): void {
  const aside = `${lock}.${token}`;
  try {
    renameSync(lock, aside);
    if (textOf(aside) !== dead) linkSync(aside, lock);
  } catch {
    // Somebody else took it away.
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(lock: string, own: string): void {
  if (textOf(lock) === own) rmSync(lock, { force: true });
}

function textOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
}

/** The process that made a claim, while it runs. */
function runnerOf(text: string): number | undefined {
  try {
    const { pid, began } = JSON.parse(text) as { pid?: unknown; began?: unknown };
    if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return undefined;
    // Numbers of processes are given out again.
    const now = beginningOf(pid);
    return now !== undefined && typeof began === "string" && now !== began ? undefined : pid;
  } catch {
    return undefined;
  }
}

/** When a process began, in the system's own measure; undefined where the system does not say. */
function beginningOf(pid: number): string | undefined {
  try {
    // Field 22; the name of the program, which may hold spaces, ends with the last parenthesis.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}
