import { listing } from "../checks/listing.ts";
import { findRoot } from "../node/find-root.ts";
import { watchTree } from "../node/watch-tree.ts";
import { paint } from "../render/text-style.ts";
import type { ExitCode, Io, Options } from "./command.ts";
import { isExpected } from "./expected-errors.ts";
import { ruleIds } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { hint } from "./report-command.ts";

/** For the options of a command that calls `watched`. */
export const watchOption = ["--watch", "run again whenever a file changes, until Ctrl-C"] as const;

const CLEAR = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Runs `once`; with `--watch` again after each change of a file of the workspace, or of `more` (absolute paths of files elsewhere, such as the
 * session of an agent), until Ctrl-C, which ends it with 0. A terminal shows the newest answer alone; a pipe gets one answer after another, with
 * `--json` one document a line. What a user can mend ends the first run, and is said in the later ones.
 *
 *     run: (args, options, io) => watched(options, io, (io, options) => …)
 *
 * `once` gets the options without `watch`, and must use the `io` that it is given.
 */
export async function watched(
  options: Options,
  io: Io,
  once: (io: Io, options: Options) => Promise<ExitCode>,
  more: readonly string[] = [],
): Promise<ExitCode> {
  const { watch, ...rest } = options;
  if (watch !== true) return once(io, rest);
  const interrupted = io.interrupted().then(() => undefined);
  const { root } = findRoot(io.cwd, optionText(options, "cwd"));
  const tree = watchTree(root, ruleIds, more);
  try {
    await answer(rest, io, undefined, once);
    hint(io, rest, `Watching ${tree.count} files; Ctrl-C ends.`);
    for (;;) {
      const changed = await Promise.race([tree.next(), interrupted]);
      if (changed === undefined) return 0;
      const what = listing(changed, 3);
      try {
        await answer(rest, io, what, once);
      } catch (error) {
        if (!isExpected(error) || !(error instanceof Error)) throw error;
        io.writeError(`speckit: ${what} changed: ${error.message}\n`);
      }
    }
  } finally {
    tree.close();
  }
}

/** What one run prints is written in one go, so that a terminal never shows half of it. */
async function answer(
  options: Options,
  io: Io,
  changed: string | undefined,
  once: (io: Io, options: Options) => Promise<ExitCode>,
): Promise<void> {
  let out = "";
  let err = "";
  await once(
    {
      ...io,
      write: (text) => {
        out += text;
      },
      writeError: (text) => {
        err += text;
      },
    },
    options,
  );
  if (options.json === true) out = inOneLine(out);
  else if (io.isTerminal) out = CLEAR + out;
  else if (changed !== undefined) out = `\n${paint(io).dim(`${changed} changed`)}\n\n${out}`;
  io.write(out);
  if (err !== "") io.writeError(err);
}

function inOneLine(json: string): string {
  return `${JSON.stringify(JSON.parse(json))}\n`;
}
