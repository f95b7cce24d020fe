import { claimService, WorkedOn } from "../../node/implement/lock.ts";
import { isLoopback } from "../../node/writes-allowed.ts";
import { implementerNamed } from "../authors.ts";
import { type ExitCode, type Io, type Options, UsageError } from "../command.ts";
import { optionText } from "../options.ts";
import { numberGiven, urlGiven } from "../verify-options.ts";
import { authorOptions } from "../watch-author.ts";
import { runAuthor } from "./author-run.ts";
import { finishTicking } from "./begin-and-finish.ts";
import { askAtTerminal, consentOf } from "./consent.ts";
import { type PersonRun, showTask } from "./person.ts";
import type { Trial } from "./try-proofs.ts";
import { openWork, type Work } from "./work.ts";

/** Options that `implement` and `resume` share. */
export const workOptions: readonly (readonly [string, string])[] = [
  ["--service <name>", "the service whose tasks are worked on"],
  ...authorOptions.map(([flags, text]): readonly [string, string] =>
    flags.startsWith("--author") ? [flags, `${text}; without it a person works`] : [flags, text],
  ),
  ["--max <n>", "with an author: so many tasks at most"],
  ["--yes", "agree to the commands that the tasks name"],
  ["--url <url>", "where the service runs on this machine, for requests such as GET /health"],
  ["--confirm", "you looked yourself at what could not be tried"],
  ["--timeout <seconds>", "how long a command may take (default: 300)"],
  ["--no-install", "do not install packages that a package.json lists"],
];

/** How long a command that goes on by itself has to stay up. */
const STAYS_UP_MS = 5000;

/** A timer that is set for longer ends at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A claimed list of tasks, with everything that trying needs. */
export interface Run extends PersonRun {
  readonly command: "implement" | "resume";
}

/**
 * Claims the service, ticks what an earlier run had accepted, and hands over; the claim ends with the work.
 * @throws UsageError while somebody else is at work there
 */
export async function withWork(
  command: "implement" | "resume",
  options: Options,
  io: Io,
  work: (run: Run) => Promise<ExitCode>,
): Promise<ExitCode> {
  const first = openWork(command, options, io);
  const trial = trialFor(first, options, io);
  const release = claimed(first);
  try {
    const notes: string[] = [];
    if (finishTicking(first)) notes.push("A task that was accepted before an interruption is ticked now.");
    const run = { command, work: openWork(command, options, io), trial, options, io, notes };
    return await work(run);
  } finally {
    release();
  }
}

function claimed({ root, service }: Work): () => void {
  try {
    return claimService(root, service.dir);
  } catch (error) {
    if (error instanceof WorkedOn) throw new UsageError(error.message);
    throw error;
  }
}

/** @throws UsageError for an address of another machine */
function trialFor({ root, service }: Work, options: Options, io: Io): Trial {
  const url = optionText(options, "url") === undefined ? undefined : urlGiven(options);
  if (url && !isLoopback(url))
    throw new UsageError(
      `--url ${url.href} is another machine. Requests that a task names go to this one only: http://127.0.0.1:3000.`,
    );
  const signal = stopped(io);
  return {
    root,
    dir: service.dir,
    env: io.env,
    consent: consentOf(options, io, askAtTerminal(signal)),
    url,
    timeoutMs: Math.min(numberGiven(options, "timeout", 300, 1) * 1000, LONGEST_MS),
    staysUpMs: STAYS_UP_MS,
    signal,
  };
}

function stopped(io: Io): AbortSignal {
  const controller = new AbortController();
  void io.interrupted().then(() => controller.abort());
  return controller.signal;
}

/** An author works through the tasks, or the next one is shown to a person. */
export async function goOn(run: Run, id: string | undefined): Promise<ExitCode> {
  const { command, work, trial, options, notes } = run;
  const most = numberGiven(options, "max", Number.MAX_SAFE_INTEGER, 1);
  const { workspace } = work.opened.read;
  const place = { root: work.root, config: workspace.config, env: run.io.env };
  const implementer = implementerNamed(options, place);
  if (!implementer) return showTask(run, id);
  return runAuthor({ command, implementer, task: id, most, trial, notes }, options, run.io);
}
