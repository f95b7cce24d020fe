import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

/** What of a machine matters to the engine. */
export interface Machine {
  /** `20.19.0`. */
  readonly node: string;
  readonly nodeIsNewEnough: boolean;
  /** Undefined when there is no git. */
  readonly git: string | undefined;
  /** `speckit` is found where agents look for commands. */
  readonly onPath: boolean;
  readonly mcpServer: boolean;
}

const LEAST_NODE = [20, 19] as const;

export function lookAtMachine(env: Readonly<Record<string, string | undefined>>): Machine {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const git = spawnSync("git", ["--version"], { encoding: "utf8" });
  return {
    node,
    nodeIsNewEnough: major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]),
    git: git.status === 0 ? /\d+(?:\.\d+)+/.exec(git.stdout)?.[0] : undefined,
    onPath: isOnPath("speckit", env.PATH ?? ""),
    mcpServer: isInstalled("@speckit/mcp"),
  };
}

/** Whether files can be made in a folder. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isOnPath(command: string, path: string): boolean {
  const names = [command, `${command}.cmd`];
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .some((folder) =>
      names.some((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true),
    );
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
