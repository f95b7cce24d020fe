import { type ExitCode, type Io, main } from "@speckit/cli/cli";
import type { Place } from "./place.ts";

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export type RunCommand = (line: readonly string[], place: Place) => Promise<Ran>;

/** Nobody reads the answer in a terminal: wrapped lines would only be more tokens. */
const COLUMNS = 160;

/** Runs one line of the command line in this process, as the bystander of a pipe would see it. */
export const runCommand: RunCommand = async ([name = "", ...rest], place) => {
  const printed = { out: "", err: "" };
  const line = place.isRoot ? [name, `--cwd=${place.cwd}`, ...rest] : [name, ...rest];
  const code = await main(line, ioAt(place, printed));
  return { code, ...printed };
};

/** What a command may touch: all but a terminal and a person at it. */
export function ioAt({ cwd }: Place, printed: { out: string; err: string }): Io {
  return {
    cwd,
    env: process.env,
    color: false,
    columns: COLUMNS,
    isTerminal: false,
    now: Date.now,
    write: (text) => {
      printed.out += text;
    },
    writeError: (text) => {
      printed.err += text;
    },
    input: () => undefined,
    interrupted: () => new Promise(() => {}),
  };
}
