import type { BegunTask } from "../../authoring/implement/checkpoint.ts";
import { whyNotWritable, writeRules } from "../../authoring/implement/writable.ts";
import type { Implemented } from "../../authoring/implementer.ts";
import { type Task, taskName } from "../../model/task-list.ts";
import { isTestFile } from "../../model/test-files.ts";
import { hashOf, marksOf } from "../../node/implement/checkpoints.ts";
import {
  changedBetween,
  decideFiles,
  type FileDecision,
  snapshotOf,
  type TreeSnapshot,
  writeDecided,
} from "../../node/implement/task-files.ts";
import type { Part } from "./author-round.ts";
import { keepBegun, missingFiles, thereIsNo, writtenMarks } from "./begin-and-finish.ts";
import type { Work } from "./work.ts";

/** What became of an answer's files. */
export interface Taken {
  readonly begun: BegunTask;
  /** Everything that this task has written until now. */
  readonly written: readonly string[];
  /** What the author can mend. */
  readonly problems: readonly string[];
  /** A file that no task may change has changed while an author worked that edits files itself. Only a person knows whose change it is. */
  readonly trespass: string | undefined;
  readonly notes: readonly string[];
}

export interface BeforeTaking {
  readonly begun: BegunTask;
  /** The workspace before the author worked; undefined for one that edits nothing itself. */
  readonly before: TreeSnapshot | undefined;
  /** It has not seen what stands in the files. */
  readonly isBlind: boolean;
}

/** Writes what an author handed in, all of it or nothing, and looks at what it wrote itself. */
export function takeFiles(
  work: Work,
  task: Task,
  part: Part,
  answer: Implemented,
  from: BeforeTaking,
): Taken {
  const { root, service, opened } = work;
  const rules = writeRules(opened.read.workspace, service.dir, task);
  // While tests are to be seen failing, what they test is not written.
  const wanted = answer.files.filter(({ file }) => part !== "tests" || isTestFile(file));
  const decisions = decideFiles(root, wanted, { rules, ours: writtenMarks(work), isBlind: from.isBlind });
  const refused = decisions.flatMap((one) =>
    one.kind === "refuse" ? [`${one.file} may not be written: ${one.why}.`] : [],
  );
  if (refused.length > 0)
    return { begun: from.begun, written: [], problems: refused, trespass: undefined, notes: [] };
  const itself = from.before === undefined ? [] : changedBetween(from.before, snapshotOf(root));
  const trespasses = itself.flatMap((file) => {
    const why = whyNotWritable(file, rules);
    return why === undefined ? [] : [`${file} (${why})`];
  });
  const own = itself.filter((file) => whyNotWritable(file, rules) === undefined);
  const announced = announce(work, from.begun, decisions, own);
  const kept = writeDecided(root, work.feature.dir, task.id, decisions);
  const changed = [...decisions.flatMap((one) => (one.kind === "write" ? [one.file] : [])), ...own];
  return {
    begun: announced,
    written: [...new Set(announced.writing.map(({ file }) => file))],
    problems: absent(work, task, part),
    trespass:
      trespasses.length === 0
        ? undefined
        : `While ${from.begun.doneBy} worked on ${taskName(task.id)}, files changed that no task may change: ${trespasses.join(", ")}. Look at them, put them back or keep them.`,
    notes: notesOf(task, decisions, kept, changed, rules.contracts),
  };
}

/** Says what will be written before it is, so that a run that is cut off knows its own files. */
function announce(
  work: Work,
  begun: BegunTask,
  decisions: readonly FileDecision[],
  own: readonly string[],
): BegunTask {
  const writing = decisions.flatMap((one) =>
    one.kind === "write" ? [{ file: one.file, sha256: hashOf(one.text) }] : [],
  );
  const known = new Set(begun.before.map(({ file }) => file));
  const stood = marksOf(
    work.root,
    writing.map(({ file }) => file),
  ).filter(({ file }) => !known.has(file));
  const fresh = [...writing, ...marksOf(work.root, own)];
  const isFresh = new Set(fresh.map(({ file }) => file));
  return keepBegun(work, {
    ...begun,
    before: [...begun.before, ...stood],
    writing: [...begun.writing.filter(({ file }) => !isFresh.has(file)), ...fresh],
  });
}

function notesOf(
  task: Task,
  decisions: readonly FileDecision[],
  kept: ReadonlyMap<string, string>,
  changed: readonly string[],
  contracts: ReadonlySet<string>,
): string[] {
  return [
    ...decisions.flatMap((one) => {
      if (one.kind === "keep") return [`${one.file} is yours and stays as it is.`];
      const where = kept.get(one.file);
      return where === undefined ? [] : [`${one.file} was rewritten; what stood there is kept: ${where}`];
    }),
    ...changed
      .filter((file) => contracts.has(file))
      .map((file) => `${taskName(task.id)} changed the contract ${file}.`),
  ];
}

function absent(work: Work, task: Task, part: Part): string[] {
  const missing = missingFiles(work, task).filter((file) => part !== "tests" || isTestFile(file));
  return missing.length === 0 ? [] : [thereIsNo(missing)];
}
