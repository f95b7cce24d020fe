import { execFileSync } from "node:child_process";
import fs from "node:fs";

const everyMs = 300;
const farthestNpm = 6;

interface Ancestor {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/**
 * Calls `work` once when npm, which started us, has ended without telling us: npm that is told to end, or is killed, ends its shell at most, and
 * whoever did that means the shop. Started by hand we may well outlive the shell.
 */
export function whenOrphaned(work: () => void, environment = process.env): void {
  if (environment.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const line = lineUpToNpm();
  const watch = setInterval(() => {
    if (line.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(watch);
    work();
  }, everyMs);
  watch.unref();
}

/** We, our parent, its parent, and so on: those whose parents stand between us and npm, or are npm. */
function lineUpToNpm(): Ancestor[] {
  const line: Ancestor[] = [];
  for (let pid = process.pid; line.length < farthestNpm; ) {
    const found = ancestor(pid);
    if (!found || found.parent <= 1) break;
    if (line.length > 0 && /^(npm|node_modules\/npm|yarn|pnpm)\b/.test(found.name)) return line;
    line.push(found);
    pid = found.parent;
  }
  // No npm to be seen: only whether we ourselves are left alone can be told.
  return line.slice(0, 1);
}

function parentOf(pid: number): number | undefined {
  return pid === process.pid ? process.ppid : ancestor(pid)?.parent;
}

function ancestor(pid: number): Ancestor | undefined {
  try {
    if (process.platform === "linux") {
      // proc(5): pid (name) state ppid …; a name may hold parentheses itself.
      const [, name = "", parent] =
        /\((.*)\) \S (\d+)/s.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      return { pid, name, parent: Number(parent) };
    }
    const [parent = "", ...name] = execFileSync("ps", ["-o", "ppid=,comm=", "-p", `${pid}`], {
      encoding: "utf8",
    })
      .trim()
      .split(/\s+/);
    return { pid, name: name.join(" "), parent: Number(parent) };
  } catch {
    return undefined;
  }
}
