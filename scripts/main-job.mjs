// What `npm start` shows: the example platform is read, judged and catalogued, and then a change is made that breaks somebody.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustRun, root, run } from "./programs.mjs";
import { colorsOf, seconds } from "./progress.mjs";

const speckit = join(root, "packages/speckit/bin/speckit.js");
const example = join(root, "examples/ecommerce-platform");

const { bold, dim } = colorsOf(process.stdout);

/**
 * A command line of speckit, what it is for, and how it must end.
 * @typedef {{ title: string, command: string, exitCode: number }} Step
 */

/** @type {readonly Step[]} */
const look = [
  { title: "The services that are found", command: "", exitCode: 0 },
  { title: "Specifications, plans and task lists", command: "validate --all", exitCode: 0 },
  { title: "Contracts, alone and against each other", command: "validate-contracts --all", exitCode: 0 },
  { title: "The catalog of all services", command: "service-catalog", exitCode: 0 },
];

/** @type {Step} */
export const breakingChange = {
  title: "A change: user-service now insists on 'imageFormat' (on a scratch copy)",
  command: "validate-contracts --service=user-service --breaking-changes-only --compare-with HEAD",
  exitCode: 1,
};

/**
 * Runs the steps one after the other. Exit code 0 when each ended as it must.
 * @param {readonly string[]} args `--once` changes nothing: once is what there is.
 */
export async function mainJob(args) {
  const unknown = args.filter((arg) => arg !== "--once");
  if (unknown.length > 0) {
    console.error(`npm start takes no ${unknown.join(" ")}. It takes --once.`);
    return 2;
  }
  const started = performance.now();
  /** @type {string[]} */
  const surprises = [];
  for (const [index, step] of look.entries()) surprises.push(...(await show(index + 1, step, example)));
  surprises.push(...(await show(look.length + 1, breakingChange, await scratchCopy())));
  for (const surprise of surprises) console.error(surprise);
  console.log(
    `${dim(`All of it took ${seconds(performance.now() - started)}.`)} The tour goes on in README.md.`,
  );
  return surprises.length === 0 ? 0 : 1;
}

/**
 * @param {number} number
 * @param {Step} step
 * @param {string} cwd
 * @returns {Promise<string[]>} What was not as it must be.
 */
async function show(number, { title, command, exitCode }, cwd) {
  console.log(`${bold(`${number}. ${title}`)}\n${dim(commandLine(command))}\n`);
  const started = performance.now();
  const { code } = await run([speckit, ...wordsOf(command)], { cwd, show: true });
  console.log(dim(`\n   ${seconds(performance.now() - started)}\n`));
  return code === exitCode
    ? []
    : [`'speckit ${command}' ended with ${code}; it should end with ${exitCode}.`];
}

/**
 * A command as one types it, on as many lines as 80 columns take.
 * @param {string} command
 */
export function commandLine(command) {
  const lines = ["$ speckit"];
  for (const word of wordsOf(command)) {
    const line = `${lines.pop()} ${word}`;
    if (line.length < 78) lines.push(line);
    else lines.push(`${line.slice(0, -word.length)}\\`, `    ${word}`);
  }
  return lines.join("\n");
}

/** A copy of the example as a git repository of its own, in which the contract of user-service was changed after the commit. */
export async function scratchCopy() {
  const folder = mkdtempSync(join(tmpdir(), "speckit-start-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  cpSync(example, folder, {
    recursive: true,
    filter: (file) => !/[\\/](?:\.speckit|node_modules)$/.test(file),
  });
  const author = [
    "-c",
    "user.name=speckit",
    "-c",
    "user.email=speckit@example.com",
    "-c",
    "commit.gpgsign=false",
  ];
  await mustRun(["git", "init", "--quiet"], { cwd: folder });
  await mustRun(["git", "add", "--all"], { cwd: folder });
  await mustRun(["git", ...author, "commit", "--quiet", "--no-verify", "--message=Before"], { cwd: folder });
  const contract = join(folder, "services/user-service/contracts/api-spec.yaml");
  writeFileSync(contract, requireImageFormat(readFileSync(contract, "utf8")));
  return folder;
}

/**
 * Adds `imageFormat` to what the upload of an avatar requires.
 * @param {string} contract
 */
function requireImageFormat(contract) {
  const changed = contract.replace(
    /(\n {4}AvatarUpload:\n.*?\n {6}required: \[)([^\]]+)\]/s,
    "$1$2, imageFormat]",
  );
  if (changed === contract)
    throw new Error("The contract of user-service says nowhere what AvatarUpload requires.");
  return changed;
}

/** @param {string} command */
function wordsOf(command) {
  return command.split(" ").filter((word) => word !== "");
}
