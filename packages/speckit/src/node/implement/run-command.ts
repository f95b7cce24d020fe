import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { CommandStep } from "../../authoring/implement/command-line.ts";
import { endingOf } from "../process-group.ts";
import { withoutNpx } from "./installed-program.ts";

/** How a command ended. */
export interface CommandEnd {
  /** `missing`: there is no such program. `up`: it went on as it should, and was ended. `cut`: its time was over. `stopped`: somebody stopped it. */
  readonly how: "exit" | "missing" | "up" | "cut" | "stopped";
  /** Undefined unless it ended by itself. */
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly ms: number;
  /** The program that is missing. */
  readonly program?: string | undefined;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** For a command that goes on by itself: how long it has to stay up, and what shows sooner that it is. */
  readonly staysUp?: { readonly ms: number; readonly isUp?: () => Promise<boolean> } | undefined;
  readonly signal: AbortSignal;
}

const MOST_OUTPUT = 20_000;
/** Between being asked to end and being made to. */
const GRACE_MS = 3000;
const LOOK_MS = 250;

/** Runs the steps of a command one after the other, without a shell, each with a process group of its own. Never throws. */
export async function runCommand(steps: readonly CommandStep[], options: RunOptions): Promise<CommandEnd> {
  const began = performance.now();
  let output = "";
  let end: CommandEnd = { how: "exit", exitCode: 0, output: "", ms: 0 };
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    const left = options.timeoutMs - (performance.now() - began);
    end = await runStep(step, {
      ...options,
      timeoutMs: Math.max(1, left),
      staysUp: isLast ? options.staysUp : undefined,
    });
    output = (output + end.output).slice(-MOST_OUTPUT);
    if (end.how !== "exit" || end.exitCode !== 0) break;
  }
  return { ...end, output, ms: Math.round(performance.now() - began) };
}

function runStep(asked: CommandStep, options: RunOptions): Promise<CommandEnd> {
  const { cwd, env, timeoutMs, staysUp, signal } = options;
  const step = withoutNpx(asked, cwd);
  if (signal.aborted) return Promise.resolve({ how: "stopped", exitCode: undefined, output: "", ms: 0 });
  return new Promise((resolve) => {
    const child = start(step, cwd, env);
    const ending = endingOf(child, GRACE_MS);
    let output = "";
    let how: CommandEnd["how"] = "exit";
    const timers: NodeJS.Timeout[] = [];
    const endAs = (reason: CommandEnd["how"]) => {
      if (how !== "exit") return;
      how = reason;
      ending.stop();
    };
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-MOST_OUTPUT);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const letGo = () => {
      ending.end();
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const stop = () => endAs("stopped");
    signal.addEventListener("abort", stop, { once: true });
    timers.push(setTimeout(() => endAs(staysUp ? "up" : "cut"), staysUp ? staysUp.ms : timeoutMs));
    if (staysUp?.isUp) timers.push(lookUntilUp(staysUp.isUp, () => endAs("up")));
    const finish = (end: Pick<CommandEnd, "how" | "exitCode" | "program">) => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      ending.end();
      resolve({ ...end, output, ms: 0 });
    };
    child.on("error", () => finish({ how: "missing", exitCode: undefined, program: step.program }));
    child.on("exit", () => {
      // A process that it left behind, whether of its group or not, may hold its pipes open and keep `close` from coming.
      // What it has said is read before, also when this process was held up so long.
      timers.push(setTimeout(() => setImmediate(letGo), LOOK_MS));
    });
    child.on("close", (code, killed) =>
      finish({ how, exitCode: how === "exit" ? (code ?? (killed === null ? undefined : 128)) : undefined }),
    );
  });
}

function start({ program, args, variables }: CommandStep, cwd: string, env: RunOptions["env"]) {
  return spawn(program, [...args], {
    cwd,
    // Test runners that could watch end by themselves there.
    env: { CI: "true", ...withVenv(withoutKeys(env), cwd), ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

/** Looks every moment whether it answers. */
function lookUntilUp(isUp: () => Promise<boolean>, found: () => void): NodeJS.Timeout {
  let isLooking = false;
  return setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void isUp().then((up) => {
      isLooking = false;
      if (up) found();
    });
  }, LOOK_MS);
}

/** Programs that a service of Python has installed for itself come first, as they do in a terminal where its environment is active. */
function withVenv(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Record<string, string | undefined> {
  const folders = [".venv", "venv"]
    .map((name) => join(cwd, name, "bin"))
    .filter((folder) => existsSync(folder));
  return folders.length === 0 ? env : { ...env, PATH: [...folders, env.PATH ?? ""].join(delimiter) };
}

/** What a repository says is run without the keys of model providers. */
function withoutKeys(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/(?:^|_)API_KEY$/i.test(name)));
}
