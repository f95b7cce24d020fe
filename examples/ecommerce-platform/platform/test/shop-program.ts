import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "@speckit/service-kit";

/** `npm run platform` or `npm run dlq`, without npm. */
export interface ShopProgram {
  readonly child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Addresses, once the shop is open; throws what it said when it ends before. */
  opened(): Promise<{ readonly url: string; readonly inboxUrl: string }>;
  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
}

const tsx = fileURLToPath(import.meta.resolve("tsx"));

export function runProgram(
  name: "start" | "dlq",
  args: readonly string[],
  environment: Environment = {},
): ShopProgram {
  const program = path.join(import.meta.dirname, "..", "src", `${name}.ts`);
  const child = spawn(process.execPath, ["--conditions=source", "--import", tsx, program, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  const addressOf = (label: string) => new RegExp(`${label} +(http://\\S+)`).exec(text)?.[1] ?? "";

  return {
    child,
    said: () => text,
    ended: () => ended,
    async opened() {
      const over = ended.then((outcome) => {
        throw new Error(`It ended with ${outcome}: ${text}`);
      });
      while (!text.includes("Ctrl-C closes the shop")) {
        await Promise.race([once(child.stdout, "data"), over]);
      }
      over.catch(() => undefined);
      return { url: addressOf("gateway"), inboxUrl: addressOf("mail inbox") };
    },
  };
}

/** Numbers of all processes that were started by it or by those it started, itself not among them. */
export function descendantsOf(pid: number | undefined): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = pairs.filter(([, parent]) => parents.includes(parent)).map(([child = 0]) => child);
    found.push(...children);
    parents = children;
  }
  return found;
}

/** Ends processes as a failing machine does. Some of them end by themselves when the first is gone. */
export function killAll(pids: readonly (number | undefined)[]): void {
  for (const pid of pids) {
    try {
      if (pid !== undefined) process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

/** Whether a process still does anything; one that nobody has waited for does not. */
export function runs(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}
