// Draws docs/terminal.svg from what speckit really prints: `npm run docs`, or with `--check` says whether the picture is current.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { breakingChange, commandLine, scratchCopy } from "./main-job.mjs";
import { root, run } from "./programs.mjs";
import { terminalSvg } from "./terminal-svg.mjs";

/** What programs take a terminal for that is none. */
const COLUMNS = 80;
const file = join(root, "docs/terminal.svg");
const speckit = join(root, "packages/speckit/bin/speckit.js");

/** What a terminal shows of a change that breaks a consumer. */
async function draw() {
  const cwd = await scratchCopy();
  const { output } = await run([speckit, ...breakingChange.command.split(" ")], {
    cwd,
    env: { FORCE_COLOR: "1", NO_COLOR: "" },
  });
  return terminalSvg(`\u001b[2m${commandLine(breakingChange.command)}\u001b[22m\n\n${output}`, COLUMNS);
}

const picture = await draw();
if (!existsSync(file) || readFileSync(file, "utf8") !== picture) {
  if (process.argv.includes("--check")) {
    console.log("docs/terminal.svg is not current. Run `npm run docs` and commit what it writes.");
    process.exitCode = 1;
  } else {
    writeFileSync(file, picture);
    console.log("docs/terminal.svg is new.");
  }
}
