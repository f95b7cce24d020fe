import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { BadConfig } from "../parse/config.ts";
import { readTree } from "./fleet-tree.ts";
import { walk } from "./walk.ts";

/** Editors write a file in several steps, and switching branches writes many: what comes together is one change. */
const QUIET_MS = 120;
/** However long it goes on: a build that never rests is looked at all the same. */
const PATIENCE_MS = 1500;
/** Some file systems (network shares, containers) tell nothing. Looking by oneself may take one part in fifty of the time. */
const LOOK_MS = 2000;
const LOOK_SHARE = 50;

/** Size and time stamps by path. */
type Snapshot = ReadonlyMap<string, string>;

/** What changes in a workspace while someone watches. */
export interface TreeWatch {
  /** Files watched now. */
  readonly count: number;
  /** Paths that were added, changed or removed since the last call, or since the watch began; waits until there are some; none once it is closed. */
  next(): Promise<string[]>;
  close(): void;
}

/**
 * Watches the files of the workspace at `root` (what git ignores is no part of it), the current commit, and `more`: paths of single files anywhere,
 * which may come and go. Folders and files may be removed, renamed and made anew.
 */
export function watchTree(root: string, ruleIds: ReadonlySet<string>, more: readonly string[]): TreeWatch {
  const bell = createBell();
  const folders = new FolderWatchers(bell.ring);
  const look = (): { seen: Snapshot; ms: number } => {
    const began = Date.now();
    const files = [...filesOf(root, ruleIds), ".git/logs/HEAD", ...more].map((file) => resolve(root, file));
    folders.watch(foldersOf(root, files));
    return { seen: snapshot(root, files), ms: Date.now() - began };
  };
  let known = look();
  let isClosed = false;
  return {
    get count() {
      return known.seen.size;
    },
    async next() {
      for (;;) {
        if (await bell.rings(Math.max(LOOK_MS, known.ms * LOOK_SHARE))) await bell.settles();
        if (isClosed) return [];
        const before = known.seen;
        known = look();
        const changed = difference(before, known.seen);
        if (changed.length > 0) return changed;
      }
    },
    close() {
      isClosed = true;
      folders.watch(new Set());
      bell.ring();
    },
  };
}

/** Joins notices that come one after another. */
function createBell() {
  let wake = () => {};
  let hasRung = false;
  const rings = (withinMs: number) =>
    new Promise<boolean>((done) => {
      if (hasRung) return done(true);
      const timer = setTimeout(() => done(false), withinMs);
      wake = () => {
        clearTimeout(timer);
        done(true);
      };
    });
  return {
    rings,
    ring: () => {
      hasRung = true;
      wake();
    },
    async settles() {
      const until = Date.now() + PATIENCE_MS;
      do hasRung = false;
      while ((await rings(QUIET_MS)) && Date.now() < until);
      hasRung = false;
    },
  };
}

/** A configuration that is being written may be broken for a while; its file is watched all the same. */
function filesOf(root: string, ruleIds: ReadonlySet<string>): readonly string[] {
  try {
    return readTree(root, ruleIds).files;
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return walk(root).files;
  }
}

/** Every folder that holds a file, and those between it and the root: a new folder shows in the one that it is made in. */
function foldersOf(root: string, files: readonly string[]): Set<string> {
  const folders = new Set([root]);
  for (const file of files) {
    for (let dir = dirname(file); !folders.has(dir); dir = dirname(dir)) {
      folders.add(dir);
      if (!dir.startsWith(root + sep)) break;
    }
  }
  return folders;
}

/** One watcher a folder. A folder that was removed and made anew is another one, whatever its name. */
class FolderWatchers {
  readonly #watchers = new Map<string, { readonly watcher: FSWatcher; readonly ino: number }>();
  readonly #notice: () => void;

  constructor(notice: () => void) {
    this.#notice = notice;
  }

  watch(folders: ReadonlySet<string>): void {
    for (const [folder, { watcher, ino }] of this.#watchers) {
      if (folders.has(folder) && statSync(folder, { throwIfNoEntry: false })?.ino === ino) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  #add(folder: string): void {
    try {
      const { ino } = statSync(folder);
      const watcher = watch(folder, { persistent: false }, this.#notice);
      watcher.on("error", this.#notice);
      this.#watchers.set(folder, { watcher, ino });
    } catch {
      // It is gone again, or the system has no more watches to give: the folder is looked at now and then.
    }
  }
}

function snapshot(root: string, files: readonly string[]): Snapshot {
  const stamps = new Map<string, string>();
  for (const path of files) {
    const stat = statSync(path, { throwIfNoEntry: false });
    const file = path.startsWith(root + sep)
      ? path
          .slice(root.length + 1)
          .split(sep)
          .join("/")
      : path;
    if (stat) stamps.set(file, `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`);
  }
  return stamps;
}

function difference(before: Snapshot, after: Snapshot): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
}
