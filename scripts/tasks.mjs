// What each npm script does. `node scripts/run.mjs NAME` runs one.
import { check } from "./check.mjs";
import { deployFiles } from "./deploy-files.mjs";
import { mainJob } from "./main-job.mjs";
import { newFleet } from "./new-fleet.mjs";
import { endChildrenWithUs, ProgramFailed, run, tool } from "./programs.mjs";
import { build, generate, install } from "./set-up.mjs";

/** @typedef {(args: readonly string[]) => Promise<number>} Task Arguments in, exit code out. */

/** @type {Record<string, Task>} */
const tasks = {
  async start(args) {
    await toolkitReady();
    return mainJob(args);
  },
  async platform(args) {
    await readyToRun();
    return show([`${platform}/start.js`, ...args], { patience: 15_000 });
  },
  async dlq(args) {
    await readyToRun();
    return show([`${platform}/dlq.js`, ...args]);
  },
  async faults(args) {
    await readyToRun();
    return show([`${platform}/faults.js`, ...args], { patience: 15_000 });
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
    // Tests and measurements see the packages as they are built.
    await readyToRun();
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
    for (const { command } of deployFiles) await show([...command, ...args]);
    return code || show(["scripts/picture.mjs", ...args]);
  },
  async "new-fleet"(args) {
    await readyToRun();
    return newFleet(args);
  },
  async fuzz(args) {
    await install();
    await generate();
    return show([tool("tsx"), "packages/speckit/scripts/fuzz.ts", ...args]);
  },
  async "bench:platform"(args) {
    await readyToRun();
    return show(["bench/platform/run.mjs", ...args], { patience: 15_000 });
  },
  async "bench:search"(args) {
    await readyToRun();
    return show([tool("tsx"), "bench/search/run.mjs", ...args], { patience: 15_000 });
  },
  async "bench:tokens"(args) {
    await readyToRun();
    return show([tool("tsx"), "bench/tokens/run.mjs", ...args], { patience: 15_000 });
  },
  async bench(args) {
    await readyToRun();
    return show(["bench/run.mjs", ...args]);
  },
};

const platform = "examples/ecommerce-platform/platform/dist";

async function readyToRun() {
  await install();
  await build();
}

async function toolkitReady() {
  await install();
  await build({ only: "packages/speckit" });
}

/**
 * @param {readonly string[]} command
 * @param {{ patience?: number }} [options]
 */
async function show(command, options) {
  return (await run(command, { show: true, ...options })).code;
}

/**
 * Runs one task to its end and sets the exit code of this process.
 * @param {string | undefined} name
 * @param {readonly string[]} args
 */
export async function runTask(name = "", args) {
  endChildrenWithUs(name);
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
