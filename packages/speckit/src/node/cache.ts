import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { engineId } from "./engine-id.ts";
import { linesOf } from "./lines.ts";
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

const FILE = ".speckit/cache/documents.jsonl";

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
    return entriesIn(linesOf(file), engine);
  } catch {
    return new Map();
  }
}

/** The first line names the engine and how many entries follow, one a line: a cache of a large fleet is longer than any text may be. */
function entriesIn(lines: Generator<string>, engine: string): CacheEntries {
  const head = JSON.parse(lines.next().value ?? "") as { engine?: unknown; entries?: unknown };
  const entries: CacheEntries = new Map();
  if (head.engine !== engine) {
    lines.return(undefined);
    return entries;
  }
  for (const line of lines) {
    const [file, entry] = JSON.parse(line) as [string, CacheEntry];
    if (!isEntry(entry)) return new Map();
    entries.set(file, entry);
  }
  return entries.size === head.entries ? entries : new Map();
}

/** Replaces the cache in one step, so that a run beside this one never sees half of it. A cache that cannot be written is done without. */
export function writeCache(root: string, entries: CacheEntries): void {
  const engine = engineId();
  if (engine === undefined) return;
  const file = join(root, FILE);
  try {
    writeAtomically(file, linesFor(entries, engine));
    writeAtomically(join(dirname(file), ".gitignore"), "*\n");
  } catch {
    // A folder that cannot be written is no reason to fail: the next run reads everything again.
  }
}

function* linesFor(entries: CacheEntries, engine: string): Generator<string> {
  let piece = `${JSON.stringify({ engine, entries: entries.size })}\n`;
  for (const entry of entries) {
    piece += `${JSON.stringify(entry)}\n`;
    if (piece.length < 1 << 20) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function isEntry(entry: unknown): entry is CacheEntry {
  return typeof entry === "object" && entry !== null && "hash" in entry && "document" in entry;
}
