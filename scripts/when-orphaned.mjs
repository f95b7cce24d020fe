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
 * @param {{ script?: string | undefined, environment?: NodeJS.ProcessEnv }} [us] `script`: the name by which npm starts us.
 */
export function whenOrphaned(work, { script, environment = process.env } = {}) {
  const { npm_lifecycle_event: started, npm_config_user_agent: agent = "" } = environment;
  if (started === undefined || process.platform === "win32") return;
  const line = lineage();
  const end = line.findIndex(
    ({ name }, index) => index > 0 && /^(npm|node_modules\/npm|yarn|pnpm)\b/.test(name),
  );
  // Whatever a script starts has the script's name in its environment; by this name only we are started, and npm ended before we looked.
  const isLate = end < 0 && isWhole(line) && started === script && agent.startsWith("npm/");
  // Those whose parents stand between us and npm, or are npm. No npm to be seen: only whether we ourselves are left alone can be told.
  const links = line.slice(0, Math.max(end, 1));
  const watch = setInterval(() => {
    if (!isLate && links.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(watch);
    work();
  }, EVERY_MS);
  watch.unref();
}

/**
 * Whether npm would be in this line; elsewhere than on Linux it goes by the name of node.
 * @param {readonly Ancestor[]} line
 */
function isWhole(line) {
  return process.platform === "linux" && line.at(-1)?.parent === 0;
}

/** We, our parent, its parent, and so on. */
function lineage() {
  /** @type {Ancestor[]} */
  const line = [];
  for (let pid = process.pid; pid > 0 && line.length <= FARTHEST_NPM; ) {
    const found = ancestor(pid);
    if (!found) break;
    line.push(found);
    pid = found.parent;
  }
  return line;
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
