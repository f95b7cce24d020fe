import type { BegunTask, ProofRecord, RedRecord } from "../../authoring/implement/checkpoint.ts";
import type { TaskStep } from "../../authoring/implement/order.ts";
import { nextStep } from "../../authoring/implement/progress.ts";
import { proofsOf } from "../../authoring/implement/proofs.ts";
import { isTestFirst } from "../../authoring/implement/task-kind.ts";
import type { Finding } from "../../model/finding.ts";
import { type Task, taskArgument, taskName } from "../../model/task-list.ts";
import { type ExitCode, type Io, type Options, UsageError } from "../command.ts";
import {
  beginTask,
  finishTask,
  keepBegun,
  missingFiles,
  redRecord,
  thereIsNo,
  whyMisplaced,
} from "./begin-and-finish.ts";
import { canConsent } from "./consent.ts";
import { newErrors, projectFindings } from "./project-findings.ts";
import { writeQuickRef } from "./quick-ref.ts";
import { nextAfter, stepsAfterShown, tell, withFile } from "./report.ts";
import { PASSES_ALREADY, type Trial, tryProofs } from "./try-proofs.ts";
import { demandReady, openWork, serviceFlag, stepMeant, triedWith, type Work } from "./work.ts";

/** A run in which a person works, and the engine holds what they say against the files. */
export interface PersonRun {
  readonly command: "implement" | "resume";
  readonly work: Work;
  readonly trial: Trial;
  readonly options: Options;
  readonly io: Io;
  /** Said before anything else. */
  readonly notes: readonly string[];
}

/** Shows the task that is to be done, and remembers how things stood before it. */
export function showTask(run: PersonRun, id: string | undefined): ExitCode {
  const { command, work, options, io, notes } = run;
  const step = stepMeant(work, id);
  if (!step) return nothingLeft(run);
  if (step.task.state !== "open") throw alreadyDone(step);
  demandReady(work, step, options);
  demandPlaces(work, step);
  beginTask(work, step.task, "person", io);
  const shown = stepsAfterShown(work, step, options);
  return tell(
    command,
    work,
    { outcome: "next", step, notes: [...notes, ...shown.notes], next: shown.next },
    options,
    io,
  );
}

function nothingLeft({ command, work, options, io, notes }: PersonRun): ExitCode {
  return tell(command, work, { outcome: "complete", notes, next: nextAfter(work, options) }, options, io);
}

/** @throws UsageError when a path of the task leads out of the workspace */
function demandPlaces(work: Work, { task }: TaskStep): void {
  const why = whyMisplaced(work, task);
  if (why !== undefined) throw new UsageError(why);
}

function alreadyDone({ task }: TaskStep): UsageError {
  return new UsageError(
    `${taskName(task.id)} is ${task.state === "done" ? "done already: its box is ticked" : "dropped"}. To do it again take the mark from it.`,
  );
}

/** The task that is meant, when it can be worked on. */
export function stepFor({ work, options }: PersonRun, id: string | undefined): TaskStep {
  const step = stepMeant(work, id) ?? nextStep(work.progress);
  if (!step) throw new UsageError("Every task is done already.");
  if (step.task.state !== "open") throw alreadyDone(step);
  demandReady(work, step, options);
  return step;
}

/** The tests of a test-first task are there: they must fail now. */
export async function seeFailing(run: PersonRun, id: string | undefined): Promise<ExitCode> {
  const { work, options, io, trial, command } = run;
  const step = stepFor(run, id);
  demandPlaces(work, step);
  const { task } = step;
  const begun = beginTask(work, task, "person", io);
  const isSaid = options.confirm === true;
  const proofs = isSaid ? [] : proofsOf(task, "tests", work.facts);
  const { records, failures, untried, lacks, isStopped } = await tryProofs(proofs, trial);
  if (isStopped) return interrupted(run);
  if (begun.seenFailing && failures.length > 0 && failures.every((text) => text.includes(PASSES_ALREADY))) {
    const notes = [`The tests of ${taskName(task.id)} were seen to fail before, and pass now.`];
    return tell(command, work, { outcome: "red", step, notes, next: doneNext(run, task) }, options, io);
  }
  const problems = [
    ...failures,
    ...(lacks === undefined ? [] : [lacks]),
    ...untried.map(({ text, why }) => `\`${text}\` was not seen to fail: ${why}.`),
    ...(proofs.length === 0 && !isSaid
      ? [
          `No command is known that runs the tests of ${taskName(task.id)}. See them fail yourself, then add --confirm.`,
        ]
      : []),
  ];
  if (problems.length > 0) {
    keepBegun(work, { ...begun, failure: problems.join("\n\n") });
    const agrees = options.yes === true || (untried.length > 0 && !canConsent(options, io));
    const next = `speckit implement${serviceFlag(work, options)} --red ${taskArgument(task.id)}${triedWith(options, agrees)}`;
    return tell(command, work, { outcome: "refused", step, problems, next }, options, io);
  }
  const by = records.length > 0 ? "command" : "person";
  const commands = records.map(({ text }) => text);
  const seenFailing = redRecord(work, task, by, commands, io);
  keepBegun(work, { ...begun, seenFailing, failure: null });
  const notes = [
    records.length > 0
      ? `The tests of ${taskName(task.id)} fail, as they must. Now make them pass.`
      : `You saw the tests of ${taskName(task.id)} fail. Now make them pass.`,
  ];
  return tell(command, work, { outcome: "red", step, notes, next: doneNext(run, task) }, options, io);
}

