import { type Agent, isOfUser } from "./agents.ts";
import { commandPath, type Prompt, renderCommand } from "./command-file.ts";
import type { McpPlace } from "./mcp-registration.ts";
import type { PlannedFile } from "./reconcile.ts";

/** What somebody wants to be set up. */
export interface SetupRequest {
  readonly agents: readonly Agent[];
  readonly prompts: readonly Prompt[];
  readonly prefix: string;
  /** Where the agent `generic` reads commands. */
  readonly commandsDir: string | undefined;
  readonly template: string;
  /** The templates of documents, by their name. */
  readonly templates: ReadonlyMap<string, string>;
  readonly config: string;
  /** Undefined where the platform has one, wherever it stands. */
  readonly constitution: string | undefined;
  /** Specifications of services that have none, by their path. */
  readonly drafts: ReadonlyMap<string, string>;
  /** Whether the MCP server is registered with agents that read that from the workspace. */
  readonly mcp: boolean;
}

/** What is to be there, in the workspace and in the user's own folder. */
export interface SetupPlan {
  readonly workspace: readonly PlannedFile[];
  readonly user: readonly PlannedFile[];
  readonly registrations: readonly McpPlace[];
}

// What else the engine keeps there is of one machine, or of one session.
const IGNORE = "*\n!.gitignore\n!manifest.json\n";

/** The files of a set-up, sorted as they are to be written. Agents that share a folder and a format share its files. */
export function planSetup(request: SetupRequest): SetupPlan {
  const { template, templates, constitution, config, drafts, agents, mcp } = request;
  const person = (path: string, content: string): PlannedFile => ({ path, content, owner: "person" });
  const ours = (path: string, content: string): PlannedFile => ({ path, content, owner: "speckit" });
  const isUsers = (agent: Agent) => isOfUser(agent);
  return {
    workspace: distinct([
      ...(constitution === undefined ? [] : [person("constitution.md", constitution)]),
      person(".speckit.config.json", config),
      ours(".speckit/.gitignore", IGNORE),
      ...[...templates].map(([name, text]) => ours(`templates/${template}/${name}`, text)),
      ...agents.filter((agent) => !isUsers(agent)).flatMap((agent) => commandFiles(agent, request)),
      ...[...drafts].map(([path, text]) => person(path, text)),
    ]),
    user: distinct(agents.filter(isUsers).flatMap((agent) => commandFiles(agent, request))),
    registrations: mcp
      ? [
          ...new Map(
            agents.flatMap((agent) => (agent.mcp ? [[agent.mcp.file, agent.mcp] as const] : [])),
          ).values(),
        ]
      : [],
  };
}

/** The folder of an agent's commands, relative to the workspace or to the user's own folder. */
export function commandFolder(agent: Agent, commandsDir: string | undefined): string | undefined {
  return agent.dir?.replace(/^~\//, "") ?? commandsDir;
}

function commandFiles(agent: Agent, { prompts, prefix, commandsDir }: SetupRequest): PlannedFile[] {
  const folder = commandFolder(agent, commandsDir);
  if (folder === undefined) return [];
  return prompts.map((prompt) => ({
    path: `${folder}/${commandPath(agent, prompt.command, prefix)}`,
    content: renderCommand(agent, prompt, prefix),
    owner: "speckit",
  }));
}

function distinct(files: readonly PlannedFile[]): PlannedFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
