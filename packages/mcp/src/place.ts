import { statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findRoot } from "@speckit/cli/cli";

/** Where questions are asked: a folder, and whether it is the workspace's root as it is or somewhere inside. */
export interface Place {
  readonly cwd: string;
  readonly isRoot: boolean;
}

/** The root of the workspace that a place is in. */
export function rootOf({ cwd, isRoot }: Place): string {
  return findRoot(cwd, isRoot ? cwd : undefined).root;
}

/**
 * The folder given at the start; else the first of the client's folders that is there; else the folder of the process.
 * Clients name their folders as `file:` addresses.
 */
export function placeFor(cwd: string, given: string | undefined, roots: readonly string[]): Place {
  if (given !== undefined) return { cwd: resolve(cwd, given), isRoot: true };
  const folder = roots.map(folderOf).find((path) => path !== undefined);
  return { cwd: folder ?? cwd, isRoot: false };
}

function folderOf(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri);
    return statSync(path).isDirectory() ? path : undefined;
  } catch {
    return undefined;
  }
}
