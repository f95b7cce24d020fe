import { statSync } from "node:fs";
import { basename } from "node:path";
import type { IndexState } from "./search-index-store.ts";

export interface Stamp {
  readonly size: number;
  /** -1 where the time stamp proves nothing. */
  readonly mtimeMs: number;
}

/** Size and time of the last change of each file that is there. */
export function stampsOf(root: string, files: Iterable<string>): Map<string, Stamp> {
  const stamps = new Map<string, Stamp>();
  for (const file of files) {
    const stat = statSync(`${root}/${file}`, { throwIfNoEntry: false });
    if (stat) stamps.set(file, { size: stat.size, mtimeMs: stat.mtimeMs });
  }
  return stamps;
}

/**
 * The files that were there, if the same are there now: no folder has another time stamp, and nothing has changed that says which files count.
 * Reading the stamps of a few hundred folders is a tenth of the work of listing them and asking `.gitignore` about each entry.
 */
export function treeOf(root: string, { folders, files }: IndexState): Iterable<string> | undefined {
  for (const [folder, mtimeMs] of folders)
    if (statSync(`${root}/${folder}`, { throwIfNoEntry: false })?.mtimeMs !== mtimeMs) return undefined;
  for (const [file, { mtimeMs }] of files)
    if (
      decidesWhatCounts(file) &&
      statSync(`${root}/${file}`, { throwIfNoEntry: false })?.mtimeMs !== mtimeMs
    )
      return undefined;
  return files.keys();
}

function decidesWhatCounts(file: string): boolean {
  return file.endsWith(".gitignore") || basename(file) === ".speckit.config.json";
}

/**
 * A time stamp as it may be kept: whatever changes later has another one. Within one tick of the file system's clock that is not so; file systems
 * that know whole seconds only have long ticks.
 */
export function provenStamp(mtimeMs: number, seenAt: number): number {
  const tick = mtimeMs % 1000 === 0 ? 2000 : 20;
  return mtimeMs < seenAt - tick ? mtimeMs : -1;
}
