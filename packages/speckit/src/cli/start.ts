import { writeSync } from "node:fs";
import type { Io } from "./command.ts";
import { main } from "./main.ts";

/** Runs the process's own command line: the only place that knows `process`. */
export async function start(): Promise<void> {
  // A reader that has seen enough (`speckit … | head`) closes the pipe; that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const { argv, env, stdout } = process;
  const noColor = argv.includes("--no-color") || (env.NO_COLOR ?? "") !== "";
  const io: Io = {
    cwd: process.cwd(),
    env,
    color: !noColor && ((env.FORCE_COLOR ?? "") !== "" || (stdout.isTTY === true && env.TERM !== "dumb")),
    columns: stdout.columns ?? 80,
    now: Date.now,
    write: (text) => void stdout.write(text),
    writeError: (text) => void writeSync(2, text),
  };
  process.exitCode = await main(argv.slice(2), io);
}
