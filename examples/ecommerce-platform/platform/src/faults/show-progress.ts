import type { Progress } from "./run-faults.ts";

export interface ProgressLine {
  say(text: string): void;
  show(progress: Progress): void;
  /** Leaves room for what comes next. */
  end(): void;
}

const width = 79;
/** Where lines stay, one of so many runs is enough. */
const everyRuns = 10;

/** One line that is written again and again on a terminal; elsewhere a line now and then. */
export function showProgress(output: NodeJS.WriteStream): ProgressLine {
  const isTerminal = output.isTTY === true;
  const write = (text: string) =>
    output.write(isTerminal ? `\r${text.slice(0, width).padEnd(width)}` : `${text}\n`);
  return {
    say: (text) => void write(`· ${text}`),
    show(progress) {
      const { run, runs, what, orders, findings } = progress;
      if (!isTerminal && run % everyRuns !== 1 && run !== runs) return;
      write(`· run ${run} of ${runs}, ${orders} orders, ${findings} found: ${what}`);
    },
    end() {
      if (isTerminal) output.write(`\r${"".padEnd(width)}\r`);
    },
  };
}
