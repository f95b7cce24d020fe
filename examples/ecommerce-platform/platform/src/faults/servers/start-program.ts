import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { OwnServer } from "./own-server.ts";

export interface ProgramOptions {
  readonly name: string;
  readonly url: string;
  /** What it works in and writes its log to. */
  readonly folder: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it is ready for work. */
  isReady(): Promise<boolean>;
}

/** Starts a server as a process of ours; resolves when it is ready. Throws what it said last when it ends before. */
export async function startProgram(options: ProgramOptions): Promise<OwnServer> {
  let run = await launch(options);
  const kill = async () => {
    run.child.kill("SIGKILL");
    await run.ended;
  };
  return {
    name: options.name,
    url: options.url,
    kill,
    async start() {
      run = await launch(options);
    },
    stop: kill,
    end: () => void run.child.kill("SIGKILL"),
  };
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

async function launch({ name, folder, command, environment, isReady }: ProgramOptions): Promise<Run> {
  const [program, ...args] = command;
  const logFile = path.join(folder, `${path.basename(program)}.log`);
  const log = fs.openSync(logFile, "a");
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
    stdio: ["ignore", log, log],
    // In a group of its own: Ctrl-C is for us.
    detached: true,
  });
  fs.closeSync(log);
  let over = false;
  const ended = Promise.race([once(child, "exit"), once(child, "error")]).then(() => {
    over = true;
  });
  if (child.pid !== undefined) endWithUs(child.pid, ended);
  while (!(await isReady())) {
    if (over) throw new Error(`${name} does not start. ${logFile} says:\n${tailOf(logFile)}`);
    await Promise.race([ended, pause(50)]);
  }
  return { child, ended };
}

/** Ends a process when we end, even by SIGKILL: the guard's input ends with us. */
function endWithUs(pid: number, ended: Promise<unknown>): void {
  const guard = spawn("sh", ["-c", 'cat; kill -9 "$1"', "guard", `${pid}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Its number may soon be somebody else's.
  void ended.then(() => guard.kill("SIGKILL"));
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
}

function tailOf(file: string): string {
  return fs.readFileSync(file, "utf8").trim().split("\n").slice(-10).join("\n");
}
