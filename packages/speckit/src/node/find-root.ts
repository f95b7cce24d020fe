import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The folder to work in isn't there. */
export class FolderNotFound extends Error {
  constructor(dir: string) {
    super(`There is no folder ${dir}. Pass an existing folder with --cwd.`);
  }
}

const markers = [".speckit.config.json", "constitution.md", ".specify", ".git"];

/** Where a workspace begins, and where in it the user stands. */
export interface Standpoint {
  readonly root: string;
  /** Path from the root to where the user stands, with `/`; empty at the root. */
  readonly inside: string;
}

/**
 * The workspace root: the nearest folder upwards from `from` with a configuration, a constitution, `.specify/` or `.git`, else `from` itself.
 * `exact` is taken as the root as it is.
 * @throws FolderNotFound
 */
export function findRoot(from: string, exact: string | undefined): Standpoint {
  const start = resolve(from, exact ?? ".");
  if (!existsSync(start) || !statSync(start).isDirectory()) throw new FolderNotFound(exact ?? from);
  if (exact !== undefined) return { root: start, inside: "" };
  for (let dir = start; ; dir = dirname(dir)) {
    if (markers.some((marker) => existsSync(join(dir, marker)))) {
      return { root: dir, inside: relative(dir, start).split(sep).join("/") };
    }
    if (dir === dirname(dir)) return { root: start, inside: "" };
  }
}
