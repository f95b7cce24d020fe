import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CountTokens, loadTokenCounter } from "../tokens/count.ts";
import { blobId } from "./git.ts";
import { writeAtomically } from "./write-file.ts";

/** A text whose tokens are wanted: it is asked for only when its hash is new. */
export interface Countable {
  /** Git blob id of the text. */
  readonly hash: string;
  readonly text: () => string;
}

export interface CountOptions {
  /** Whether counts may be read from and kept in `.speckit/cache`. */
  readonly cache: boolean;
  readonly retentionDays: number;
  readonly now: number;
}

const FILE = ".speckit/cache/tokens.json";
const ENCODING = "o200k_base";
/** The newest are kept. */
const MOST = 50_000;

/**
 * Tokens of each text, in their order, remembered by content: the tokenizer, which takes 0.4 s to load, is loaded only when there is a new text. A
 * cache that is damaged or cannot be written is done without.
 */
export async function countTokens(
  root: string,
  items: readonly Countable[],
  options: CountOptions,
): Promise<number[]> {
  const known = options.cache ? readCounts(root, options) : new Map<string, number>();
  let count: CountTokens | undefined;
  for (const { hash, text } of items) {
    if (known.has(hash)) continue;
    count ??= await loadTokenCounter();
    known.set(hash, count(text()));
  }
  if (count !== undefined && options.cache) writeCounts(root, known);
  return items.map(({ hash }) => known.get(hash) ?? 0);
}

/** The files of a tree that are texts, with their tokens as o200k_base. Files that are gone, binary or unreadable are left out. */
export async function countFiles(
  root: string,
  files: readonly string[],
  options: CountOptions,
): Promise<Map<string, number>> {
  const items = files.flatMap((file) => {
    const bytes = bytesOf(join(root, file));
    return bytes === undefined ? [] : { file, hash: blobId(bytes), text: () => bytes.toString() };
  });
  const tokens = await countTokens(root, items, options);
  return new Map(items.map(({ file }, index) => [file, tokens[index] ?? 0]));
}

function bytesOf(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.includes(0) ? undefined : bytes;
  } catch {
    return undefined;
  }
}

function readCounts(root: string, { retentionDays, now }: CountOptions): Map<string, number> {
  try {
    const file = join(root, FILE);
    if (now - statSync(file).mtimeMs > retentionDays * 86_400_000) return new Map();
    const { encoding, counts } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    if (encoding !== ENCODING || typeof counts !== "object" || counts === null) return new Map();
    return new Map(
      Object.entries(counts).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    );
  } catch {
    return new Map();
  }
}

function writeCounts(root: string, counts: ReadonlyMap<string, number>): void {
  const file = join(root, FILE);
  try {
    const kept = Object.fromEntries([...counts].slice(-MOST));
    writeAtomically(file, JSON.stringify({ encoding: ENCODING, counts: kept }));
    writeAtomically(join(dirname(file), ".gitignore"), "*\n");
  } catch {
    // As with the documents: the next run counts again.
  }
}
