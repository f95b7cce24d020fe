import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file in one step: whoever reads it sees the old content or the new one, never half of it. Makes folders that are missing. Content that is
 * too large for one text comes in pieces.
 */
export function writeAtomically(path: string, content: string | Uint8Array | Iterable<string>): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writePieces(
      temporary,
      typeof content === "string" || content instanceof Uint8Array ? [content] : content,
    );
    renameSync(temporary, path);
    removeLeftovers(path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw aboutFile(path, error);
  }
}

/** Writes a file that must not exist yet, in one step; false when somebody else was first. */
export function writeFirst(path: string, text: string): boolean {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw aboutFile(path, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Makes a folder, and those above it that are missing. Node does not come back when it is asked to do that in one step where nothing can be made (`/proc`).
 * @throws an error of the system that names the first that cannot be made
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing)
    try {
      mkdirSync(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Somebody else was faster.
      if (code === "EEXIST") continue;
      if (error instanceof Error) error.message = `${folder} cannot be made: ${code}.`;
      throw error;
    }
}

/** The system names the temporary file, of which nobody knows. */
function aboutFile(path: string, error: unknown): unknown {
  if (error instanceof Error && "code" in error) error.message = `${path} cannot be written: ${error.code}.`;
  return error;
}

/** A run that was killed while it wrote leaves its temporary file behind. */
function removeLeftovers(path: string): void {
  const [before, after] = [`${basename(path)}.`, ".tmp"];
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const pid = Number(name.slice(before.length, -after.length));
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(dirname(path), name), { force: true });
  }
}

/** Whether there is a process of that id, whoever's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writePieces(path: string, pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(path, "w");
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    }
  } finally {
    closeSync(file);
  }
}
