import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { ArmFault, ReadyMessage, TroubleDeliveries } from "@speckit/service-kit";
import type { StartOptions, StartProcess } from "./shop-process.ts";

const require = createRequire(import.meta.url);

/** One that cannot finish within this time is ended. */
const graceMs = 8000;
const shortestPauseMs = 200;
const longestPauseMs = 5000;
/** One that ran this long before it crashed is started again at once; so is one that is made to crash. */
const healthyMs = 10_000;

/** Starts a service in a process of its own, and starts it again whenever that ends by itself. */
export const startChild: StartProcess = async (options) => {
  let run = await launch(options);
  let restarts = 0;
  const wantsCrashes = options.environment.FAULTS === "on";
  const stopping = new AbortController();

  async function keepRunning(): Promise<void> {
    let pauseMs = shortestPauseMs;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      await run.ended;
      if (stopping.signal.aborted) return;
      const wasHealthy = performance.now() - startedAt > healthyMs;
      pauseMs = wasHealthy ? shortestPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      restarts++;
      run = (await launchAgain(wantsCrashes ? 0 : pauseMs)) ?? run;
    }
  }

  /** On its old address, since the others know that one. */
  async function launchAgain(pauseMs: number): Promise<Run | undefined> {
    const environment = { ...options.environment, PORT: new URL(run.url).port };
    for (let waitMs = pauseMs; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2 + 1, longestPauseMs)) {
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return undefined;
      const next = await launch({ ...options, environment }, stopping.signal).catch(() => undefined);
      if (next) return next;
    }
    return undefined;
  }

  const kept = keepRunning();
  const tell = (message: ArmFault | TroubleDeliveries) => void run.child.send(message);
  return {
    name: options.plan.name,
    url: run.url,
    get pid() {
      return run.child.pid;
    },
    get restarts() {
      return restarts;
    },
    faultPoints: run.faultPoints,
    kill: () => void run.child.kill("SIGKILL"),
    arm: (point, hit = 1) => tell({ kind: "arm-fault", point, hit }),
    troubleDeliveries: (share) => tell({ kind: "trouble-deliveries", share }),
    async stop() {
      stopping.abort();
      run.child.kill("SIGTERM");
      const late = setTimeout(() => run.child.kill("SIGKILL"), graceMs);
      await run.ended;
      await kept;
      clearTimeout(late);
    },
    end() {
      stopping.abort();
      run.child.kill("SIGKILL");
    },
  };
};

interface Run extends Pick<ReadyMessage, "url" | "faultPoints"> {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

/** Resolves when the service is ready. Throws what it said last when it ends before. */
async function launch({ plan, environment, logFile }: StartOptions, signal?: AbortSignal): Promise<Run> {
  const { program, execArgv } = programOf(plan.packageName);
  const log = fs.openSync(logFile, "a", 0o600);
  const child = fork(program, {
    env: { ...environment },
    execArgv,
    stdio: ["ignore", log, "pipe", "ipc"],
    // In a group of its own: Ctrl-C is for the platform, which stops its services in order.
    detached: true,
  });
  fs.closeSync(log);
  endWithUs(child);
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
    fs.appendFileSync(logFile, text);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const ending = () => void child.kill("SIGKILL");
  signal?.addEventListener("abort", ending);
  const ready = await Promise.race([readyMessageOf(child), ended.then(() => undefined)]);
  signal?.removeEventListener("abort", ending);
  if (!ready) throw new Error(`${plan.name} did not start. ${said.trim() || `See ${logFile}.`}`);
  return { child, url: ready.url, faultPoints: ready.faultPoints, ended };
}

const running = new Set<ChildProcess>();
const endAll = () => {
  for (const child of running) child.kill("SIGKILL");
};

/** Ends a child when this process ends in whatever way lets it. */
function endWithUs(child: ChildProcess): void {
  if (running.size === 0) process.on("exit", endAll);
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", endAll);
  });
}

async function readyMessageOf(child: ChildProcess): Promise<ReadyMessage> {
  for (;;) {
    const [message] = (await once(child, "message")) as [Partial<ReadyMessage>];
    if (message.kind === "ready") return message as ReadyMessage;
  }
}

/** `main` beside what the package exports; its sources need a loader, its build does not. */
function programOf(packageName: string): { program: string; execArgv: string[] } {
  const entry = require.resolve(packageName);
  const extension = path.extname(entry);
  const program = path.join(path.dirname(entry), `main${extension}`);
  const loader = () => ["--conditions=source", "--import", pathToFileURL(require.resolve("tsx")).href];
  return { program, execArgv: extension === ".ts" ? loader() : [] };
}
