import { type ChildProcess, spawnSync } from "node:child_process";

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ends a program that was started with a process group of its own: with a kind word first, or at once. It never outlives this process, unless this one is
 * killed. `graceMs`: how long it has to end by itself.
 */
export function endingOf(
  child: ChildProcess,
  graceMs: number,
): { readonly stop: () => void; readonly end: () => void } {
  let grace: NodeJS.Timeout | undefined;
  const kill = () => endGroup(child, "SIGKILL");
  process.once("exit", kill);
  return {
    stop: () => {
      endGroup(child, "SIGTERM");
      grace = setTimeout(kill, graceMs);
      // Who presses Ctrl-C again does not want to wait for it, nor to leave it behind.
      for (const signal of interruptions) process.once(signal, kill);
    },
    end: () => {
      clearTimeout(grace);
      process.off("exit", kill);
      for (const signal of interruptions) process.off(signal, kill);
      // Whatever it left running holds nothing that anybody waits for.
      kill();
    },
  };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    else process.kill(-child.pid, signal);
  } catch {
    // Nothing of it runs any more.
  }
}
