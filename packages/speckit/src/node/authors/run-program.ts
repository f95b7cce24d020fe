import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { endingOf } from "../process-group.ts";
import type { Environment } from "./secrets.ts";

export interface ProgramRun {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Given on standard input, which is closed behind it. */
  readonly input: string;
  /** Ends the program, and all that it started. */
  readonly signal: AbortSignal;
  /** Each line of standard output as it comes, without its end. */
  readonly onLine: (line: string) => void;
}

export interface ProgramEnd {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The end of what it wrote on standard error. */
  readonly errors: string;
}

/** More in one line is no message of an agent. */
const LONGEST_LINE = 16_000_000;
const ERRORS_KEPT = 4000;
/** How long a program has to end by itself before it is ended. */
const GRACE_MS = 2000;

/** Where a program stands on the path, or that it names itself; undefined when it is not installed. */
export function findProgram(name: string, env: Environment): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  // Folders in a name would lead out of those of the path.
  if (/[\\/]/.test(name)) return undefined;
  const suffixes = process.platform === "win32" ? [".exe", ".com", ""] : [""];
  return (
    (env.PATH ?? env.Path ?? "")
      .split(delimiter)
      // A relative folder would be one of the repository.
      .filter((folder) => isAbsolute(folder))
      .flatMap((folder) => suffixes.map((suffix) => join(folder, `${name}${suffix}`)))
      .find(isExecutable)
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end, or until the signal: then it has ended too, with every process that it started.
 * @throws the signal's reason; an error of the system when it cannot be started
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  run.signal.throwIfAborted();
  const child = spawn(run.program, run.arguments, {
    cwd: run.cwd,
    env: run.env as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that it can be ended as a whole.
    detached: process.platform !== "win32",
  });
  let errors = "";
  const { stop, end } = endingOf(child, GRACE_MS);
  run.signal.addEventListener("abort", stop, { once: true });
  try {
    const ended = endOf(child);
    // An agent that ends without reading its prompt closes the pipe: how it ended says more than that.
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-ERRORS_KEPT);
    });
    readLines(child, run.onLine);
    const code = await ended;
    run.signal.throwIfAborted();
    return { code, errors };
  } finally {
    run.signal.removeEventListener("abort", stop);
    end();
    // A process that left the group may hold them open for ever, and this one would wait for them.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  }
}

function endOf(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    let code: number | undefined;
    child.once("exit", (exit) => {
      code = exit ?? undefined;
      // A process that it left behind may keep its output open for ever.
      setTimeout(() => resolve(code), GRACE_MS).unref();
    });
    child.once("close", () => resolve(code));
  });
}

/** Lines as they come; one that is too long to be a message is left out. */
function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let pieces: string[] = [];
  let length = 0;
  const endLine = () => {
    if (length <= LONGEST_LINE) onLine(pieces.join("").replace(/\r$/, ""));
    pieces = [];
    length = 0;
  };
  const add = (piece: string) => {
    length += piece.length;
    if (length <= LONGEST_LINE) pieces.push(piece);
    else pieces = [];
  };
  child.stdout?.on("data", (bytes: Buffer) => {
    const [first = "", ...others] = decoder.write(bytes).split("\n");
    add(first);
    for (const other of others) {
      endLine();
      add(other);
    }
  });
  child.stdout?.once("end", () => {
    if (length > 0) endLine();
  });
}
