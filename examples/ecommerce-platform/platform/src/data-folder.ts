import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Somebody else works on the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse";
}

/** Nothing can be kept where the data folder should be. */
export class DataFolderUnusable extends Error {
  override readonly name = "DataFolderUnusable";
}

export interface DataFolder {
  readonly path: string;
  /** Tells others that it will be free soon, so that they wait rather than give up. */
  announceEnd(): void;
  /** Lets others have it; works at once, since it is also called when the process ends. */
  release(): void;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  /** Tells the process from a later one with the same number. */
  readonly startedAt: string;
  readonly ending: boolean;
}

export interface OpenOptions {
  /** How long to wait for one that is about to end. */
  readonly waitMs?: number;
}

/** Two that see the same leftover may both take it over; after this time only one of them still stands in the file. */
const settleMs = 100;
/** One whose parent was killed notices it within this time. */
const noticeMs = 1500;

/**
 * Takes a data folder for this process; made when missing. What a process left that has ended is taken over.
 * Throws `DataFolderInUse` when another process has it, unless that one is about to end, and `DataFolderUnusable`.
 */
export async function openDataFolder(
  folder: string,
  { waitMs = 15_000 }: OpenOptions = {},
): Promise<DataFolder> {
  const dataDir = path.resolve(folder);
  makeFolder(dataDir);
  const file = path.join(dataDir, "platform.lock");
  const me: Holder = { id: randomUUID(), pid: process.pid, startedAt: startOf(process.pid), ending: false };
  const isMine = () => readHolder(file)?.id === me.id;
  const release = () => {
    process.off("exit", release);
    if (isMine()) fs.rmSync(file, { force: true });
  };
  process.on("exit", release);
  const from = performance.now();
  for (;;) {
    if (await take(file, me)) break;
    const holder = readHolder(file);
    const waited = performance.now() - from;
    if (holder && waited > (holder.ending ? waitMs : noticeMs)) {
      release();
      throw new DataFolderInUse(
        `Another platform (process ${holder.pid}) works on ${dataDir}. Stop it first, or choose another folder with --data.`,
      );
    }
    await pause(50);
  }
  return {
    path: dataDir,
    announceEnd() {
      if (!isMine()) return;
      // At once: whoever read half of it would take it for what a killed process left.
      fs.writeFileSync(`${file}.${me.id}`, JSON.stringify({ ...me, ending: true }), { mode: 0o600 });
      fs.renameSync(`${file}.${me.id}`, file);
    },
    release,
  };
}

function makeFolder(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.accessSync(dataDir, fs.constants.W_OK);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EEXIST: "is a file",
      ENOTDIR: "lies below a file",
      EACCES: "may not be written to",
      EPERM: "may not be written to",
      EROFS: "is on a disk that cannot be written to",
    };
    throw new DataFolderUnusable(
      `${dataDir} ${reasons[code] ?? `cannot be used (${code})`}. Choose another folder with --data.`,
    );
  }
}

async function take(file: string, me: Holder): Promise<boolean> {
  const left = readText(file);
  const holder = holderIn(left);
  if (holder && isRunning(holder)) return false;
  if (left !== undefined && !clearAway(file, left)) return false;
  try {
    fs.writeFileSync(file, JSON.stringify(me), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await pause(settleMs);
  return readHolder(file)?.id === me.id;
}

/** Removes a lock that says `left`; false when somebody was faster and it says something else by now. */
export function clearAway(file: string, left: string): boolean {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return false;
  }
  const isLeft = readText(aside) === left;
  if (!isLeft) {
    try {
      fs.copyFileSync(aside, file, fs.constants.COPYFILE_EXCL);
    } catch {
      // A third has it; whose it was notices that.
    }
  }
  fs.rmSync(aside, { force: true });
  return isLeft;
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readHolder(file: string): Holder | undefined {
  return holderIn(readText(file));
}

function holderIn(text = ""): Holder | undefined {
  try {
    return (JSON.parse(text) as Holder | null) ?? undefined;
  } catch {
    // There is none, or its process was killed while it wrote.
    return undefined;
  }
}

function isRunning({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(pid) === startedAt;
}

/** When a process started, in whatever words its system has for that; empty when it has ended. */
function startOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      // Fields of proc(5): what follows the name in parentheses is state, …, and start time as the 22nd of all.
      const [state, ...fields] = (
        fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? ""
      ).split(" ");
      return state === "Z" || state === "X" ? "" : (fields[18] ?? "");
    }
    if (process.platform === "win32") return "unknown";
    return execFileSync("ps", ["-o", "lstart=", "-p", `${pid}`], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
