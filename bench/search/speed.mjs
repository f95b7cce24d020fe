// How long the command takes in a repository of 5,000 files, from its start to its end.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mustRun } from "../../scripts/programs.mjs";
import { step } from "../../scripts/progress.mjs";
import { timeInTurns } from "../measure.mjs";
import { table } from "./report.mjs";
import { repositories, root } from "./repositories.mjs";

const FILES = 5000;
const ROUNDS = 3;
const speckit = join(root, "packages/speckit/bin/speckit.js");

export async function speedTable() {
  const folder = mkdtempSync(join(tmpdir(), "speckit-search-"));
  try {
    const bytes = await step(`a repository of ${FILES} files`, () => write(folder));
    return await step("find in it", async () => measure(folder, bytes));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sources and documentation of real packages, side by side. @param {string} folder */
async function write(folder) {
  const files = repositories()
    .flatMap(({ name, texts }) =>
      [...texts].map(([file, text]) => ({ file: `${name.replace("/", "-")}/${file}`, text })),
    )
    .filter(({ file }) => !/\.speckit\.config\.json$/.test(file))
    .slice(0, FILES);
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const author = [
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  await mustRun(["git", "init", "--quiet", "--initial-branch=main"], { cwd: folder });
  await mustRun(["git", "add", "--all", "--force"], { cwd: folder });
  await mustRun(["git", ...author, "commit", "--quiet", "--no-verify", "--message=Files"], { cwd: folder });
  return files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
}

/** @param {string} folder @param {number} bytes */
function measure(folder, bytes) {
  const find = { program: process.execPath, args: [speckit, "find", "connection pool timeout"], cwd: folder };
  const forget = () => rmSync(join(folder, ".speckit"), { recursive: true, force: true });
  const change = () => appendFileSync(join(folder, "pino/README.md"), "\n");
  const [first = 0] = timeInTurns([{ ...find, before: forget }], 1);
  timeInTurns([find], 2);
  const count = { program: "git", args: ["grep", "-c", "-i", "-E", "connection|pool|timeout"], cwd: folder };
  const [empty = 0, later = 0, counting = 0] = timeInTurns(
    [{ program: process.execPath, args: ["-e", "0"] }, find, count],
    ROUNDS * 3,
  );
  const [changed = 0] = timeInTurns([{ ...find, before: change }], ROUNDS);
  const row = (/** @type {string} */ name, /** @type {number} */ time) => [
    name,
    time.toFixed(0),
    (time / empty).toFixed(1),
  ];
  return `${table(
    [`${FILES.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(0)} MB`, "ms", "× `node -e 0`"],
    [
      row("`node -e 0`", empty),
      row("`speckit find`, first time", first),
      row("`speckit find`, nothing changed", later),
      row("`speckit find`, one file changed", changed),
      row("`git grep -c` for the same words", counting),
    ],
  )}

Node ${process.versions.node}, ${cpus().length} cores; medians of whole commands that take turns, from start to end. Load average at the end: ${loadavg()[0]?.toFixed(0)}; on a busy machine only the ratios count.`;
}
