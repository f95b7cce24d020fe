import type { Service } from "../model/workspace.ts";
import { contractsOf } from "../model/workspace.ts";
import { countFiles } from "../node/token-counts.ts";
import { type BudgetView, renderBudgetText } from "../render/budget-text.ts";
import { adviceFor, type Budget, type BudgetSession, type QuickRef } from "../tokens/budget.ts";
import { documentsOfCommands } from "../tokens/command-documents.ts";
import { claudeTokens, loadTokenCounter } from "../tokens/count.ts";
import { contextLimit, isClaude } from "../tokens/model-limits.ts";
import { sessionUsage } from "../tokens/session-usage.ts";
import { agentSession, hintDamage } from "./agent-session.ts";
import { type Command, type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { optionText, tokensOption } from "./options.ts";
import { watched, watchOption } from "./watch.ts";

const measured = ["specify", "clarify", "plan", "tasks", "implement", "document"];

export const budget: Command = {
  name: "budget",
  summary: "Tokens of the documents, and of the agent's real session",
  arguments: "[command]",
  options: [
    ["--session <file>", "the agent's session file, instead of the newest of this folder"],
    ["--model <name>", "count for this model, instead of the session's"],
    ["--limit <tokens>", "the model's context window, where it is not known"],
    ["--documents", "list every document, the largest first"],
    ["--service <name>", "what commands cost for this service"],
    watchOption,
  ],
  examples: [
    "speckit budget",
    "speckit budget plan --service order-service",
    "speckit budget --documents --model claude-opus-4-5",
    "speckit budget --session ~/.codex/sessions/2026/11/23/rollout-1.jsonl --json",
  ],

  async run([command], options, io) {
    if (command !== undefined && !measured.includes(command))
      throw new UsageError(
        `'${command}' loads no documents. Pass one of ${measured.join(", ")}, or no command at all.`,
      );
    return watched(
      options,
      io,
      (watchedIo, rest) => runOnce(command, rest, watchedIo),
      sessionFile(options, io),
    );
  },
};

/** A session changes with each answer of the agent, outside of the workspace. */
function sessionFile(options: Options, io: Io): string[] {
  if (options.watch !== true) return [];
  const { path } = agentSession(openWorkspace(options, io).read.root, options, io) ?? {};
  return path === undefined ? [] : [path];
}

async function runOnce(command: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const limit = tokensOption(options, "limit");
  const open = openWorkspace(options, io);
  const session = await readSession(open, limit, options, io);
  const found = await measure(open, session, options, io);
  open.read.save();
  const view: BudgetView =
    command !== undefined
      ? { kind: "command", command }
      : { kind: options.documents === true ? "documents" : "digest" };
  io.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, command: "budget", ...found }, null, 2)}\n`
      : renderBudgetText(found, view, io),
  );
  return 0;
}

/** What the agent's session used, null where there is none. */
export async function readSession(
  { read: { root } }: Pick<OpenWorkspace, "read">,
  limit: number | undefined,
  options: Options,
  io: Io,
): Promise<BudgetSession | null> {
  const session = agentSession(root, options, io);
  if (!session) return null;
  let found = sessionUsage(session.events(), session.subagents(), undefined);
  if (found === "needs-counter")
    found = sessionUsage(session.events(), session.subagents(), await loadTokenCounter());
  if (found === "needs-counter") return null;
  hintDamage(session, io, options);
  const asked = optionText(options, "model");
  return {
    agent: session.agent,
    source: session.path,
    model: asked ?? found.model ?? null,
    ...found.usage,
    calls: found.calls,
    estimatedOutputs: found.estimated,
    contextNow: found.context ?? null,
    limit: limit ?? (asked === undefined ? found.limit : contextLimit(asked, found.context)) ?? null,
  };
}

async function measure(
  { read, scope }: OpenWorkspace,
  session: BudgetSession | null,
  options: Options,
  io: Io,
): Promise<Budget> {
  const { workspace, root } = read;
  const { config, services } = workspace;
  const counts = await countFiles(root, documentsOf(read), {
    cache: options.cache !== false && config.cache.enabled,
    retentionDays: config.cache.retention_days,
    now: io.now(),
  });
  const claude = isClaude(optionText(options, "model") ?? session?.model ?? undefined);
  const inModel = (tokens: number) => (claude ? claudeTokens(tokens) : tokens);
  const documents = [...counts].map(([file, tokens]) => ({ file, tokens: inModel(tokens) }));
  const tokensOf = new Map(documents.map(({ file, tokens }) => [file, tokens]));
  const sum = (files: Iterable<string>) =>
    [...files].reduce((total, file) => total + (tokensOf.get(file) ?? 0), 0);
  const measuredServices =
    scope.kind === "all" ? services : scope.service === undefined ? [] : [scope.service];
  const found = {
    tokenizer: claude ? ("claude-estimate" as const) : ("o200k_base" as const),
    documents,
    total: sum(tokensOf.keys()),
    commands: measuredServices
      .flatMap((service) => documentsOfCommands(service, workspace))
      .map((cost) => ({ ...cost, tokens: sum(cost.files) })),
    session,
  };
  const target = inModel(config.documentation.token_target);
  return { ...found, advice: adviceFor(found, target, quickRefsOf(services, tokensOf)) };
}

/** What people and agents read: texts, and contracts. */
function documentsOf({ workspace }: OpenWorkspace["read"]): string[] {
  const contracts = [...workspace.services.flatMap(contractsOf), ...workspace.sharedContracts];
  const files = new Set(contracts.map(({ file }) => file));
  return (workspace.files ?? []).filter((file) => files.has(file) || /\.(?:md|mdx|markdown)$/i.test(file));
}

function quickRefsOf(services: readonly Service[], tokensOf: ReadonlyMap<string, number>): QuickRef[] {
  return services.flatMap(({ name: service, features }) =>
    features
      .filter(({ spec }) => spec !== undefined)
      .map(({ summaries }) => ({
        service,
        tokens: tokensOf.get(summaries.find((file) => file.endsWith("quick-ref.md")) ?? ""),
      })),
  );
}
