import { type Answer, type Question, questionOf, recall, remember } from "../node/answers.ts";
import { findRoot } from "../node/find-root.ts";
import { type FleetTree, readTree } from "../node/fleet-tree.ts";
import type { ExitCode, Io, Options } from "./command.ts";
import { ruleIds } from "./open-workspace.ts";
import { optionText } from "./options.ts";

/** Options that ask for more than an answer: to work anew, to say how long it took, to write. */
const asksForWork = ["stats", "full", "changed", "suppressAll", "pruneSuppressions"];

export interface Outcome {
  readonly code: ExitCode;
  /** The answer depends on files that are not in the tree. */
  readonly readsBeyond: boolean;
}

/**
 * Answers from memory when a command was asked the same before and nothing has changed that its answer depends on: the files, the day, the
 * engine, and what `outside` says of things that are not files of the tree. Otherwise `work` is done, on the tree that was seen.
 */
export async function answered(
  command: string,
  options: Options,
  io: Io,
  outside: (root: string, tree: FleetTree) => unknown,
  work: (io: Io, tree: FleetTree) => Promise<Outcome>,
): Promise<ExitCode> {
  const { root, inside } = findRoot(io.cwd, optionText(options, "cwd"));
  const tree = readTree(root, ruleIds);
  const { cache } = tree.config;
  const now = io.now();
  const ask = (): Question | undefined => {
    if (!cache.enabled || options.cache === false) return undefined;
    if (asksForWork.some((name) => options[name] === true)) return undefined;
    const day = new Date(now).toISOString().slice(0, 10);
    return questionOf(
      root,
      tree,
      [command, options, root, inside, day, io.color, io.columns, outside(root, tree)],
      now,
    );
  };
  const question = ask();
  const known = question && recall(root, question, cache.retention_days, now);
  if (known) return repeat(known, io);
  const said = { out: "", err: "" };
  const { code, readsBeyond } = await work(listening(io, said), tree);
  if (question && !readsBeyond) remember(root, question, { code, ...said });
  return code;
}

function repeat({ code, out, err }: Answer, io: Io): ExitCode {
  if (err !== "") io.writeError(err);
  if (out !== "") io.write(out);
  return code as ExitCode;
}

function listening(io: Io, said: { out: string; err: string }): Io {
  return {
    ...io,
    write: (text) => {
      said.out += text;
      io.write(text);
    },
    writeError: (text) => {
      said.err += text;
      io.writeError(text);
    },
  };
}
