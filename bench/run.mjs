// Measures the toolkit and writes what it found into docs/explanation/performance.md: `npm run bench [-- --services 10,100] [-- --no-peers]`.
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mustRun } from "../scripts/programs.mjs";
import { step } from "../scripts/progress.mjs";
import { writeFleet } from "./fleet.mjs";
import { measureLarge } from "./large.mjs";
import { peakMemory, timeInTurns } from "./measure.mjs";
import { comparePeers } from "./peers.mjs";
import { plot } from "./plot.mjs";
import { writeSection } from "./write-section.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = join(root, "docs/explanation/performance.md");
const picture = join(root, "docs/explanation/performance.svg");
const speckit = join(root, "packages/speckit/bin/speckit.js");

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "10,100,1000,10000" },
    rounds: { type: "string", default: "7" },
    peers: { type: "boolean", default: true },
    write: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);

const sections = [
  startUp(),
  await fleets(values.services.split(",").map(Number)),
  ...(values.peers
    ? [
        await step("a real pair of contracts, beside oasdiff", () => comparePeers(speckit, 3)),
        await step("large contracts, beside Redocly and Spectral", () => measureLarge(speckit, 3)),
      ]
    : []),
];
const report = [conditions(), ...sections].join("\n\n");
console.log(`\n${report}`);
if (values.write) writeSection(page, "measured", "bench", report);

function conditions() {
  const engine = `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${cpus().length} cores`;
  return `Measured with ${engine}. Each figure is the median of ${rounds} runs of the whole command, from its start to its end.`;
}

/** How long until the command line answers at all. */
function startUp() {
  const node = process.execPath;
  const [empty = 0, version = 0, help = 0] = timeInTurns(
    [
      { program: node, args: ["-e", "0"] },
      { program: node, args: [speckit, "--version"] },
      { program: node, args: [speckit, "--help"] },
    ],
    rounds * 3,
  );
  return table(
    ["start-up", "ms", "× `node -e 0`"],
    [
      ["`node -e 0`", milliseconds(empty), "1.00"],
      ["`speckit --version`", milliseconds(version), (version / empty).toFixed(2)],
      ["`speckit --help`", milliseconds(help), (help / empty).toFixed(2)],
    ],
  );
}

/** @param {readonly number[]} sizes */
async function fleets(sizes) {
  /** @type {{ size: number, rows: [string, string][] }[]} */
  const columns = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "speckit-bench-"));
    try {
      columns.push(await step(`a fleet of ${size} services`, () => fleet(folder, size)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (values.write && sizes.length > 1) writeFileSync(picture, plot(sizes, linesOf(columns)));
  const names = columns[0]?.rows.map(([name]) => name) ?? [];
  return table(
    ["", ...columns.map(({ size }) => `${size.toLocaleString("en")} services`)],
    names.map((name, row) => [name, ...columns.map(({ rows }) => rows[row]?.[1] ?? "")]),
  );
}

/** The rows of times as numbers. @param {readonly { rows: readonly [string, string][] }[]} columns */
function linesOf(columns) {
  return (columns[0]?.rows ?? []).flatMap(([name, first], row) =>
    first.endsWith(" ms")
      ? [
          {
            name: name.replaceAll("`", "").replace(" --all", ""),
            times: columns.map(({ rows }) => Number.parseFloat(rows[row]?.[1] ?? "")),
          },
        ]
      : [],
  );
}

/**
 * @param {string} folder
 * @param {number} size
 */
async function fleet(folder, size) {
  writeFleet(folder, size);
  await commitAll(folder);
  const home = join(folder, "services/amber-ticket-service");
  return {
    size,
    rows: [
      ...(await inThreeStates("validate-contracts --all", folder, join(home, "contracts/api-spec.yaml"))),
      ...(await inThreeStates("validate --all", folder, join(home, "specs/001-tickets/spec.md"))),
    ],
  };
}

/**
 * Times a command without a cache, with one, and with one when a file has changed since.
 * @param {string} command
 * @param {string} folder
 * @param {string} changing
 * @returns {Promise<[string, string][]>}
 */
async function inThreeStates(command, folder, changing) {
  const run = { program: process.execPath, args: [speckit, ...command.split(" ")], cwd: folder };
  const forget = () => rmSync(join(folder, ".speckit"), { recursive: true, force: true });
  const change = () => appendFileSync(changing, "\n");
  const cold = { ...run, before: forget };
  const [coldTime = 0] = timeInTurns([cold], rounds);
  const [warmTime = 0] = timeInTurns([run], rounds);
  const warmMemory = await peakMemory(run);
  const [changedTime = 0] = timeInTurns([{ ...run, before: change }], rounds);
  return [
    [`\`${command}\`, first time`, `${milliseconds(coldTime)} ms`],
    [`\`${command}\`, nothing changed`, `${milliseconds(warmTime)} ms`],
    [`\`${command}\`, one file changed`, `${milliseconds(changedTime)} ms`],
    ["memory at most, first time", megabytes(await peakMemory(cold))],
    ["memory at most, nothing changed", megabytes(warmMemory)],
  ];
}

/** @param {string} folder */
async function commitAll(folder) {
  const author = [
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  await mustRun(["git", "init", "--quiet", "--initial-branch=main"], { cwd: folder });
  await mustRun(["git", "add", "--all"], { cwd: folder });
  await mustRun(["git", ...author, "commit", "--quiet", "--no-verify", "--message=Fleet"], { cwd: folder });
}

/** @param {number} value */
function milliseconds(value) {
  return value.toFixed(0);
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return bytes === undefined ? "–" : `${(bytes / 1e6).toFixed(0)} MB`;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}
