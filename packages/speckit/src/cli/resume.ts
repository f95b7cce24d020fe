import { type ChangedFile, changedSince } from "../authoring/implement/checkpoint.ts";
import { taskName } from "../model/task-list.ts";
import { hashOfFile, readBegun, readCheckpoints, writeCheckpoint } from "../node/implement/checkpoints.ts";
import { type Command, UsageError } from "./command.ts";
import { askAtTerminal, mayAsk } from "./implement/consent.ts";
import { interrupted } from "./implement/person.ts";
import { tell } from "./implement/report.ts";
import { goOn, type Run, withWork, workOptions } from "./implement/run.ts";
import { serviceFlag } from "./implement/work.ts";
import { once } from "./implement.ts";

export const resume: Command = {
  name: "resume",
  summary: "Go on with tasks.md after an interruption; files that changed since are noticed",
  options: [
    ["--accept-changes", "files that changed since their task was done are right as they are"],
    ...workOptions,
  ],
  examples: [
    "speckit resume",
    "speckit resume --author agent:claude --yes",
    "speckit resume --service=auth-service --accept-changes",
  ],

  async run(_, options, io) {
    const listening = { ...io, interrupted: once(io.interrupted) };
    return withWork("resume", options, listening, async (run) => {
      demandBegun(run);
      const changed = changedFiles(run);
      const right = changed.length === 0 || (await areRight(run, changed));
      if (right === undefined) return interrupted(run);
      if (!right) {
        const next = `speckit resume${serviceFlag(run.work, options)} --accept-changes`;
        return tell("resume", run.work, { outcome: "changed", changed, next }, options, io);
      }
      if (changed.length > 0) acceptChanges(run);
      const notes = [...run.notes, ...halfWritten(run)];
      return goOn({ ...run, notes }, undefined);
    });
  },
};

/** @throws UsageError when nobody has worked here yet */
function demandBegun({ work, options }: Run): void {
  const { root, feature, list } = work;
  const isBegun =
    readBegun(root, feature.dir) !== undefined ||
    readCheckpoints(root, feature.dir).length > 0 ||
    list.tasks.some(({ state }) => state === "done");
  if (!isBegun)
    throw new UsageError(
      `No task of ${list.file} was begun on this machine: there is nothing to go on with. Begin: speckit implement${serviceFlag(work, options)}`,
    );
}

function changedFiles({ work: { root, feature, list } }: Run) {
  const done = new Set(list.tasks.filter(({ state }) => state === "done").map(({ id }) => id));
  // A task whose tick was taken away is to be done again; what its files are like is no matter.
  const checkpoints = readCheckpoints(root, feature.dir).filter(({ task }) => done.has(task));
  const begun = readBegun(root, feature.dir);
  const now = (file: string) => hashOfFile(root, file);
  // What the task that is open changes is its own matter: an author's as it wrote it, a person's whatever it is.
  const isOwn = (file: string) =>
    begun?.doneBy === "person"
      ? begun.before.some((mark) => mark.file === file)
      : begun?.writing.some((mark) => mark.file === file && mark.sha256 === now(file)) === true;
  return changedSince(checkpoints, now).filter(({ file }) => !isOwn(file));
}

/** Undefined: nobody wants to go on. */
async function areRight(
  { options, io, trial }: Run,
  changed: readonly ChangedFile[],
): Promise<boolean | undefined> {
  if (options.acceptChanges === true) return true;
  if (!mayAsk(options, io)) return false;
  const [first, ...others] = changed;
  io.writeError(`${changed.map(({ file }) => file).join("\n")}\n`);
  const files = others.length === 0 ? `${first?.file ?? "A file"} has` : `${changed.length} files have`;
  const ask = askAtTerminal(trial.signal);
  return ask(`${files} changed since their tasks were done. Are they right as they are?`);
}

/** The checkpoints know the files as they are now. */
function acceptChanges({ work: { root, feature } }: Run): void {
  for (const checkpoint of readCheckpoints(root, feature.dir))
    writeCheckpoint(root, feature.dir, {
      ...checkpoint,
      files: checkpoint.files.map(({ file, sha256, wrote }) => {
        const now = hashOfFile(root, file);
        return { file, sha256: now, wrote: wrote && now === sha256 };
      }),
    });
}

/** What a run that was cut off had begun to write. */
function halfWritten({ work: { root, feature } }: Run): string[] {
  const begun = readBegun(root, feature.dir);
  if (!begun || begun.doneBy === "person") return [];
  const now = (file: string) => hashOfFile(root, file);
  const written = begun.writing.filter(({ file, sha256 }) => now(file) === sha256);
  const touched = begun.before.filter(({ file, sha256 }) => now(file) !== sha256);
  const name = taskName(begun.task);
  if (begun.failure !== null) return [`${name} was begun and not accepted. It is done again as a whole.`];
  if (begun.writing.length > 0)
    return [
      `${name} was cut off: ${written.length} of ${begun.writing.length} files were written. It is done again as a whole.`,
    ];
  return touched.length > 0
    ? [
        `${name} was cut off; these files differ from before: ${touched.map(({ file }) => file).join(", ")}. It is done again as a whole.`,
      ]
    : [`${name} was begun and not done. It is begun again.`];
}
