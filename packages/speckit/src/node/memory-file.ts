import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAtomically } from "./write-file.ts";

const FOLDER = ".speckit/memory";

/**
 * Where the summary of a session goes: `session-summary-DATE.md`. A file of that name about another session, or one that a person has edited since, is
 * left alone; the next number is taken then.
 */
export function memoryFile(root: string, date: string, session: string): string {
  for (let number = 1; ; number++) {
    const file = `${FOLDER}/session-summary-${date}${number === 1 ? "" : `-${number}`}.md`;
    const path = join(root, file);
    if (!existsSync(path) || isOurs(readFileSync(path, "utf8"), session)) return file;
  }
}

/** Writes a summary. What is in a session is private: unless somebody has decided otherwise, git does not see it. */
export function writeMemory(root: string, file: string, text: string, session: string): void {
  const path = join(root, file);
  writeAtomically(path, text + seal(text, session));
  const ignore = join(dirname(path), ".gitignore");
  if (!existsSync(ignore)) writeAtomically(ignore, "*\n");
}

function isOurs(content: string, session: string): boolean {
  const at = content.lastIndexOf("<!-- speckit ");
  return at !== -1 && content.slice(at) === seal(content.slice(0, at), session);
}

/** Tells a later run whether a person has changed the file, and which session it is about. */
function seal(text: string, session: string): string {
  return `<!-- speckit ${createHash("sha256").update(`${session}\0${text}`).digest("hex").slice(0, 16)} -->\n`;
}
