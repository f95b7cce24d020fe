// `npm run check`: everything that can be said about the code without running it.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { deployFiles } from "./deploy-files.mjs";
import { mustRun, ProgramFailed, root, tool } from "./programs.mjs";
import { step } from "./progress.mjs";
import { build } from "./set-up.mjs";

/** @type {readonly { title: string, run: () => Promise<unknown> }[]} */
const checks = [
  { title: "types of the toolkit", run: () => types("packages/speckit") },
  { title: "types of the MCP server", run: () => types("packages/mcp") },
  { title: "types of service-kit", run: () => types("packages/service-kit") },
  { title: "types of the platform", run: typesOfThePlatform },
  { title: "types of the scripts", run: () => types(".") },
  { title: "lint and format", run: () => mustRun([tool("@biomejs/biome", "biome"), "check", "."]) },
  { title: "layer boundaries", run: layerBoundaries },
  { title: "unused code", run: () => mustRun([tool("knip")]) },
  {
    title: "generated pages are current",
    run: () => mustRun([tool("tsx"), "packages/speckit/scripts/write-docs.ts", "--check"]),
  },
  { title: "the picture in README.md is current", run: pictureIsCurrent },
  { title: "quick-refs and ai-docs of the platform are current", run: platformDocuments },
  ...deployFiles.map(({ title, command }) => ({
    title: `${title} are current`,
    run: () => mustRun([...command, "--check"]),
  })),
];

/** @param {string} folder */
function types(folder) {
  return mustRun([tool("typescript", "tsc"), "-p", folder]);
}

async function typesOfThePlatform() {
  const example = "examples/ecommerce-platform";
  const services = readdirSync(join(root, example, "services")).map((name) => `services/${name}`);
  for (const folder of [...services, "gateway", "platform", "journeys", "deploy"])
    await types(`${example}/${folder}`);
}

async function pictureIsCurrent() {
  await build({ progress: async (_, work) => work() });
  await mustRun(["scripts/picture.mjs", "--check"]);
}

/** Asks the toolkit that the check before has built. They are brought up to date with `speckit document --update` in that folder. */
function platformDocuments() {
  const speckit = "packages/speckit/bin/speckit.js";
  return mustRun([speckit, "document", "--all", "--check", "--cwd", "examples/ecommerce-platform"]);
}

/** The boundaries hold, and there was something to hold them against: a parser that fails to load leaves no modules and no violations. */
async function layerBoundaries() {
  const cruise = [tool("dependency-cruiser", "depcruise"), "packages", "examples"];
  const output = await mustRun(cruise);
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  if (modules < 50)
    throw new ProgramFailed("dependency-cruiser", 0, `${output}\nOnly ${modules} modules were looked at.`);
}

/** Runs all checks, the rest too when one fails; says at the end what failed and why. */
export async function check() {
  /** @type {{ title: string, output: string }[]} */
  const failures = [];
  for (const { title, run } of checks) {
    try {
      await step(title, run);
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      failures.push({ title, output: error.output });
    }
  }
  for (const { title, output } of failures) console.error(`\n${title}:\n\n${output.trim()}`);
  return failures.length === 0 ? 0 : 1;
}