function doneNext({ work, options }: PersonRun, { id }: Task): string {
  return `speckit implement${serviceFlag(work, options)} --done ${taskArgument(id)}${triedWith(options)}`;
}

/** Somebody says that a task is done: its files, its acceptance and the project's checks say whether it is. */
export async function acceptTask(run: PersonRun, id: string | undefined): Promise<ExitCode> {
  const { work, options, io, command } = run;
  const step = stepFor(run, id);
  demandPlaces(work, step);
  const { task } = step;
  const begun = beginTask(work, task, "person", io);
  const shown = await show(run, task, begun);
  if (shown.kind === "stopped") return interrupted(run);
  if (shown.kind === "refused") return refuse(run, step, begun, shown.problems, shown.lacksConsent);
  const after = openWork(command, options, io);
  const findings = projectFindings(after, io);
  const fresh = newErrors(begun.errors, findings);
  if (fresh.length > 0) return refuse(run, step, begun, fresh.map(errorText));
  const { proofs, seenFailing } = shown;
  const parts = { proofs, seenFailing, findings: findings.counts, written: [] };
  const { checkpoint, file, notes } = finishTask(after, task, begun, parts, io);
  const now = openWork(command, options, io);
  const isComplete = !now.list.tasks.some(({ state }) => state === "open");
  const documents = isComplete ? await writeQuickRef(now) : [];
  return tell(
    command,
    now,
    {
      outcome: isComplete ? "complete" : "done",
      completed: [withFile(checkpoint, file)],
      notes: [...run.notes, ...notes, ...documents],
      next: nextAfter(now, options),
    },
    options,
    io,
  );
}

function errorText({ rule, message, location: { file, line } }: Finding): string {
  return `New error ${rule}: ${message} (${file}:${line})`;
}

type Shown =
  | { readonly kind: "stopped" }
  | { readonly kind: "refused"; readonly problems: readonly string[]; readonly lacksConsent: boolean }
  | {
      readonly kind: "shown";
      readonly proofs: readonly ProofRecord[];
      readonly seenFailing: RedRecord | null;
    };

/** Files, tests that were seen to fail, and acceptance; what could not be tried is the person's word, when they gave it. */
async function show({ work, options, io, trial }: PersonRun, task: Task, begun: BegunTask): Promise<Shown> {
  const refused = (problems: readonly string[], lacksConsent = false): Shown => ({
    kind: "refused",
    problems,
    lacksConsent,
  });
  const missing = missingFiles(work, task);
  if (missing.length > 0) return refused([thereIsNo(missing)]);
  const seenFailing = redOf(task.id, isTestFirst(task), begun, options, io);
  if (typeof seenFailing === "string") return refused([seenFailing]);
  const proofs = proofsOf(task, "whole", work.facts);
  const isSaid = options.confirm === true;
  // That tests failed once cannot be tried again when what they test is there.
  const toTry = proofs.filter((proof) => !isSaid || proof.kind !== "command" || proof.must === "pass");
  const { records, failures, untried, lacks, isStopped } = await tryProofs(toTry, trial);
  if (isStopped) return { kind: "stopped" };
  if (failures.length > 0) return refused(failures);
  const open = [
    ...(lacks === undefined ? [] : [`${lacks}\nInstall it, or look yourself and add --confirm.`]),
    ...untried.map(
      ({ text, why }) => `\`${text}\` was not tried: ${why}. Look yourself, then add --confirm.`,
    ),
  ];
  if (open.length > 0 && !isSaid) return refused(open, untried.length > 0 && !canConsent(options, io));
  const words = proofs
    .filter((proof) => !records.some(({ text }) => text === proof.text))
    .map(({ text }): ProofRecord => ({ by: "person", text, result: "confirmed" }));
  return { kind: "shown", proofs: [...records, ...words], seenFailing };
}

/** How a test-first task was seen to fail; a text says why it was not. */
function redOf(
  id: string,
  isFirst: boolean,
  { seenFailing }: BegunTask,
  options: Options,
  io: Io,
): RedRecord | null | string {
  if (!isFirst || seenFailing) return seenFailing;
  if (options.confirm === true)
    return { by: "person", commands: [], at: new Date(io.now()).toISOString(), files: [] };
  return `The tests of ${taskName(id)} were not seen to fail before they pass. Run speckit implement --red ${taskArgument(id)} while what they test is not there; if you saw them fail, add --confirm.`;
}

function refuse(
  run: PersonRun,
  step: TaskStep,
  begun: BegunTask,
  problems: readonly string[],
  lacksConsent = false,
): ExitCode {
  const { work, options, io, command } = run;
  const { id } = step.task;
  keepBegun(work, { ...begun, attempts: begun.attempts + 1, failure: problems.join("\n\n") });
  const agrees = options.yes === true || lacksConsent;
  const next = `speckit implement${serviceFlag(work, options)} --done ${taskArgument(id)}${triedWith(options, agrees)}`;
  return tell(command, work, { outcome: "refused", step, problems, next }, options, io);
}

export function interrupted({ command, work, options, io }: PersonRun): ExitCode {
  const next = `speckit resume${serviceFlag(work, options)}`;
  return tell(command, work, { outcome: "interrupted", next }, options, io);
}
