import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { agents } from "../authoring/setup/agents.ts";
import {
  draftConstitution,
  draftStatements,
  type PlatformFacts,
} from "../authoring/setup/constitution-draft.ts";
import { pathPrefixOf, stackOf } from "../authoring/setup/stack.ts";
import { checkWorkspace } from "../check-workspace.ts";
import { principleChecks } from "../checks/principles/index.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import { type ReadWorkspace, readWorkspace } from "../node/read-workspace.ts";
import { parseConstitution } from "../parse/constitution.ts";
import { ruleIds } from "./open-workspace.ts";

/** What is in a repository that is to be set up. */
export interface SetupFacts {
  readonly root: string;
  /** Undefined where there is nothing to read yet. */
  readonly read: ReadWorkspace | undefined;
  readonly services: readonly Service[];
  /** What GitHub spec-kit left: `.specify/`, commands that speak of it. */
  readonly githubSpecKit: readonly string[];
  /** Keys of agents whose folders are there. */
  readonly agentsSeen: readonly string[];
}

/** Looks at a folder, which may not exist yet. */
export function lookAround(root: string, cache: boolean, now: number): SetupFacts {
  const isThere = existsSync(root) && readdirSync(root).length > 0;
  const read = isThere ? readWorkspace(root, { cache, now, ruleIds, codeServices: true }) : undefined;
  return {
    root,
    read,
    services: read?.workspace.services ?? [],
    githubSpecKit: githubSpecKit(root),
    agentsSeen: agents.filter(({ dir }) => isSeen(root, dir)).map(({ key }) => key),
  };
}

/** Folders that many tools share tell nothing. */
function isSeen(root: string, dir: string | undefined): boolean {
  const folder = dir?.split("/")[0];
  return (
    folder !== undefined && ![".github", ".agents", "~"].includes(folder) && existsSync(join(root, folder))
  );
}

/** Its commands have the names that ours would have, and speak of its folder or of itself. */
function githubSpecKit(root: string): string[] {
  const commands = [
    ...new Set(
      agents.flatMap(({ dir }) => (dir === undefined ? [] : [dir, dir.replace(/\/skills$/, "/commands")])),
    ),
  ];
  const files = [...commands, ".github/prompts", ".github/agents"].flatMap((dir) => commandsIn(root, dir));
  return [...(existsSync(join(root, ".specify")) ? [".specify/"] : []), ...files];
}

function commandsIn(root: string, dir: string): string[] {
  try {
    const names = readdirSync(join(root, dir)).filter((name) => /^speckit[.-]/.test(name));
    const files = names.map((name) =>
      /\.\w+$/.test(name.slice(8)) ? `${dir}/${name}` : `${dir}/${name}/SKILL.md`,
    );
    return files.filter((file) => /\.specify\/|github-spec-kit/.test(readFileSync(join(root, file), "utf8")));
  } catch {
    return [];
  }
}

/** A constitution for what is there, and the statements that it leaves out because what is there does not keep them. */
export function constitutionFor(
  { root, read, services }: SetupFacts,
  template: string,
  now: number,
): { text: string | undefined; rejected: string[] } {
  if (read?.workspace.constitution) return { text: undefined, rejected: [] };
  const facts: PlatformFacts = {
    name: basename(root),
    stack: read ? stackOf(read.workspace) : {},
    pathPrefix: pathPrefixOf(services),
    today: new Date(now).toISOString().slice(0, 10),
  };
  const rejected = draftStatements(template, facts).filter((text) => read && isBroken(text, read));
  return { text: draftConstitution(template, facts, new Set(rejected)), rejected };
}

/** Whether any service is against a statement, were it a principle of the platform. */
function isBroken(statement: string, { workspace, locate }: ReadWorkspace): boolean {
  const text = `# Constitution\n\n## Principles\n- ${statement}\n`;
  const constitution = parseConstitution({ file: "constitution.md", text, bytes: text.length });
  const asked: Workspace = { ...workspace, constitution };
  return checkWorkspace(asked, principleChecks, locate).some(({ severity }) => severity !== "info");
}
