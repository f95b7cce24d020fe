import type { BegunTask, Checkpoint } from "../../authoring/implement/checkpoint.ts";
import type { TaskStep } from "../../authoring/implement/order.ts";
import { proofsOf } from "../../authoring/implement/proofs.ts";
import { isTestFirst } from "../../authoring/implement/task-kind.ts";
import { nextTask } from "../../authoring/next-task.ts";
import { taskArgument, taskName } from "../../model/task-list.ts";
import { readBegun } from "../../node/implement/checkpoints.ts";
import type {
  ImplementOutcome,
  ImplementReport,
  OrderLine,
  TaskView,
} from "../../render/implement-report.ts";
import { renderImplementText } from "../../render/implement-text.ts";
import type { ExitCode, Io, Options } from "../command.ts";
import { filesOfTask } from "./begin-and-finish.ts";
import { serviceFlag, type Work } from "./work.ts";

/** What a run has to add to what the list says. */
export interface Said extends Partial<Omit<ImplementReport, "outcome" | "task" | "next">> {
  readonly outcome: ImplementOutcome;
  readonly step?: TaskStep | undefined;
  readonly next: string;
}

const codes: Readonly<Record<ImplementOutcome, ExitCode>> = {
  order: 0,
  next: 0,
  red: 0,
  done: 0,
  complete: 0,
  aside: 0,
  refused: 1,
  failed: 1,
  changed: 1,
  interrupted: 2,
};

/** Prints what a run came to, as text or JSON, and says how it ends. */
export function tell(
  command: string,
  work: Work,
  { step, ...said }: Said,
  options: Options,
  io: Io,
): ExitCode {
  const { tasks } = work.list;
  const count = (state: string) => tasks.filter((task) => task.state === state).length;
  const report: ImplementReport = {
    service: work.service.name,
    feature: work.feature.slug,
    file: work.list.file,
    author: null,
    tasks: { total: tasks.length, done: count("done"), dropped: count("dropped"), open: count("open") },
    tokens: { input: 0, output: 0 },
    completed: [],
    task: step ? taskView(work, step) : null,
    problems: [],
    notes: [],
    aside: [],
    changed: [],
    ...said,
  };
  io.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, command, ...report }, null, 2)}\n`
      : renderImplementText(report, io),
  );
  return codes[report.outcome];
}

function taskView(work: Work, { task, waitsFor, waitsForFirst }: TaskStep): TaskView {
  const begun = begunOf(work, task.id);
  const testsFirst = isTestFirst(task);
  return {
    id: task.id,
    title: task.title,
    state: task.state,
    line: task.at.line,
    phase: task.phase === undefined ? null : (work.list.phases[task.phase]?.title ?? null),
    type: task.type ?? null,
    files: filesOfTask(work, task),
    acceptance: task.acceptance?.text ?? null,
    waitsFor: allBefore(work, { waitsFor, waitsForFirst }),
    tries: proofsOf(task, "whole", work.facts).flatMap((proof) =>
      proof.kind === "word" ? [] : [proof.text],
    ),
    testsFirst,
    seenFailing: (begun?.seenFailing ?? null) !== null,
    failure: begun?.failure ?? null,
  };
}

function begunOf({ root, feature }: Work, id: string): BegunTask | undefined {
  const begun = readBegun(root, feature.dir);
  return begun?.task === id ? begun : undefined;
}

function allBefore(
  { list }: Work,
  { waitsFor, waitsForFirst }: Pick<TaskStep, "waitsFor" | "waitsForFirst">,
): string[] {
  return [...new Set([...waitsFor, ...list.tasks.slice(0, waitsForFirst).map(({ id }) => id)])];
}

/** The order, with what each task waits for. */
export function orderLines(work: Work): OrderLine[] {
  return work.progress.steps.map((step) => ({
    id: step.task.id,
    title: step.task.title,
    state: step.task.state,
    line: step.task.at.line,
    waitsFor: allBefore(work, step),
    blockedBy: work.progress.openBefore(step),
  }));
}

/** What the person does next with a task that is shown. */
export function stepsAfterShown(
  work: Work,
  step: TaskStep,
  options: Options,
): { notes: string[]; next: string } {
  const { task } = step;
  const flag = serviceFlag(work, options);
  const red = isTestFirst(task) && (begunOf(work, task.id)?.seenFailing ?? null) === null;
  const done = `speckit implement${flag} --done ${taskArgument(task.id)}`;
  const pack = packCommand(work, task.id);
  return {
    notes: [
      `What it needs to know: ${pack}`,
      ...(red
        ? [`Its tests come first: write them, then speckit implement${flag} --red ${taskArgument(task.id)}`]
        : []),
      `When it is done: ${done}. When it cannot be done: --fail ${taskArgument(task.id)} "why".`,
    ],
    next: red ? `speckit implement${flag} --red ${taskArgument(task.id)}` : done,
  };
}

/** The command that prints what a task needs: it takes the next one by itself, unless another is meant. */
function packCommand({ opened, service, feature }: Work, id: string): string {
  const { services, files } = opened.read.workspace;
  const own = services.find(({ name }) => name === service.name);
  const next = own && nextTask(own, new Set(files));
  const isNext = next?.task.id === id && next.feature.dir === feature.dir;
  return `speckit context implement --service=${service.name}${isNext ? "" : ` --about "${taskName(id)}"`}`;
}

export function withFile(checkpoint: Checkpoint, file: string): Checkpoint & { checkpoint: string } {
  return { ...checkpoint, checkpoint: file };
}

/** After something was accepted: the next task, or the end. */
export function nextAfter(work: Work, options: Options): string {
  if (work.progress.steps.some(({ task }) => task.state === "open"))
    return `speckit implement${serviceFlag(work, options)}`;
  const isWritten = work.opened.read.workspace.config.documentation.auto_generate_quick_ref;
  return `speckit ${isWritten ? "validate-contracts" : "document"} --service=${work.service.name}`;
}
