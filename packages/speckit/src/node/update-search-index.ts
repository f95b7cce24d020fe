import { statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { mayBeOurs } from "../parse/formats.ts";
import { InvertedIndex } from "../search/inverted-index.ts";
import { decodeSegment, encodeSegment } from "../search/segment.ts";
import { commitSubjects } from "./commit-subjects.ts";
import { readTree } from "./fleet-tree.ts";
import { readWorkspace } from "./read-workspace.ts";
import { type IndexedFile, type IndexState, type StoredIndex, segmentName } from "./search-index-store.ts";
import { readSearchedFile, unitsOf } from "./searched-files.ts";
import { provenStamp, type Stamp, stampsOf } from "./time-stamps.ts";

export interface UpdateOptions {
  readonly before: StoredIndex | undefined;
  readonly head: string | undefined;
  readonly now: () => number;
  readonly cache: boolean;
  /** Whether the files are those of `before`, so that the tree need not be listed. */
  readonly sameFiles: boolean;
}

/** More segments than this are made into one: each has to be asked for every term. */
const MOST_SEGMENTS = 8;
/** Small segments are joined with each other often, with a large one seldom. */
const SMALL_SHARE = 0.2;

/** The index of the files as they are now. What `before` knows of files that have not changed is taken over. */
export function updateIndex(root: string, options: UpdateOptions): { stored: StoredIndex; read: number } {
  const { before, head, now, cache, sameFiles } = options;
  const subjects = commitSubjects(root);
  const lookedAt = now();
  const tree = before && sameFiles ? undefined : readTree(root, new Set());
  const folders = tree
    ? new Map(tree.folders.map((folder) => [folder, folderStamp(root, folder, lookedAt)]))
    : (before?.state.folders ?? new Map<string, number>());
  const update = new Update(root, before, subjects);
  for (const [file, stamp] of stampsOf(root, tree?.files ?? before?.state.files.keys() ?? []))
    update.take(file, stamp, now());
  const { files, segments, read, changed } = update.finish();
  const known = before?.state.services;
  const services =
    known && !mayMoveServices(changed, before.state, files) ? known : servicesOf(root, now(), cache);
  return { stored: { state: { checkedOut: head, services, folders, files }, segments }, read };
}

function folderStamp(root: string, folder: string, seenAt: number): number {
  const stat = statSync(join(root, folder), { throwIfNoEntry: false });
  return stat ? provenStamp(stat.mtimeMs, seenAt) : -1;
}

/** Whether the services can be others now: files came or went, or a document changed that names them. */
function mayMoveServices(
  changed: readonly string[],
  before: IndexState,
  files: ReadonlyMap<string, IndexedFile>,
): boolean {
  return (
    files.size !== before.files.size ||
    changed.some((file) => !before.files.has(file) || (mayBeOurs(file) && /\.(?:md|ya?ml|json)$/.test(file)))
  );
}

function servicesOf(root: string, now: number, cache: boolean): IndexState["services"] {
  const { workspace, save } = readWorkspace(root, { cache, now, ruleIds: new Set() });
  if (cache) save();
  return workspace.services.map(({ name, dir }) => ({ name, dir }));
}

/** One pass over the files of a tree. */
class Update {
  readonly #root: string;
  readonly #before: StoredIndex | undefined;
  readonly #subjects: ReadonlyMap<string, string>;
  readonly #files = new Map<string, IndexedFile>();
  readonly #fresh = new InvertedIndex();
  readonly #changed: string[] = [];
  #read = 0;

  constructor(root: string, before: StoredIndex | undefined, subjects: ReadonlyMap<string, string>) {
    this.#root = root;
    this.#before = before;
    this.#subjects = subjects;
  }

  take(file: string, { size, mtimeMs }: Stamp, seenAt: number): void {
    const known = this.#before?.state.files.get(file);
    const subjects = this.#subjects.get(file) ?? "";
    const sum = crc32(subjects);
    const untouched = known?.size === size && known.mtimeMs === mtimeMs;
    if (untouched && known.subjects === sum) {
      this.#files.set(file, known);
      return;
    }
    this.#read++;
    const found = readSearchedFile(this.#root, file, size, mtimeMs);
    if (!found) return;
    const stamp = { size, mtimeMs: provenStamp(mtimeMs, seenAt), hash: found.hash, subjects: sum };
    if (known?.hash === found.hash && known.subjects === sum) {
      this.#files.set(file, { ...known, ...stamp });
      return;
    }
    const from = this.#fresh.units;
    this.#fresh.add({ file, units: unitsOf(this.#root, file, found), subjects });
    const to = this.#fresh.units;
    this.#files.set(file, { ...stamp, segment: to > from ? FRESH : "", from, to });
    if (known?.hash !== found.hash) this.#changed.push(file);
  }

  finish() {
    const segments = new Map<string, Uint8Array>();
    for (const { segment } of this.#files.values()) {
      const bytes = this.#before?.segments.get(segment);
      if (bytes) segments.set(segment, bytes);
    }
    this.#settle(FRESH, encodeSegment(this.#fresh), segments);
    if (segments.size > MOST_SEGMENTS) this.#join(segments);
    return { files: this.#files, segments, read: this.#read, changed: this.#changed };
  }

  /** Makes small segments into one, and all of them when they are not small any more beside the largest. */
  #join(segments: Map<string, Uint8Array>): void {
    const bySize = [...segments].sort(([, a], [, b]) => b.length - a.length);
    const [largest, ...others] = bySize;
    const small = others.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    const joined = small < (largest?.[1].length ?? 0) * SMALL_SHARE ? others : bySize;
    const index = new InvertedIndex();
    for (const [name, bytes] of joined) {
      const segment = decodeSegment(bytes);
      const own = [...this.#files].filter(([, file]) => file.segment === name);
      const live = new Uint8Array(segment.units);
      for (const [, { from, to }] of own) live.fill(1, from, to);
      const moved = index.adopt(segment, (unit) => live[unit] === 1);
      for (const [file, entry] of own) {
        const from = moved.get(entry.from) ?? 0;
        this.#files.set(file, { ...entry, segment: FRESH, from, to: from + entry.to - entry.from });
      }
      segments.delete(name);
    }
    this.#settle(FRESH, encodeSegment(index), segments);
  }

  /** Gives a new segment the name of its content. */
  #settle(provisional: string, bytes: Uint8Array, segments: Map<string, Uint8Array>): void {
    const name = segmentName(bytes);
    let used = false;
    for (const [file, entry] of this.#files) {
      if (entry.segment !== provisional) continue;
      this.#files.set(file, { ...entry, segment: name });
      used = true;
    }
    if (used) segments.set(name, bytes);
  }
}

/** Stands for the segment that has no name yet. */
const FRESH = "fresh";
