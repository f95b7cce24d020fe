// Running a command many times, and what it cost.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * @typedef {{ program: string, args: readonly string[], cwd?: string, before?: (() => void) | undefined }} Command
 * `before` runs ahead of each time and is not counted.
 */

/**
 * Milliseconds from start to end of a command, once.
 * @param {Command} command
 */
export function time({ program, args, cwd, before }) {
  before?.();
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 30,
  });
  const took = performance.now() - started;
  // 1 says that there were findings, or changes: that is an answer.
  if (status !== 0 && status !== 1)
    throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return took;
}

/**
 * Medians of several commands that take turns, so that whatever else the machine does hits them all.
 * @param {readonly Command[]} commands
 * @param {number} rounds
 */
export function timeInTurns(commands, rounds) {
  /** @type {number[][]} */
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) times[index]?.push(time(command));
  }
  return times.map(median);
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return /** @type {number} */ (sorted[Math.floor(sorted.length / 2)]);
}

/**
 * Most memory that a command had at once, in bytes, as Linux counts it; undefined elsewhere.
 * @param {Command} command
 * @returns {Promise<number | undefined>}
 */
export async function peakMemory({ program, args, cwd, before }) {
  before?.();
  const child = spawn(program, args, { cwd, stdio: ["ignore", "ignore", "ignore"] });
  /** @type {number | undefined} */
  let peak;
  const look = setInterval(() => {
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
      if (kilobytes !== undefined) peak = Number(kilobytes) * 1024;
    } catch {
      // Ended, or no Linux.
    }
  }, 5);
  await new Promise((resolve) => child.on("close", resolve));
  clearInterval(look);
  return peak;
}

/**
 * A table of commands that take turns: time, how that compares with the first of them, and memory.
 * @param {string} title
 * @param {readonly (Command & { name: string })[]} commands
 * @param {number} rounds
 */
export async function besideTheFirst(title, commands, rounds) {
  const times = timeInTurns(commands, rounds);
  const rows = [];
  for (const [index, command] of commands.entries()) {
    const took = times[index] ?? 0;
    const memory = await peakMemory(command);
    const megabytes = memory === undefined ? "–" : `${(memory / 1e6).toFixed(0)} MB`;
    rows.push(
      `| ${command.name} | ${(took / 1000).toFixed(2)} s | ${(took / (times[0] ?? 1)).toFixed(2)} | ${megabytes} |`,
    );
  }
  return [`| ${title} | time | × the first | memory at most |`, "| --- | ---: | ---: | ---: |", ...rows].join(
    "\n",
  );
}
