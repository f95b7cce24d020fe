import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readOr } from "./read-or.ts";

/**
 * Ends the server that an earlier run left behind on `cluster`, when there is one: our own process may have been killed, PostgreSQL goes on then.
 * The number in `postmaster.pid` may belong to somebody else by now, so it is ended only when it is a server of this very folder.
 */
export async function endLeftoverServer(cluster: string, pgCtl: string): Promise<void> {
  const pid = readPid(cluster);
  if (pid === undefined) return;
  if (isServerOf(pid, cluster)) {
    await endServer(pid, { isRunning: () => isServerOf(pid, cluster), cluster, pgCtl });
  }
  takeOverNumber(cluster);
}

// PostgreSQL refuses to start while the number in the file belongs to any process, be it a bystander's or of a server that has ended and that
// nobody has waited for. Its parent's number does not keep it from starting, and the rest of the file still lets it find connections that
// outlived the server.
function takeOverNumber(cluster: string): void {
  const file = path.join(cluster, "postmaster.pid");
  const text = readOr(file, "");
  if (text !== "" && process.platform !== "win32")
    fs.writeFileSync(file, text.replace(/^\d+/, `${process.pid}`));
}

export interface EndOptions {
  isRunning(): boolean;
  readonly cluster: string;
  readonly pgCtl: string;
}

/** Ends a server by its process id: in order within 5 s, else at once (its next start repairs what that leaves). */
export async function endServer(pid: number, { isRunning, cluster, pgCtl }: EndOptions): Promise<void> {
  for (const [signal, limitMs] of [
    ["SIGINT", 5000],
    ["SIGQUIT", 2000],
    ["SIGKILL", 2000],
  ] as const) {
    signalServer(pid, signal, { cluster, pgCtl });
    if (await ends(isRunning, limitMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end.`);
}

/** Sends a signal to a server: SIGINT ends it in order, SIGQUIT at once. No error when it is gone. */
export function signalServer(
  pid: number,
  signal: "SIGINT" | "SIGQUIT" | "SIGKILL",
  { cluster, pgCtl }: { cluster: string; pgCtl: string },
): void {
  try {
    if (process.platform === "win32" && signal !== "SIGKILL") {
      // Windows knows no signals; PostgreSQL brings its own.
      execFileSync(pgCtl, ["stop", "-D", cluster, "-W", "-m", signal === "SIGINT" ? "fast" : "immediate"], {
        stdio: "ignore",
      });
    } else {
      process.kill(pid, signal);
    }
  } catch {
    // Gone already.
  }
}

/** Whether a process runs; one that nobody has waited for yet does not. */
export function isAlive(pid: number): boolean {
  // To a signal, zero and less mean groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return process.platform !== "linux" || !/^State:\s+Z/m.test(readOr(`/proc/${pid}/status`, ""));
}

/** When a process began, in whatever words its system has for that; the same for all where it says nothing. */
export function beginningOf(pid: number): string {
  if (process.platform === "win32") return "";
  if (process.platform !== "linux")
    return output("ps", ["-o", "lstart=", "-p", `${pid}`])
      .trim()
      .replaceAll(/\s+/g, "_");
  // Field 22 of proc(5), counted from behind the name, which may hold anything and ends with the last parenthesis.
  return readOr(`/proc/${pid}/stat`, "").split(") ").at(-1)?.split(" ")[19] ?? "";
}

async function ends(isRunning: () => boolean, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (isRunning()) {
    if (performance.now() > until) return false;
    await pause(20);
  }
  return true;
}

function readPid(cluster: string): number | undefined {
  const pid = Number.parseInt(readOr(path.join(cluster, "postmaster.pid"), ""), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") {
    // A server works inside its data folder.
    return (
      linkOr(`/proc/${pid}/cwd`) === fs.realpathSync(cluster) &&
      readOr(`/proc/${pid}/cmdline`, "").includes("postgres")
    );
  }
  const command =
    process.platform === "win32" ? windowsCommand(pid) : output("ps", ["-o", "command=", "-p", `${pid}`]);
  return command.includes("postgres") && (process.platform === "win32" || command.includes(cluster));
}

function windowsCommand(pid: number): string {
  return output("tasklist", ["/FI", `PID eq ${pid}`, "/NH"]);
}

function output(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}

function linkOr(file: string): string | undefined {
  try {
    return fs.readlinkSync(file);
  } catch {
    return undefined;
  }
}
