// Whether npm, which started us, is still there.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const EVERY_MS = 300;
const FARTHEST_NPM = 6;

/** @typedef {{ pid: number, parent: number, name: string }} Ancestor */

/**
 * Calls `work` once when npm, which started us, has ended without telling us: npm that is told to end, or is killed, ends its shell at most, and
 * whoever did that means what it runs. Started by hand we may well outlive the shell.
 * @param {() => void} work
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function whenOrphaned(work, environment = process.env) {
  if (environment.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const line = lineUpToNpm();
  const watch = setInterval(() => {
    if (line.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(watch);
    work();
  }, EVERY_MS);
  watch.unref();
}

/** We, our parent, its parent, and so on: those whose parents stand between us and npm, or are npm. */
function lineUpToNpm() {
  /** @type {Ancestor[]} */
  const line = [];
  for (let pid = process.pid; line.length < FARTHEST_NPM; ) {
    const found = ancestor(pid);
    if (!found || found.parent <= 1) break;
    if (line.length > 0 && /^(npm|node_modules\/npm|yarn|pnpm)\b/.test(found.name)) return line;
    line.push(found);
    pid = found.parent;
  }
  // No npm to be seen: only whether we ourselves are left alone can be told.
  return line.slice(0, 1);
}

/** @param {number} pid */
function parentOf(pid) {
  return pid === process.pid ? process.ppid : ancestor(pid)?.parent;
}

/**
 * @param {number} pid
 * @returns {Ancestor | undefined}
 */
function ancestor(pid) {
  try {
    if (process.platform === "linux") {
      // proc(5): pid (name) state ppid …; a name may hold parentheses itself.
      const [, name = "", parent] =
        /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      return { pid, name, parent: Number(parent) };
    }
    const text = execFileSync("ps", ["-o", "ppid=,comm=", "-p", `${pid}`], { encoding: "utf8" });
    const [parent = "", ...name] = text.trim().split(/\s+/);
    return { pid, name: name.join(" "), parent: Number(parent) };
  } catch {
    return undefined;
  }
}
