import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";

/**
 * Whether a path, seen from `from`, leads to something inside of the folder `root`, links followed. What is not there yet counts as what its
 * nearest folder is.
 */
export function isInside(root: string, from: string, path: string): boolean {
  if (path.includes("\0")) return false;
  const real = realPath(resolve(from, path));
  const home = realPath(root);
  return real === home || real.startsWith(home.endsWith(sep) ? home : home + sep);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
  }
}
