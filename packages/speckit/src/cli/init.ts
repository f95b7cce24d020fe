import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Agent, agents, findAgent } from "../authoring/setup/agents.ts";
import { DEFAULT_PREFIX } from "../authoring/setup/command-file.ts";
import type { SetupManifest } from "../authoring/setup/manifest.ts";
import { findRoot } from "../node/find-root.ts";
import { readManifest } from "../node/setup/apply-setup.ts";
import { type TemplateSet, templateSets } from "../node/setup/shipped-templates.ts";
import { renderAgents, renderInitText } from "../render/init-text.ts";
import { closestName } from "./closest-name.ts";
import { type Command, type Io, type Options, UsageError } from "./command.ts";
import { choice, optionText } from "./options.ts";
import { type SetupChoices, setUp } from "./set-up.ts";
import { lookAround, type SetupFacts } from "./setup-facts.ts";

export const init: Command = {
  name: "init",
  summary: "Set a repository up, or upgrade it: constitution, configuration, templates, commands of agents",
  arguments: "[dir]",
  options: [
    ["--ai <agents>", "the agents to write commands for: claude,copilot (see --list-agents)"],
    ["--list-agents", "list the agents, with where their commands go"],
    [
      "--template <set>",
      "microservices, or single for a repository that is one service (default: microservices)",
    ],
    ["--prefix <word>", `what stands before the commands' names (default: ${DEFAULT_PREFIX})`],
    ["--commands-dir <dir>", "where the agent generic reads commands"],
    ["--mcp", "register the MCP server with the agents that read that from the workspace"],
    ["--user", "write commands of agents that keep them in your own folder, outside of the workspace"],
    ["--no-drafts", "draft neither specs nor a catalog of the services that are there"],
    ["--force", "replace commands and templates that were edited; what was there is kept beside, as .old"],
    ["--dry-run", "say what would be written; write nothing"],
  ],
  examples: [
    "speckit init . --ai claude",
    "speckit init . --ai claude,copilot,gemini --mcp",
    "speckit init --dry-run",
    "speckit init . --ai generic --commands-dir .agent/commands",
    "speckit init --list-agents",
  ],

  async run([dir], options, io) {
    if (options.listAgents === true) {
      io.write(options.json === true ? agentsJson() : renderAgents(agents, io));
      return 0;
    }
    const root = rootOf(dir, options, io);
    const before = existsSync(root) ? readManifest(root) : undefined;
    const facts = lookAround(root, options.cache !== false, io.now());
    const given = choicesOf(options, before);
    const choices = mayAsk(options, io) ? await ask(given, facts) : given;
    if (choices === undefined) {
      io.writeError("Nothing was written.\n");
      return 2;
    }
    const outcome = setUp(facts, choices, before, options, io);
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "init", ...outcome }, null, 2)}\n`
        : renderInitText(outcome, io),
    );
    return 0;
  },
};

/** The folder that is named, whatever is above it; otherwise the workspace one stands in. */
function rootOf(dir: string | undefined, options: Options, io: Io): string {
  const from = optionText(options, "cwd");
  if (dir === undefined) return findRoot(io.cwd, from).root;
  const root = resolve(io.cwd, from ?? ".", dir);
  let nearest = root;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory())
    throw new UsageError(
      `${nearest === root ? dir : nearest} is a file. Pass the folder that is to be set up.`,
    );
  return root;
}

/** What the command line says, and where it says nothing what was chosen before. */
function choicesOf(options: Options, before: SetupManifest | undefined): SetupChoices {
  const named = (optionText(options, "ai") ?? "").split(",").map((name) => name.trim());
  const keys = named.filter((name) => name !== "").map((name) => agentNamed(name).key);
  const known = (before?.agents ?? []).filter((key) => findAgent(key) !== undefined);
  const template = templateSets.find((set) => set === before?.template) ?? "microservices";
  const prefix = optionText(options, "prefix") ?? before?.prefix ?? DEFAULT_PREFIX;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(prefix) || prefix.length > 30)
    throw new UsageError(`--prefix must be a word of small letters, digits and hyphens; it is '${prefix}'.`);
  return {
    agents: [...new Set([...known, ...keys])],
    template: choice<TemplateSet>(options, "template", templateSets) ?? template,
    drafts: options.drafts !== false,
    prefix,
    mcp: options.mcp === true,
  };
}

function agentNamed(name: string): Agent {
  const agent = findAgent(name);
  if (agent) return agent;
  const nearest = closestName(
    name,
    agents.map(({ key }) => key),
  );
  const hint = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  throw new UsageError(
    `There is no agent '${name}'.${hint} \`speckit init --list-agents\` lists them; generic stands for any other.`,
  );
}

/** Questions are for a person who sits there and said nothing yet. */
function mayAsk(options: Options, io: Io): boolean {
  const isSilent = options.json === true || options.quiet === true || options.ai !== undefined;
  return io.isTerminal && io.input() === undefined && !isSilent;
}

async function ask(given: SetupChoices, facts: SetupFacts): Promise<SetupChoices | undefined> {
  const { askSetup } = await import("./ask-setup.ts");
  return askSetup(given, {
    services: facts.services.length,
    githubSpecKit: facts.githubSpecKit.length > 0,
    agentsSeen: facts.agentsSeen,
  });
}

function agentsJson(): string {
  const rows = agents.map(({ key, name, dir, format, ext, args, mcp }) => ({
    key,
    name,
    dir: dir ?? null,
    format,
    ext,
    args: args ?? null,
    mcp: mcp?.file ?? null,
  }));
  return `${JSON.stringify({ schemaVersion: 1, command: "init", availableAgents: rows }, null, 2)}\n`;
}
