import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, resolve } from "node:path";
import { type Agent, findAgent, isOfUser } from "../authoring/setup/agents.ts";
import type { SetupManifest } from "../authoring/setup/manifest.ts";
import { commandFolder, planSetup, type SetupPlan } from "../authoring/setup/plan-setup.ts";
import { draftSpecs } from "../authoring/setup/spec-drafts.ts";
import { buildCatalog } from "../catalog/catalog.ts";
import { packageVersion } from "../node/package-version.ts";
import { applySetup, type SetupStep } from "../node/setup/apply-setup.ts";
import { readPrompts, readTemplates, type TemplateSet } from "../node/setup/shipped-templates.ts";
import { makeFolder } from "../node/write-file.ts";
import { renderCatalogMarkdown } from "../render/catalog-markdown.ts";
import type { InitOutcome } from "../render/init-text.ts";
import { CATALOG_FILE, sealed, stateOfCatalog, writeCatalog } from "./catalog-file.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { constitutionFor, type SetupFacts } from "./setup-facts.ts";

/** What a person or the command line chose. */
export interface SetupChoices {
  readonly agents: readonly string[];
  readonly template: TemplateSet;
  readonly drafts: boolean;
  readonly prefix: string;
  readonly mcp: boolean;
}

/**
 * Writes what was chosen, or with `--dry-run` says what would be written.
 * @throws UsageError before anything is written, when an agent has no folder
 */
export function setUp(
  facts: SetupFacts,
  choices: SetupChoices,
  before: SetupManifest | undefined,
  options: Options,
  io: Io,
): InitOutcome {
  const { root } = facts;
  const chosen = choices.agents.flatMap((key) => findAgent(key) ?? []);
  const commandsDir = optionText(options, "commandsDir")?.replace(/^\.\/|\/+$/g, "") ?? before?.commandsDir;
  const hasGeneric = chosen.some(({ dir }) => dir === undefined);
  if (options.commandsDir !== undefined && !hasGeneric)
    throw new UsageError("--commands-dir is for the agent generic alone: add --ai generic.");
  if (hasGeneric && !commandsDir)
    throw new UsageError(
      "The agent generic needs --commands-dir: the folder in which your agent looks for commands.",
    );
  const { plan, rejected } = planFor(facts, choices, chosen, commandsDir, io);
  const dryRun = options.dryRun === true;
  if (!dryRun) makeFolder(root);
  const apply = (base: string, own: readonly Agent[]) =>
    applySetup(
      {
        base,
        files: base === root ? plan.workspace : plan.user,
        registrations: base === root ? plan.registrations : [],
        commandFolders: own.flatMap((agent) => commandFolder(agent, commandsDir) ?? []),
        manifest: {
          version: packageVersion(),
          template: choices.template,
          agents: own.map(({ key }) => key),
          prefix: choices.prefix,
          commandsDir,
        },
        force: options.force === true,
        keepsForeign: facts.githubSpecKit.length > 0,
      },
      dryRun,
    );
  const writesHome = options.user === true && plan.user.length > 0;
  const home = io.env.HOME ?? io.env.USERPROFILE ?? homedir();
  const steps = apply(
    root,
    chosen.filter((agent) => !isOfUser(agent)),
  );
  const ofUser = writesHome ? apply(home, chosen.filter(isOfUser)).map(inHome) : [];
  const catalog = choices.drafts ? writeMissingCatalog(facts, options, io) : [];
  return {
    root,
    name: basename(root),
    dryRun,
    upgrade: before !== undefined,
    template: choices.template,
    prefix: choices.prefix,
    agents: chosen.map((agent) => ({
      key: agent.key,
      name: agent.name,
      folder: agent.dir ?? commandsDir ?? "",
      written: !isOfUser(agent) || writesHome,
    })),
    agentsSeen: facts.agentsSeen.filter((key) => !choices.agents.includes(key)),
    services: facts.services.map(({ name, dir }) => ({ name, dir })),
    rejected,
    githubSpecKit: facts.githubSpecKit,
    files: [...steps, ...catalog, ...ofUser],
  };
}

function planFor(
  facts: SetupFacts,
  { template, prefix, drafts, mcp }: SetupChoices,
  chosen: readonly Agent[],
  commandsDir: string | undefined,
  io: Io,
): { plan: SetupPlan; rejected: readonly string[] } {
  const templates = readTemplates(template);
  const [, principles = ""] = [...templates].find(([name]) => name.startsWith("constitution")) ?? [];
  const constitution = constitutionFor(facts, principles, io.now());
  const plan = planSetup({
    agents: chosen,
    prompts: readPrompts(),
    prefix,
    commandsDir,
    template,
    templates,
    config: configFor(facts),
    constitution: constitution.text,
    drafts: drafts && facts.read ? draftSpecs(facts.read.workspace) : new Map(),
    mcp,
  });
  return { plan, rejected: constitution.rejected };
}

function inHome(step: SetupStep): SetupStep {
  return { ...step, path: `~/${step.path}`, ...(step.beside ? { beside: `~/${step.beside}` } : {}) };
}

/** After the drafts, so that it is not stale at once. */
function writeMissingCatalog({ root, services }: SetupFacts, options: Options, io: Io): SetupStep[] {
  if (services.length === 0 || existsSync(resolve(root, CATALOG_FILE))) return [];
  if (options.dryRun !== true) {
    const { read } = openWorkspace({ ...options, service: undefined, all: true, cwd: root }, io);
    const markdown = sealed(renderCatalogMarkdown(buildCatalog(read.workspace)));
    if (stateOfCatalog(root, markdown).kind === "missing") writeCatalog(root, markdown);
    read.save();
  }
  return [{ path: CATALOG_FILE, action: "created", owner: "person" }];
}

/** A fleet that exists has warnings, which should not fail its first build; a new one need not begin with any. */
function configFor({ services }: SetupFacts): string {
  const config = {
    cache: { enabled: true, retention_days: 30 },
    analysis: { default_mode: "incremental" },
    validation: { strict: services.length === 0, auto_validate: true },
    documentation: { auto_generate_quick_ref: true, token_target: 200 },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
