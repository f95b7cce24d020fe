import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Io } from "./command.ts";
import { main } from "./main.ts";

/** Runs the process's own command line: the only place that knows `process`. */
export async function start(): Promise<void> {
  // A reader that has seen enough (`speckit … | head`) closes the pipe; that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A terminal that was closed; what is at work comes to its end all the same.
    if (error.code === "EIO") return endByHangup();
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const { argv, env, stdout } = process;
  const noColor = argv.includes("--no-color") || (env.NO_COLOR ?? "") !== "";
  let interruption: Promise<void> | undefined;
  const io: Io = {
    cwd: process.cwd(),
    env,
    color: !noColor && ((env.FORCE_COLOR ?? "") !== "" || (stdout.isTTY === true && env.TERM !== "dumb")),
    columns: stdout.columns ?? 80,
    isTerminal: stdout.isTTY === true && env.TERM !== "dumb",
    redraws: process.stderr.isTTY === true && env.TERM !== "dumb",
    now: Date.now,
    write: (text) => void stdout.write(text),
    writeError,
    input: () => (process.stdin.isTTY ? undefined : process.stdin),
    interrupted: () => (interruption ??= interruptionOf()),
  };
  process.exitCode = await main(argv.slice(2), io);
  // Input from a terminal ends when it is closed: not everywhere is there a signal.
  if (interruption && process.stdin.isTTY && !process.stdin.readable) endByHangup();
}

/** At once, so that nothing is lost at the end. Where nobody reads errors any more, work goes on. */
function writeError(text: string): void {
  try {
    writeSync(2, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A reader that is slow gets it later.
    if (code === "EAGAIN") process.stderr.write(text);
    else if (code !== "EPIPE" && code !== "EIO") throw error;
  }
}

/** One for the whole run: whoever waits for it hears of the first Ctrl-C, or of a terminal that is closed; the second ends the process as always. */
function interruptionOf(): Promise<void> {
  const hasTerminal = [0, 1, 2].some((fd) => isatty(fd));
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => {
        if (signal === "SIGHUP" && hasTerminal) endByHangup();
        resolve();
      });
  });
}

/** Node puts a terminal back as it was when it exits, and crashes when that is gone: what was interrupted ends by the signal, as if nobody had listened. */
function endByHangup(): void {
  process.once("beforeExit", () => {
    process.removeAllListeners("SIGHUP");
    process.kill(process.pid, "SIGHUP");
  });
}
