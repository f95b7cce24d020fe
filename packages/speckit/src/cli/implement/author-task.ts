import type { BegunTask, Checkpoint } from "../../authoring/implement/checkpoint.ts";
import type { TaskStep } from "../../authoring/implement/order.ts";
import { proofsOf } from "../../authoring/implement/proofs.ts";
import { isTestFirst } from "../../authoring/implement/task-kind.ts";
import { taskName } from "../../model/task-list.ts";
import { type AuthorTools, type Part, type Round, workOnce } from "./author-round.ts";
import { beginTask, finishTask, keepBegun } from "./begin-and-finish.ts";
import { failureText } from "./failure-text.ts";
import { openWork, type Work } from "./work.ts";

/** How work on one task ended. */
export type TaskEnd =
  | {
      readonly kind: "done";
      readonly checkpoint: Checkpoint;
      readonly file: string;
      readonly notes: readonly string[];
    }
  /** Nobody failed: a person has to do it, or to look. */
  | { readonly kind: "aside"; readonly why: string; readonly notes: readonly string[] }
  | { readonly kind: "failed"; readonly problems: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: "stopped" };

const MOST_RETRIES = 2;

/** Lets an author work on a task until it is accepted, or was tried again twice. */
export async function workOnTask(work: Work, step: TaskStep, tools: AuthorTools): Promise<TaskEnd> {
  const { implementer, io, options } = tools;
  let begun = beginTask(work, step.task, implementer.id, io);
  const notes: string[] = [];
  let last: string | undefined;
  for (let tries = 0; ; ) {
    const round = await workOnce(work, step, partOf(work, step, begun), begun, tools);
    begun = round.begun;
    notes.push(...round.notes.filter((note) => !notes.includes(note)));
    if (round.kind === "accepted") {
      const done = finish(work, step, round, tools);
      return { kind: "done", ...done, notes: [...notes, ...done.notes] };
    }
    if (round.kind === "aside") return { kind: "aside", why: round.why, notes };
    if (round.kind === "stopped") return { kind: "stopped" };
    if (round.kind === "gave-up") return { kind: "failed", problems: [round.why], notes };
    if (round.kind === "red") {
      begun = keepBegun(work, { ...begun, seenFailing: round.record, failure: null });
      continue;
    }
    const { problems } = round;
    const failure = await failureText(work, problems.join("\n\n"), options, io);
    begun = keepBegun(work, { ...begun, attempts: begun.attempts + 1, failure });
    // The same again would fail again; without a model it would be the same.
    const isSame = round.said !== undefined && round.said === last;
    last = round.said;
    if (tries++ === MOST_RETRIES || isSame || implementer.id === "offline")
      return { kind: "failed", problems, notes };
    if (options.quiet !== true)
      io.writeError(`${taskName(step.task.id)} is tried again: ${first(problems)}\n`);
  }
}

/** What is wanted of the author now. Tests that no known command runs cannot be seen to fail: then the task is done as a whole. */
function partOf(work: Work, { task }: TaskStep, { seenFailing }: BegunTask): Part {
  if (!isTestFirst(task)) return undefined;
  if (seenFailing) return "implementation";
  return proofsOf(task, "tests", work.facts).length > 0 ? "tests" : undefined;
}

function finish(
  { feature }: Work,
  { task }: TaskStep,
  { begun, proofs, findings, written }: Extract<Round, { kind: "accepted" }>,
  { command, options, io }: AuthorTools,
): ReturnType<typeof finishTask> {
  const now = openWork(command, options, io);
  const { seenFailing } = begun;
  return finishTask({ ...now, feature }, task, begun, { proofs, seenFailing, findings, written }, io);
}

function first([problem = ""]: readonly string[]): string {
  return problem.split("\n")[0] ?? "";
}
