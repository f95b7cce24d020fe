import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file in one step: whoever reads it sees the old content or the new one, never half of it. Makes folders that are missing. Content that is
 * too large for one text comes in pieces.
 */
export function writeAtomically(path: string, content: string | Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writePieces(temporary, typeof content === "string" ? [content] : content);
    renameSync(temporary, path);
    removeLeftovers(path);
  } catch (error) {
    rmSync(temporary, { force: true });
    // The system names the temporary file, of which nobody knows.
    if (error instanceof Error && "code" in error)
      error.message = `${path} cannot be written: ${error.code}.`;
    throw error;
  }
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

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    }
  } finally {
    closeSync(file);
  }
}
