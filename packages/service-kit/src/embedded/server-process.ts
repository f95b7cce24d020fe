import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Cluster, environmentOfServer } from "./cluster.ts";
import { freePort } from "./free-port.ts";
import { readOr } from "./read-or.ts";

/** One run of the server, ready for connections. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
}

export interface ServerOptions {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  /** Default: any that is free. */
  readonly port: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** The server needs a port that somebody else has. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} of 127.0.0.1 is taken by somebody else.`);
    this.port = port;
  }
}

const attempts = 20;

/** Starts the server and waits until it takes connections. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  let reason = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = options.port ?? (await freePort());
    const outcome = await tryToStart(options, port);
    if (outcome.kind === "ready") return outcome.server;
    reason = outcome.reason;
    if (/could not create any TCP\/IP sockets|Address already in use/.test(reason)) {
      if (options.port !== undefined) throw new PortTaken(port);
    } else if (/pre-existing shared memory block/.test(reason)) {
      // Connections of a server that was killed end when they notice, which takes a moment.
      await pause(250);
    } else break;
  }
  throw new Error(`PostgreSQL does not start. ${options.cluster.logFile} says:\n${reason}`);
}

type Outcome = { kind: "ready"; server: ServerProcess } | { kind: "ended"; reason: string };

async function tryToStart(options: ServerOptions, port: number): Promise<Outcome> {
  const { cluster } = options;
  const saidBefore = sizeOf(cluster.logFile);
  const child = launch(options, port);
  const ended = new Promise<void>((resolve, reject) => {
    child.once("exit", () => resolve());
    child.once("error", reject);
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const failed = ended.then(() => false);
  while (!isReady(cluster, child)) {
    const goesOn = await Promise.race([failed, pause(15, true)]);
    if (!goesOn) return { kind: "ended", reason: textFrom(cluster.logFile, saidBefore) };
  }
  return { kind: "ready", server: { pid: child.pid ?? 0, port, ended, isRunning } };
}

function launch({ cluster, binaries, account, settings }: ServerOptions, port: number): ChildProcess {
  const log = fs.openSync(cluster.logFile, "a", 0o600);
  const set = Object.entries({ ...settings, port: `${port}` }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  try {
    const child = spawn(binaries.postgres, ["-D", cluster.folderForServer, ...set], {
      cwd: cluster.folder,
      env: environmentOfServer(),
      stdio: ["ignore", log, log],
      // In a group of its own: Ctrl-C is for us, and the server ends when its users have ended.
      detached: true,
      ...account,
    });
    child.unref();
    return child;
  } finally {
    fs.closeSync(log);
  }
}

/** The server writes its state into the last line of its pid file. */
function isReady(cluster: Cluster, child: ChildProcess): boolean {
  // A server that does not start takes its file away again, at any moment.
  const lines = readOr(path.join(cluster.folder, "postmaster.pid"), "").split("\n");
  return Number(lines[0]) === child.pid && lines[7]?.trim() === "ready";
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function textFrom(file: string, start: number): string {
  return fs.readFileSync(file).subarray(start).toString("utf8").trim();
}
