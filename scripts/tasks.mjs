// What each npm script does. `node scripts/run.mjs NAME` runs one.
import { check } from "./check.mjs";
import { mainJob } from "./main-job.mjs";
import { endChildrenWithUs, ProgramFailed, run, tool } from "./programs.mjs";
import { build, generate, install } from "./set-up.mjs";

/** @typedef {(args: readonly string[]) => Promise<number>} Task Arguments in, exit code out. */

/** @type {Record<string, Task>} */
const tasks = {
  async start(args) {
    await readyToRun();
    return mainJob(args);
  },
  async test(args) {
    await readyToRun();
    return show([tool("vitest"), "run", ...args]);
  },
  async build() {
    await install();
    await build({ always: true });
    return 0;
  },
  async check() {
    await install();
    await generate();
    return check();
  },
  async lint(args) {
    await install();
    return show([tool("@biomejs/biome", "biome"), "check", ...args]);
  },
  async format(args) {
    await install();
    return show([tool("@biomejs/biome", "biome"), "check", "--write", ...args]);
  },
  async docs(args) {
    await install();
    await generate();
    const code = await show([tool("tsx"), "packages/speckit/scripts/write-docs.ts", ...args]);
    await build();
    return code || show(["scripts/picture.mjs", ...args]);
  },
  async fuzz(args) {
    await install();
    await generate();
    return show([tool("tsx"), "packages/speckit/scripts/fuzz.ts", ...args]);
  },
  async bench(args) {
    await readyToRun();
    return show(["bench/run.mjs", ...args]);
  },
};

async function readyToRun() {
  await install();
  await build();
}

/** @param {readonly string[]} command */
async function show(command) {
  return (await run(command, { show: true })).code;
}

/**
 * Runs one task to its end and sets the exit code of this process.
 * @param {string | undefined} name
 * @param {readonly string[]} args
 */
export async function runTask(name = "", args) {
  endChildrenWithUs();
  const task = tasks[name];
  if (!task) {
    console.error(`There is no task '${name}'. There are: ${Object.keys(tasks).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await task(args);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    console.error(`\n${error.output.trimEnd()}\n\n${error.message}`);
    process.exitCode = 1;
  }
}
