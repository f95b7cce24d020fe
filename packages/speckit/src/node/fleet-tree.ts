import { statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Config } from "../model/config.ts";
import type { ReadingProblem } from "../model/contract.ts";
import { compareText } from "../model/location.ts";
import { BadConfig } from "../parse/config.ts";
import { CONFIG_FILE, readConfig } from "./read-config.ts";
import { type FileTree, walk } from "./walk.ts";

/** The files of a workspace and of the other repositories of its fleet, with the configuration that names these. */
export interface FleetTree extends FileTree {
  readonly config: Config;
  readonly configProblems: readonly ReadingProblem[];
  /** Folders of the other repositories, relative to the root: `../user-service`. Files of theirs are named the same way. */
  readonly repositories: readonly string[];
}

/**
 * Lists the files of a workspace, and of the repositories that its configuration names under `roots`.
 * @throws BadConfig when the configuration cannot be understood, or names a repository that is not there
 */
export function readTree(root: string, ruleIds: ReadonlySet<string>): FleetTree {
  const own = walk(root);
  const { config, problems } = readConfig(root, own.files, ruleIds);
  const repositories = [...new Set(config.roots.map((path) => folderOf(root, path)))].sort(compareText);
  const others = repositories.map((dir) => below(dir, walk(join(root, dir))));
  const isOther = (dir: string) => repositories.includes(dir);
  return {
    config,
    configProblems: problems,
    repositories,
    files: [...new Set([...own.files, ...others.flatMap(({ files }) => files)])].sort(compareText),
    folders: [...own.folders, ...others.flatMap(({ folders }) => folders)],
    problems: [...own.problems, ...others.flatMap((other) => other.problems)],
    nested: [...own.nested.filter((dir) => !isOther(dir)), ...others.flatMap(({ nested }) => nested)],
  };
}

/** @throws BadConfig */
function folderOf(root: string, path: string): string {
  const wrong = (reason: string) =>
    new BadConfig(
      `${CONFIG_FILE}: 'roots' names "${path}", ${reason}. Clone the repository there, correct the path, or take it out.`,
    );
  if (isAbsolute(path))
    throw wrong("which is no path relative to this file, so it is found on one machine only");
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory())
    throw wrong("which is no folder here");
  const dir = relative(root, resolve(root, path)).split(sep).join("/");
  if (dir === "") throw wrong("which is this repository itself");
  if (/^[./]+$/.test(dir)) throw wrong("which holds this repository");
  return dir;
}

function below(dir: string, { files, folders, problems, nested }: FileTree): FileTree {
  return {
    files: files.map((file) => `${dir}/${file}`),
    folders: folders.map((folder) => (folder === "" ? dir : `${dir}/${folder}`)),
    problems: problems.map((problem) => ({
      ...problem,
      message: problem.message.replace(problem.at.file, `${dir}/${problem.at.file}`),
      at: { ...problem.at, file: `${dir}/${problem.at.file}` },
    })),
    nested: nested.map((other) => `${dir}/${other}`),
  };
}
