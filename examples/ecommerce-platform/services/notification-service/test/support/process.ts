import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface ServiceProcess {
  /** Where it listens, once it is ready. */
  readonly ready: Promise<string>;
  /** How it ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  /** What it wrote to standard error. */
  readonly errors: () => string;
  arm(point: string): void;
  signal(name: NodeJS.Signals): void;
}

/** The service as a process of its own, which ends with the test at the latest. */
export function startProcess(environment: Readonly<Record<string, string | undefined>>): ServiceProcess {
  const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    ["--conditions=source", "--import", import.meta.resolve("tsx"), main],
    {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    },
  );
  let errors = "";
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  const ended = new Promise<number | string | null>((resolve) => {
    // `exit` comes before all of what was said has.
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.on(
      "message",
      (message: { kind: string; url: string }) => message.kind === "ready" && resolve(message.url),
    );
    ended.then(() => reject(new Error(`The service ended before it was ready: ${errors}`)));
  });
  ready.catch(() => {}); // who waits for it hears it
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    ready,
    ended,
    errors: () => errors,
    arm: (point) => void child.send({ kind: "arm-fault", point, hit: 1 }),
    signal: (name) => void child.kill(name),
  };
}
