import { posix } from "node:path";
import { AuthorFailed, AuthorInterrupted, type AuthorRun } from "../../authoring/author.ts";
import type { BegunTask } from "../../authoring/implement/checkpoint.ts";
import type { Implemented, TaskAssignment } from "../../authoring/implementer.ts";
import { recipes } from "../../authoring/recipes.ts";
import { type Task, taskName } from "../../model/task-list.ts";
import { type RunOutcome, recordRun } from "../../node/run-log.ts";
import type { ContextPack } from "../../render/context-pack.ts";
import { type BuiltPack, packFor } from "../pack-for.ts";
import { watchAuthor } from "../watch-author.ts";
import type { AuthorTools, Part } from "./author-round.ts";
import type { Work } from "./work.ts";

export type Asked = { readonly tokens: { readonly input: number; readonly output: number } } & (
  | { readonly kind: "answered"; readonly answer: Implemented }
  | { readonly kind: "gave-up"; readonly why: string }
  | { readonly kind: "stopped" }
);

/** Asks an author to do a task, with what it needs to know: watched, limited and recorded. The engine itself needs none of that. */
export async function askAuthor(
  work: Work,
  task: Task,
  part: Part,
  begun: BegunTask,
  tools: AuthorTools,
): Promise<Asked> {
  const { implementer, trial } = tools;
  if (implementer.id === "offline") {
    const calm: AuthorRun = { signal: trial.signal, progress: () => undefined, used: () => undefined };
    const assignment = assignmentFor(work, task, part, begun, undefined);
    return {
      kind: "answered",
      answer: await implementer.implement(assignment, calm),
      tokens: { input: 0, output: 0 },
    };
  }
  const pack = await packOf(work, task, tools);
  return watched(work, assignmentFor(work, task, part, begun, pack?.text), pack?.described, tools);
}

async function watched(
  work: Work,
  assignment: TaskAssignment,
  pack: ContextPack | undefined,
  { command, implementer, options, io, trial, leave }: AuthorTools,
): Promise<Asked> {
  const { config } = work.opened.read.workspace;
  const began = io.now();
  leave();
  const watch = watchAuthor(
    { author: implementer.id, work: taskName(assignment.task.id), command: implementer.command },
    options,
    config,
    io,
  );
  const record = (outcome: RunOutcome, reason?: string) => {
    const entry = recordOf(work, assignment, pack, { command, implementer });
    const ended = { began, ended: io.now(), tokens: watch.used(), outcome, reason };
    recordRun(work.root, { ...entry, ...ended }, config.cache.retention_days);
  };
  try {
    const answer = await implementer.implement(assignment, watch.run);
    const outcome = trial.signal.aborted ? "interrupted" : answer.declined === true ? "declined" : "answered";
    record(outcome, answer.declined === true ? answer.said : undefined);
    return trial.signal.aborted
      ? { kind: "stopped", tokens: watch.used() }
      : { kind: "answered", answer, tokens: watch.used() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isStopped = trial.signal.aborted || error instanceof AuthorInterrupted;
    record(isStopped ? "interrupted" : "failed", why);
    if (isStopped) return { kind: "stopped", tokens: watch.used() };
    if (error instanceof AuthorFailed) return { kind: "gave-up", why, tokens: watch.used() };
    throw error;
  } finally {
    watch.end();
  }
}

function recordOf(
  { service, feature, list }: Work,
  { task }: TaskAssignment,
  pack: ContextPack | undefined,
  { command, implementer }: Pick<AuthorTools, "command" | "implementer">,
) {
  return {
    command,
    author: implementer.id,
    service: service.name,
    feature: feature.slug,
    file: list.file,
    task: task.id,
    pack: (pack?.parts ?? []).map(({ file, line, endLine }) => `${file}:${line}-${endLine}`),
  };
}

/** The same as `speckit context implement` prints, about this task. */
async function packOf(work: Work, task: Task, { options, io }: AuthorTools): Promise<BuiltPack | undefined> {
  const recipe = recipes.find(({ command }) => command === "implement");
  const service = work.opened.read.workspace.services.find(({ name }) => name === work.service.name);
  return (
    recipe &&
    packFor(work.opened, { recipe, service, about: undefined, task, budget: recipe.budget }, options, io)
  );
}

function assignmentFor(
  { opened, service, feature }: Work,
  task: Task,
  part: Part,
  { failure }: BegunTask,
  pack = "",
): TaskAssignment {
  const { workspace, textOf } = opened.read;
  return {
    workspace,
    service,
    feature,
    task,
    pack,
    failure: failure ?? undefined,
    part,
    textOf: (file) => textOf(posix.normalize(file)),
  };
}
