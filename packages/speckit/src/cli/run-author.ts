import type { Assignment, Author, AuthorRun, TokensUsed } from "../authoring/author.ts";
import { AuthorInterrupted } from "../authoring/author.ts";
import { type DraftResult, draft } from "../authoring/draft.ts";
import { partText } from "../authoring/pack.ts";
import { recipes } from "../authoring/recipes.ts";
import type { Finding } from "../model/finding.ts";
import { countFindings, type RunOutcome, type RunRecord, recordRun } from "../node/run-log.ts";
import type { ContextPack } from "../render/context-pack.ts";
import type { Io, Options } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { packFor } from "./pack-for.ts";
import { type Watched, watchAuthor } from "./watch-author.ts";

/** A draft, and what is to be said of how it came about once it is known what became of it. */
export interface AuthorsDraft extends DraftResult {
  readonly tokens: TokensUsed;
  readonly record: (outcome: RunOutcome, reason?: string) => void;
}

export interface AuthorJob {
  readonly command: string;
  readonly opened: OpenWorkspace;
  readonly assignment: Assignment;
  readonly author: Author;
  readonly judge: (text: string) => readonly Finding[];
}

/**
 * Lets an author draft: with what it needs to know, watched, and recorded whatever comes of it.
 * @throws AuthorFailed
 */
export async function runAuthor(job: AuthorJob, options: Options, io: Io): Promise<AuthorsDraft> {
  const { command, opened, author } = job;
  // An open question is what an honest author leaves; whoever is told to mend it makes something up.
  const judge = (text: string) => job.judge(text).filter(({ rule }) => rule !== "clarification-open");
  const began = io.now();
  const pack = author.needsPack === true ? await packOf(job, options, io) : undefined;
  const assignment = { ...job.assignment, pack: pack?.parts.map(partText).join("\n") };
  const watched = author.needsPack === true ? watch(job, options, io) : unwatched;
  const record = (outcome: RunOutcome, result?: DraftResult, reason?: string) => {
    const { service, feature, file, current } = assignment;
    const entry: RunRecord = {
      command,
      author: author.id,
      service: service.name,
      feature: feature.slug,
      file,
      pack: (pack?.parts ?? []).map(({ file: from, line, endLine }) => `${from}:${line}-${endLine}`),
      began,
      ended: io.now(),
      tokens: watched.used(),
      before: current === undefined ? undefined : countFindings(judge(current)),
      rounds: result?.rounds.map(countFindings),
      outcome,
      reason: reason ?? result?.gaveUp,
    };
    recordRun(opened.read.root, entry, assignment.workspace.config.cache.retention_days);
  };
  try {
    const result = await draft(author, assignment, judge, watched.run);
    if (result.gaveUp !== undefined) watched.run.note?.(`There was no further revision: ${result.gaveUp}`);
    return {
      ...result,
      tokens: watched.used(),
      record: (outcome, reason) => record(outcome, result, reason),
    };
  } catch (error) {
    const isInterrupted = error instanceof AuthorInterrupted;
    const reason = error instanceof Error ? error.message : String(error);
    record(isInterrupted ? "interrupted" : "failed", undefined, reason);
    if (isInterrupted) error.message += ` ${assignment.file} is as it was.`;
    throw error;
  } finally {
    watched.end();
  }
}

/** What the author gets to read; a service that has nothing yet is not in the workspace. */
async function packOf(job: AuthorJob, options: Options, io: Io): Promise<ContextPack | undefined> {
  const { command, opened, assignment } = job;
  const recipe = recipes.find((one) => one.command === command);
  if (!recipe) return undefined;
  const service = opened.read.workspace.services.find(({ name }) => name === assignment.service.name);
  const request = { recipe, service, about: undefined, task: undefined, budget: recipe.budget };
  return (await packFor(opened, request, options, io)).described;
}

function watch({ author, assignment, opened }: AuthorJob, options: Options, io: Io): Watched {
  const { config } = opened.read.workspace;
  return watchAuthor(
    { author: author.id, work: assignment.file, command: author.command },
    options,
    config,
    io,
  );
}

/** The engine is done at once, so there is nothing to watch. */
const nothing: TokensUsed = { input: 0, output: 0 };
const calm: AuthorRun = {
  signal: new AbortController().signal,
  progress: () => undefined,
  used: () => undefined,
};
const unwatched: Watched = { run: calm, used: () => nothing, end: () => undefined };
