// Running other programs: their output is kept or shown, and Ctrl-C ends them all.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { whenOrphaned } from "./when-orphaned.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** A program that we ran ended with another exit code than 0; `output` is all it said. */
export class ProgramFailed extends Error {
  /**
   * @param {string} program
   * @param {number} code
   * @param {string} output
   */
  constructor(program, code, output) {
    super(`${program} ended with exit code ${code}.`);
    this.code = code;
    this.output = output;
  }
}

/**
 * How long a program may take to put its things away when we are told to end, in milliseconds; npm, for one, takes longer than anybody wants to wait.
 */
const PATIENCE = 1000;

/** @type {Map<import("node:child_process").ChildProcess, { patience: number }>} */
const running = new Map();
const ownGroup = process.platform !== "win32";

/**
 * Runs a program to its end and gives back what it said.
 * @param {readonly string[]} command Program and arguments; a program that ends in `.js` is run by this Node.
 * @param {{ cwd?: string, show?: boolean, env?: Record<string, string>, patience?: number }} [options] `show`: straight to our own output instead
 * of keeping it. `env`: beside our own variables. `patience`: for one that stops cleanly when told to end, and whose exit code is then ours.
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(
  [program = "", ...args],
  { cwd = root, show = false, env = {}, patience = PATIENCE } = {},
) {
  const isScript = /\.[cm]?js$/.test(program);
  const child = spawn(isScript ? process.execPath : program, isScript ? [program, ...args] : args, {
    cwd,
    stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    // A hook of git sets variables that would lead its children to another repository than the one they stand in.
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
      ...env,
    },
    // A process group of its own: ending the group ends whatever the program started in turn.
    detached: ownGroup,
  });
  running.set(child, { patience });
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
  child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", () =>
        reject(new ProgramFailed(program, 127, `${program} could not be started. Is it installed?`)),
      );
      child.on("close", (status, signal) => resolve(status ?? 128 + signalNumber(signal)));
    });
    return { code, output };
  } finally {
    running.delete(child);
  }
}

/**
 * As `run`, for programs that must succeed.
 * @param {readonly string[]} command
 * @param {{ cwd?: string, show?: boolean }} [options]
 * @returns {Promise<string>} What it said.
 * @throws {ProgramFailed}
 */
export async function mustRun(command, options) {
  const { code, output } = await run(command, options);
  if (code !== 0) throw new ProgramFailed(command.slice(0, 2).join(" "), code, output);
  return output;
}

/**
 * The script behind a command line tool of an installed package: `tool("typescript", "tsc")`.
 * @param {string} packageName
 * @param {string} [name]
 * @param {string} [folder] Where it is installed.
 */
export function tool(packageName, name = packageName, folder = root) {
  const home = join(folder, "node_modules", packageName);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return join(home, typeof bin === "string" ? bin : (bin[name] ?? ""));
}

/**
 * Makes Ctrl-C, being told to end, and the end of npm that started us, end the programs we run too.
 * @param {string} [script] The name by which npm starts us.
 */
export function endChildrenWithUs(script) {
  let told = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      told = true;
      endChildren(signal);
    });
  }
  // Who is told twice ends at once, and puts nothing away.
  whenOrphaned(() => told || endChildren("SIGTERM"), { script });
}

/** @param {"SIGINT" | "SIGTERM" | "SIGHUP"} signal */
function endChildren(signal) {
  for (const child of running.keys()) kill(child, signal);
  const longest = Math.max(PATIENCE, ...[...running.values()].map(({ patience }) => patience));
  const timeout = setTimeout(() => {
    for (const child of running.keys()) kill(child, "SIGKILL");
    process.exit(128 + signalNumber(signal));
  }, longest);
  timeout.unref();
  // With patience, what the program says of its end counts; the task goes on and gives that back.
  if (longest > PATIENCE) return;
  const wait = setInterval(() => {
    if (running.size > 0) return;
    clearTimeout(timeout);
    clearInterval(wait);
    process.exit(128 + signalNumber(signal));
  }, 20);
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function kill(child, signal) {
  try {
    if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === null ? 0 : constants.signals[signal];
}
