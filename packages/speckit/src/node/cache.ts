import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { engineId } from "./engine-id.ts";
import { writeAtomically } from "./write-file.ts";

/** What is remembered of one file. */
export interface CacheEntry {
  readonly size: number;
  readonly mtimeMs: number;
  /** Git blob id of the content. */
  readonly hash: string;
  /** Null when the file is no document of ours. */
  readonly document: ParsedDocument | null;
  /** Blob ids of the files that were read along with this one, or `missing`. */
  readonly references: Readonly<Record<string, string>>;
  /** Line and column of nodes that findings named before. */
  readonly positions: Record<string, readonly [number, number]>;
}

export type CacheEntries = Map<string, CacheEntry>;

const FILE = ".speckit/cache/documents.json";

/**
 * What an earlier run read, or nothing: a cache that is damaged, too old or written by another version of the engine is as good as none.
 * Never throws.
 */
export function readCache(root: string, retentionDays: number, now: number): CacheEntries {
  const engine = engineId();
  if (engine === undefined) return new Map();
  try {
    const file = join(root, FILE);
    if (now - statSync(file).mtimeMs > retentionDays * 86_400_000) return new Map();
    const stored = JSON.parse(readFileSync(file, "utf8")) as { engine?: unknown; entries?: unknown };
    if (stored.engine !== engine || !isEntries(stored.entries)) return new Map();
    return new Map(Object.entries(stored.entries));
  } catch {
    return new Map();
  }
}

/** Replaces the cache in one step, so that a run beside this one never sees half of it. A cache that cannot be written is done without. */
export function writeCache(root: string, entries: CacheEntries): void {
  const engine = engineId();
  if (engine === undefined) return;
  const file = join(root, FILE);
  try {
    writeAtomically(file, JSON.stringify({ engine, entries: Object.fromEntries(entries) }));
    writeAtomically(join(dirname(file), ".gitignore"), "*\n");
  } catch {
    // A folder that cannot be written is no reason to fail: the next run reads everything again.
  }
}

function isEntries(value: unknown): value is Record<string, CacheEntry> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(
      (entry: unknown) =>
        typeof entry === "object" && entry !== null && "hash" in entry && "document" in entry,
    )
  );
}
