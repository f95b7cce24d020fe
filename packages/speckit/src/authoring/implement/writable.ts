import type { Task } from "../../model/task-list.ts";
import { contractsOf, type Workspace } from "../../model/workspace.ts";

/** Which files whoever works on a task may write. */
export interface WriteRules {
  /** Of the service that is worked on. */
  readonly dir: string;
  readonly otherDirs: readonly string[];
  readonly contracts: ReadonlySet<string>;
  /** Files that the task names, relative to the workspace root. */
  readonly named: ReadonlySet<string>;
}

/** Folders in which a file is a command that an editor, an agent, Git or a build server runs by itself. */
const runsElsewhere =
  /^\.(?:github|gitlab|circleci|husky|githooks|vscode|devcontainer|claude|cursor|codex|gemini)$/i;

export function writeRules(workspace: Workspace, dir: string, task: Task): WriteRules {
  const { services, sharedContracts } = workspace;
  return {
    dir,
    otherDirs: services.map((service) => service.dir).filter((other) => other !== dir && other !== "."),
    contracts: new Set([...services.flatMap(contractsOf), ...sharedContracts].map(({ file }) => file)),
    named: new Set(task.files.map((file) => joined(dir, file))),
  };
}

/** Why a file, relative to the workspace root, may not be written; undefined when it may. */
export function whyNotWritable(
  file: string,
  { dir, otherDirs, contracts, named }: WriteRules,
): string | undefined {
  const parts = file.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.includes("..") || file.startsWith("/") || /^[a-z]:|\\/i.test(file))
    return "it is outside of the workspace";
  if (parts.some((part) => /^\.(?:git|hg|svn)$/i.test(part))) return "it belongs to version control";
  if (parts.some((part) => /^(?:\.speckit|node_modules)$/i.test(part))) return "no person writes there";
  if (/^constitution[^/]*\.md$/i.test(name) || /^\.speckit[.-]/i.test(name))
    return "what holds for the whole platform is not for a task to change";
  if (/(?:^|\/)specs\/[^/]+\/(?:spec|plan|tasks)\.md$/i.test(file))
    return "a specification is changed by those who ask for the work";
  if (parts.some((part) => runsElsewhere.test(part)) && !named.has(file))
    return "it decides what others run, and the task does not name it";
  const isOwn = dir !== "." && isBelow(file, dir);
  if (!isOwn) {
    const other = otherDirs.find((one) => isBelow(file, one));
    if (other !== undefined && !(dir === "." && named.has(file))) return `it belongs to ${other}`;
    const isHidden = parts[0]?.startsWith(".") === true;
    if (isHidden && dir !== "." && !named.has(file)) return "the task does not name it";
  }
  if ((contracts.has(file) || /(?:^|\/)contracts\//.test(file)) && !named.has(file))
    return "it is a contract, and the task does not name it";
  return undefined;
}

/** A path as a task writes it, relative to the workspace root; `..` is left for the judgement above when it leads out. */
export function joined(dir: string, file: string): string {
  const parts: string[] = [];
  const isWhole = dir === "." || file.startsWith(`${dir}/`);
  for (const part of (isWhole ? file : `${dir}/${file}`).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

function isBelow(file: string, dir: string): boolean {
  return file === dir || file.startsWith(`${dir}/`);
}
