import type { Checkpoint } from "../../authoring/implement/checkpoint.ts";
import type { TaskStep } from "../../authoring/implement/order.ts";
import { nextStep } from "../../authoring/implement/progress.ts";
import { proofsOf } from "../../authoring/implement/proofs.ts";
import type { Implementer } from "../../authoring/implementer.ts";
import { taskArgument, taskName } from "../../model/task-list.ts";
import type { ImplementReport } from "../../render/implement-report.ts";
import type { RunState } from "../../render/progress-bar.ts";
import { type ExitCode, type Io, type Options, UsageError } from "../command.ts";
import type { AuthorTools } from "./author-round.ts";
import { type TaskEnd, workOnTask } from "./author-task.ts";
import { whyMisplaced } from "./begin-and-finish.ts";
import { askAtTerminal, canConsent, consentOf } from "./consent.ts";
import { type ProgressLine, progressLine } from "./progress-line.ts";
import { writeQuickRef } from "./quick-ref.ts";
import { nextAfter, type Said, tell, withFile } from "./report.ts";
import type { Trial } from "./try-proofs.ts";
import { demandReady, openWork, serviceFlag, stepMeant, type Work } from "./work.ts";

/** A run in which an author works through the tasks. */
export interface AuthorJob {
  readonly command: "implement" | "resume";
  readonly implementer: Implementer;
  /** The one task to do; undefined: as many as `most`. */
  readonly task: string | undefined;
  readonly most: number;
  readonly trial: Trial;
  readonly notes: readonly string[];
}

/** What came of the tasks so far. */
interface Tally {
  readonly completed: (Checkpoint & { readonly checkpoint: string })[];
  readonly aside: ImplementReport["aside"][number][];
  readonly notes: string[];
  /** How long each task took, in this run. */
  readonly took: number[];
  /** What the authors were paid for, whatever came of it. */
  readonly spent: { input: number; output: number };
}

type Stop = Extract<TaskEnd, { kind: "failed" | "stopped" }> & { readonly step: TaskStep };

/** One task after another, until none is left that can be done, one fails, or somebody stops it. */
export async function runAuthor(job: AuthorJob, options: Options, io: Io): Promise<ExitCode> {
  const line = progressLine(options, io);
  const ask = askAtTerminal(job.trial.signal);
  const consent = consentOf(options, line.io, (message) => {
    line.leave();
    return ask(message);
  });
  const trial = { ...job.trial, consent };
  const spent = { input: 0, output: 0 };
  const spend: AuthorTools["spend"] = ({ input, output }) => {
    spent.input += input;
    spent.output += output;
  };
  const tools: AuthorTools = { ...job, trial, options, io: line.io, leave: line.leave, spend };
  const tally: Tally = { completed: [], aside: [], notes: [...job.notes], took: [], spent };
  let stop: Stop | undefined;
  try {
    stop = await workThrough(job, tools, tally, line);
    if (tally.took.length > 0) line.show(stateOf(openWork(job.command, options, io), tally, ""));
  } finally {
    line.clear();
  }
  return conclude(job, tally, stop, options, io);
}

async function workThrough(
  job: AuthorJob,
  tools: AuthorTools,
  tally: Tally,
  line: ProgressLine,
): Promise<Stop | undefined> {
  const { options, io } = tools;
  while (tally.completed.length + tally.aside.length < job.most) {
    const work = openWork(job.command, options, io);
    const step = chosen(work, job, tally, options);
    if (!step) return undefined;
    const misplaced = whyMisplaced(work, step.task);
    if (misplaced !== undefined) {
      if (job.task !== undefined) throw new UsageError(misplaced);
      tally.aside.push({ task: step.task.id, title: step.task.title, why: misplaced });
      continue;
    }
    const unasked = whyNotBegun(work, step, options, io);
    if (unasked !== undefined) {
      if (tally.took.length === 0) throw new UsageError(unasked);
      return { kind: "failed", problems: [unasked], notes: [], step };
    }
    line.show(stateOf(work, tally, taskName(step.task.id)));
    const began = io.now();
    const end = await workOnTask(work, step, tools);
    tally.took.push(io.now() - began);
    if (end.kind !== "stopped") tally.notes.push(...end.notes);
    if (end.kind === "done") tally.completed.push(withFile(end.checkpoint, end.file));
    else if (end.kind === "aside")
      tally.aside.push({ task: step.task.id, title: step.task.title, why: end.why });
    else return { ...end, step };
    if (job.task !== undefined) return undefined;
  }
  return undefined;
}

/** The task that was asked for, else the next that does not wait for one left aside. */
function chosen(work: Work, job: AuthorJob, tally: Tally, options: Options): TaskStep | undefined {
  const aside = new Set(tally.aside.map(({ task }) => task));
  if (job.task === undefined) return nextStep(work.progress, aside);
  const step = stepMeant(work, job.task);
  if (step && step.task.state !== "open")
    throw new UsageError(
      `${taskName(step.task.id)} is ${step.task.state} already. To do it again take the mark from it.`,
    );
  if (step) demandReady(work, step, options);
  return step;
}

/** No author is paid for a task that cannot be accepted in the end. */
function whyNotBegun(work: Work, { task }: TaskStep, options: Options, io: Io): string | undefined {
  if (canConsent(options, io)) return undefined;
  const [first] = proofsOf(task, "whole", work.facts).filter((one) => one.kind === "command");
  return (
    first &&
    `${work.list.file}:${task.at.line}: ${taskName(task.id)} is accepted by \`${first.text}\`, and nothing that a document says runs without consent. Add --yes, or run it at a terminal.`
  );
}

function stateOf(work: Work, { took, spent }: Tally, doing: string): RunState {
  const { tasks } = work.list;
  const open = tasks.filter(({ state }) => state === "open").length;
  const mean = took.reduce((sum, ms) => sum + ms, 0) / took.length;
  return {
    done: tasks.length - open,
    total: tasks.length,
    tokens: spent.input + spent.output,
    leftMs: took.length === 0 ? undefined : mean * open,
    doing,
  };
}

/** Says what came of it all, and what is next. */
async function conclude(
  job: AuthorJob,
  { completed, aside, notes, spent }: Tally,
  stop: Stop | undefined,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const { command, implementer } = job;
  const work = openWork(command, options, io);
  const flag = serviceFlag(work, options);
  const goOn = `speckit resume${flag} --author ${implementer.id}${options.yes === true ? " --yes" : ""}`;
  const end = (said: Pick<Said, "outcome" | "next" | "problems">, more: readonly string[] = []) => {
    const common = { author: implementer.id, completed, aside, tokens: spent };
    return tell(command, work, { ...common, ...said, notes: [...notes, ...more] }, options, io);
  };
  if (stop?.kind === "stopped") return end({ outcome: "interrupted", next: goOn });
  if (stop) {
    const { id } = stop.step.task;
    const advice = `${taskName(id)} is not done. What was tried is in the files: mend it and say speckit implement${flag} --done ${taskArgument(id)}, or let ${implementer.id} try again.`;
    return end({ outcome: "failed", problems: stop.problems, next: goOn }, [advice]);
  }
  if (!work.list.tasks.some(({ state }) => state === "open")) {
    const written = completed.length > 0 ? await writeQuickRef(work) : [];
    return end({ outcome: "complete", next: nextAfter(work, options) }, written);
  }
  const [left] = aside;
  if (left)
    return end({ outcome: "aside", next: `speckit implement${flag} --task ${taskArgument(left.task)}` });
  return end({ outcome: "done", next: goOn });
}
