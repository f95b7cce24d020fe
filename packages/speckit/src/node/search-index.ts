import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText } from "../parse/text.ts";
import type { SearchIndex } from "../search/search-index.ts";
import { decodeSegment } from "../search/segment.ts";
import { checkedOut } from "./commit-subjects.ts";
import { engineId } from "./engine-id.ts";
import { readConfigAlone } from "./read-config.ts";
import {
  INDEX_FOLDER,
  type IndexedFile,
  type IndexState,
  readIndex,
  type StoredIndex,
  writeIndex,
} from "./search-index-store.ts";
import { stampsOf, treeOf } from "./time-stamps.ts";

export interface SearchIndexOptions {
  readonly cache: boolean;
  readonly now: () => number;
  /** Names the engine that what is kept belongs to; without one nothing is kept. */
  readonly engine?: string | undefined;
}

/** The index of a workspace as its files are now. */
export interface OpenedIndex {
  readonly index: SearchIndex;
  readonly services: IndexState["services"];
  /** Text of an indexed file; undefined when it is gone or has none. */
  readonly textOf: (file: string) => string | undefined;
  readonly fileOf: (file: string) => IndexedFile | undefined;
  /** Whether anything may be kept in the cache, and how long. */
  readonly keeps: boolean;
  readonly retentionDays: number;
  readonly stats: { readonly files: number; readonly read: number };
}

/**
 * The index of all text files below `root` that git doesn't ignore, brought up to date: only files that have changed since the last run are read.
 * Never fails for what is, or isn't, in the cache.
 * @throws BadConfig when the workspace's configuration cannot be understood
 */
export async function openSearchIndex(root: string, options: SearchIndexOptions): Promise<OpenedIndex> {
  const { now, engine = engineId() } = options;
  const { cache } = readConfigAlone(root, new Set());
  const keep = options.cache && cache.enabled && holdsAnything(root) ? engine : undefined;
  const before = keep === undefined ? undefined : readIndex(root, keep, cache.retention_days, now());
  const head = checkedOut(root);
  const tree = before && treeOf(root, before.state);
  const stamps = tree && stampsOf(root, tree);
  const isCurrent =
    before !== undefined &&
    head === before.state.checkedOut &&
    stamps !== undefined &&
    [...before.state.files].every(([file, { size, mtimeMs }]) => {
      const stamp = stamps.get(file);
      return stamp?.size === size && stamp.mtimeMs === mtimeMs;
    });
  const keeping = { keeps: options.cache && cache.enabled, retentionDays: cache.retention_days };
  if (before && isCurrent) return { ...opened(root, before, 0), ...keeping };
  if (keep !== undefined) makeFolder(root);
  const { updateIndex } = await import("./update-search-index.ts");
  const { stored, read } = updateIndex(root, {
    before,
    head,
    now,
    cache: keep !== undefined,
    sameFiles: tree !== undefined,
  });
  if (keep !== undefined) writeIndex(root, keep, stored);
  return { ...opened(root, stored, read), ...keeping };
}

/** In a folder with nothing to find nothing is left behind. */
function holdsAnything(root: string): boolean {
  return readdirSync(root).some((name) => name !== ".git" && name !== ".speckit");
}

/** Before the tree is looked at: that a folder is new would otherwise seem a change of the tree to the next run. */
function makeFolder(root: string): void {
  try {
    mkdirSync(join(root, INDEX_FOLDER), { recursive: true });
  } catch {
    // Nothing will be kept then.
  }
}

function opened(
  root: string,
  { state, segments }: StoredIndex,
  read: number,
): Omit<OpenedIndex, "keeps" | "retentionDays"> {
  const { files, services } = state;
  const decoded = new Map([...segments].map(([name, bytes]) => [name, decodeSegment(bytes)]));
  const live = new Map([...decoded].map(([name, { units }]) => [name, new Uint8Array(units)]));
  for (const { segment, from, to } of files.values()) live.get(segment)?.fill(1, from, to);
  // A service may lie in another: the innermost has the file.
  const innermost = [...services].sort((a, b) => b.dir.length - a.dir.length);
  return {
    index: {
      segments: [...decoded].map(([name, segment]) => ({
        segment,
        live: live.get(name) ?? new Uint8Array(),
      })),
      serviceOf: (file) => innermost.find(({ dir }) => dir === "." || file.startsWith(`${dir}/`))?.name,
    },
    services,
    textOf: (file) => (files.get(file)?.segment ? textOf(root, file) : undefined),
    fileOf: (file) => files.get(file),
    stats: { files: files.size, read },
  };
}

function textOf(root: string, file: string): string | undefined {
  try {
    const decoded = decodeText(file, readFileSync(join(root, file)));
    return decoded.kind === "text" ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
