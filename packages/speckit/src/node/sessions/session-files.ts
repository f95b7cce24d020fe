import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { type Fields, fields } from "../../tokens/formats/fields.ts";
import { recordsIn } from "./records.ts";

export interface FoundFile {
  readonly path: string;
  readonly changedMs: number;
}

/** Files whose first lines are looked at before the search is given up. */
const LOOKED_AT = 300;
/** Records of a file that are looked at for the one that says whose it is. */
const HEAD = 50;

/** What the first record says of which `look` says something. */
export function head<T>(path: string, look: (record: Fields) => T | undefined): T | undefined {
  let seen = 0;
  try {
    for (const { value } of recordsIn(path)) {
      const found = look(fields(value));
      if (found !== undefined) return found;
      if (++seen === HEAD) return undefined;
    }
  } catch {
    // Somebody else's, or damaged: there may be others.
  }
  return undefined;
}

export function newestFirst<T extends FoundFile>(files: readonly T[]): T[] {
  return [...files]
    .sort((a, b) => b.changedMs - a.changedMs || (a.path < b.path ? 1 : -1))
    .slice(0, LOOKED_AT);
}

/** Files of a folder, and of those down to a depth, whose names are as wanted. */
export function filesIn(dir: string, wanted: RegExp, depth = 0): FoundFile[] {
  return list(dir).flatMap((name) => {
    const path = join(dir, name);
    const stat = statOf(path);
    if (stat?.isFile() && wanted.test(name)) return { path, changedMs: stat.mtimeMs };
    return stat?.isDirectory() && depth > 0 ? filesIn(path, wanted, depth - 1) : [];
  });
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

export function firstLine(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
