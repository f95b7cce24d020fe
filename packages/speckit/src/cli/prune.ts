import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { blobId } from "../node/git.ts";
import { memoryFile, writeMemory } from "../node/memory-file.ts";
import type { OpenSession } from "../node/sessions/open-session.ts";
import { type PruneOutcome, renderPruneText } from "../render/prune-text.ts";
import { details, renderSessionSummary } from "../render/session-summary-markdown.ts";
import { type CountTokens, claudeTokens, loadTokenCounter } from "../tokens/count.ts";
import { agentNames } from "../tokens/formats/index.ts";
import { isClaude } from "../tokens/model-limits.ts";
import { Pruning } from "../tokens/pruning.ts";
import { redact } from "../tokens/redact.ts";
import { DigestCollector } from "../tokens/session-digest.ts";
import type { SessionSummary } from "../tokens/session-summary.ts";
import { TokenMeter } from "../tokens/token-meter.ts";
import { agentSession, hintDamage } from "./agent-session.ts";
import { type Command, type Io, type Options, UsageError } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";
import { optionText, tokensOption } from "./options.ts";
import { hint } from "./report-command.ts";
import { pathInside, sessionConcerns } from "./session-concerns.ts";

/** What a summary of a session has at most when nobody says otherwise. */
const TARGET = 1500;

export const prune: Command = {
  name: "prune",
  summary: "A long session of an agent as a short summary to go on from: .speckit/memory/",
  options: [
    ["--session <file>", "the agent's session file, instead of the newest of this folder"],
    ["--target <tokens>", `the summary's size at most (default: ${TARGET})`],
    ["--dry-run", "say what would be saved; write nothing"],
  ],
  examples: [
    "speckit prune",
    "speckit prune --dry-run",
    "speckit prune --session ~/.codex/sessions/2026/11/23/rollout-1.jsonl --target 800",
  ],

  async run(_args, options, io) {
    const target = tokensOption(options, "target") ?? TARGET;
    const { read } = openWorkspace({ ...options, all: true }, io);
    const session = agentSession(read.root, options, io);
    if (!session)
      throw new UsageError(
        "No agent has a session in this folder. Pass the file of one with --session, of Claude Code, Codex, Gemini CLI or opencode.",
      );
    const count = await loadTokenCounter();
    const { summary, pruning, ...told } = summarise(session, read, count, io);
    hintDamage(session, io, options);
    const { text, secrets } = fitted(summary, target, (one) => told.inModel(count(one)));
    const file = memoryFile(read.root, summary.date, summary.session);
    const outcome: PruneOutcome = {
      source: session.path,
      file,
      written: options.dryRun !== true,
      secrets: secrets + summary.digest.secrets,
      tokens: { session: told.inModel(pruning.total), summary: told.inModel(count(text)) },
      savings: pruning.savings().map((saving) => ({ ...saving, tokens: told.inModel(saving.tokens) })),
      estimated: told.estimated,
    };
    if (outcome.written) writeMemory(read.root, file, text, summary.session);
    if (outcome.tokens.summary > target)
      hint(
        io,
        options,
        `The shortest summary has ${outcome.tokens.summary} tokens, more than --target ${target}.`,
      );
    read.save();
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "prune", ...outcome }, null, 2)}\n`
        : renderPruneText(outcome, commandToWrite(options), io),
    );
    return 0;
  },
};

/** The same without `--dry-run`. */
function commandToWrite(options: Options): string {
  const given = (["session", "target"] as const).flatMap((name) => {
    const value = optionText(options, name);
    if (value === undefined) return [];
    return [`--${name}`, /^[\w./@:-]+$/.test(value) ? value : `"${value}"`];
  });
  return ["speckit prune", ...given].join(" ");
}

/** Goes through the session once. */
function summarise(
  session: OpenSession,
  read: ReturnType<typeof openWorkspace>["read"],
  count: CountTokens,
  io: Io,
) {
  const meter = new TokenMeter(count);
  const collector = new DigestCollector();
  let [cwd, id, model]: (string | undefined)[] = [];
  const isOnDisk = (path: string) => {
    const file = pathInside(read.root, path, cwd);
    return existsSync(file === undefined ? resolve(cwd ?? read.root, path) : join(read.root, file));
  };
  const pruning = new Pruning(meter, (text) => blobId(Buffer.from(text)), isOnDisk);
  for (const event of session.events()) {
    if (event.kind === "opened") {
      cwd = event.cwd ?? cwd;
      id = event.id ?? id;
    } else if (event.kind === "call" && event.context !== undefined) model = event.model ?? model;
    pruning.add(event);
    collector.add(event);
  }
  const digest = collector.digest();
  const claude = isClaude(model);
  const summary: SessionSummary = {
    date: new Date(io.now()).toISOString().slice(0, 10),
    agent: agentNames[session.agent],
    session: id ?? basename(session.path),
    digest,
    ...sessionConcerns(digest, read, cwd),
  };
  const inModel = (tokens: number) => (claude ? claudeTokens(tokens) : tokens);
  return { summary, pruning, inModel, estimated: claude || meter.estimated };
}

/** The summary in as much detail as the target allows. What the workspace adds is redacted too. */
function fitted(
  summary: SessionSummary,
  target: number,
  count: CountTokens,
): { text: string; secrets: number } {
  let found = { text: "", secrets: 0 };
  for (const detail of details) {
    const { text, count: secrets } = redact(renderSessionSummary(summary, detail));
    found = { text, secrets };
    if (count(text) <= target) break;
  }
  return found;
}
