import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** `npm run faults`, without npm: it builds what has changed, and runs that. */
export interface FaultsProgram {
  readonly child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
  /** Resolves once it has said something; throws what it said when it ends before. */
  says(text: string): Promise<void>;
}

const repository = path.join(import.meta.dirname, "..", "..", "..", "..", "..");

export function runFaultsProgram(args: readonly string[]): FaultsProgram {
  const child = spawn(process.execPath, ["scripts/run.mjs", "faults", ...args], {
    cwd: repository,
    // As npm says to what it starts; who was started by npm ends when that is killed.
    env: { ...process.env, npm_lifecycle_event: "faults" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  return {
    child,
    said: () => text,
    ended: () => ended,
    async says(wanted) {
      const over = ended.then((outcome) => {
        throw new Error(`It ended with ${outcome}: ${text}`);
      });
      while (!text.includes(wanted)) await Promise.race([once(child.stderr, "data"), over]);
      over.catch(() => undefined);
    },
  };
}
