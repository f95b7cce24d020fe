import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { writeAtomically } from "./write-file.ts";

/** What is known of one file: from this it is decided whether the index still says what the file says. */
export interface IndexedFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
  /** Checksum of the subjects of its commits. */
  readonly subjects: number;
  /** Name of the segment that has its units, empty when there are none, and which of them: from, and up to. */
  readonly segment: string;
  readonly from: number;
  readonly to: number;
}

/** Everything about an index but its segments. */
export interface IndexState {
  readonly checkedOut: string | undefined;
  readonly services: readonly { readonly name: string; readonly dir: string }[];
  /** Time stamps of folders. */
  readonly folders: ReadonlyMap<string, number>;
  readonly files: ReadonlyMap<string, IndexedFile>;
}

/** An index as it was kept, with the bytes of its segments by name. */
export interface StoredIndex {
  readonly state: IndexState;
  readonly segments: ReadonlyMap<string, Uint8Array>;
}

export const INDEX_FOLDER = ".speckit/cache/search";
const STATE = "state.json";

/** What an earlier run indexed, or nothing when it is damaged, too old or of another engine. Never throws. */
export function readIndex(
  root: string,
  engine: string,
  retentionDays: number,
  now: number,
): StoredIndex | undefined {
  try {
    const folder = join(root, INDEX_FOLDER);
    const file = join(folder, STATE);
    if (now - statSync(file).mtimeMs > retentionDays * 86_400_000) return undefined;
    const text = readFileSync(file, "utf8");
    const end = text.indexOf("\n");
    const head = JSON.parse(text.slice(0, end)) as { engine?: unknown; crc?: unknown };
    const body = text.slice(end + 1);
    if (head.engine !== engine || head.crc !== crc32(body)) return undefined;
    const { checkedOut, services, folders, files } = JSON.parse(body) as StoredState;
    const state = {
      checkedOut: checkedOut ?? undefined,
      services,
      folders: new Map(folders),
      files: new Map(
        files.map(([path, size, mtimeMs, hash, subjects, segment, from, to]) => [
          path,
          { size, mtimeMs, hash, subjects, segment, from, to },
        ]),
      ),
    };
    const names = new Set([...state.files.values()].flatMap(({ segment }) => segment || []));
    return { state, segments: new Map([...names].map((name) => [name, readSegment(folder, name)])) };
  } catch {
    return undefined;
  }
}

interface StoredState {
  readonly checkedOut: string | null;
  readonly services: IndexState["services"];
  readonly folders: readonly (readonly [string, number])[];
  readonly files: readonly (readonly [string, number, number, string, number, string, number, number])[];
}

/** A segment is named after its content, so that one that was damaged is noticed; it goes, as a new one may have its name and size. */
function readSegment(folder: string, name: string): Uint8Array {
  const file = join(folder, `${name}.segment`);
  const bytes = readFileSync(file);
  if (segmentName(bytes) === name) return bytes;
  rmSync(file, { force: true });
  throw new Error(`${name} is damaged`);
}

export function segmentName(bytes: Uint8Array): string {
  return `${bytes.length.toString(36)}-${crc32(bytes).toString(36)}`;
}

/**
 * Keeps an index for the next run. Segments are written before the state that names them, and removed after it no longer does: a run beside this one that
 * only reads sees the old index or the new one. Of two that write, the last one counts; a segment that it lacks then is made again by the next run. What cannot be
 * written is done without.
 */
export function writeIndex(root: string, engine: string, { state, segments }: StoredIndex): void {
  const folder = join(root, INDEX_FOLDER);
  const { checkedOut = null, services, folders, files } = state;
  const stored: StoredState = {
    checkedOut,
    services,
    folders: [...folders],
    files: [...files].map(([path, { size, mtimeMs, hash, subjects, segment, from, to }]) => [
      path,
      size,
      mtimeMs,
      hash,
      subjects,
      segment,
      from,
      to,
    ]),
  };
  const body = JSON.stringify(stored);
  try {
    for (const [name, bytes] of segments) {
      const file = join(folder, `${name}.segment`);
      if (statSync(file, { throwIfNoEntry: false })?.size !== bytes.length) writeAtomically(file, bytes);
    }
    writeAtomically(join(folder, STATE), `${JSON.stringify({ engine, crc: crc32(body) })}\n${body}`);
    writeAtomically(join(dirname(folder), ".gitignore"), "*\n");
    for (const name of readdirSync(folder))
      if (name.endsWith(".segment") && !segments.has(name.slice(0, -".segment".length)))
        rmSync(join(folder, name), { force: true });
  } catch {
    // A folder that cannot be written is no reason to fail: the next run indexes everything again.
  }
}
