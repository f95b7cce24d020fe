import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file in one step: whoever reads it sees the old content or the new one, never half of it. Makes folders that are missing. */
export function writeAtomically(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    // The system names the temporary file, of which nobody knows.
    if (error instanceof Error && "code" in error)
      error.message = `${path} cannot be written: ${error.code}.`;
    throw error;
  }
}
