// Makes bench/tokens/session.jsonl, the session of a real change, out of this repository's history: `node bench/tokens/record-session.mjs [COMMIT]`.
// Files are read as they were before the commit, edits are the commit's, outputs of tests are those of runs before and after it (`recorded/`).
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
/** Orders ask inventory-service for all prices in one call: code, tests, a contract and documents of two services. */
const commit = process.argv[2] ?? "2364ac3";
const shop = "examples/ecommerce-platform";
const service = `${shop}/services/order-service`;
/** Lines that an agent reads again around those it edits, once a new session holds only the summary. */
const AROUND = 10;

/** @typedef {"test" | "document" | "code"} Kind */
/** @typedef {{ path: string, kind: Kind, before: string | undefined, hunks: readonly Hunk[] }} Change */
/** @typedef {{ from: number, to: number, lines: readonly string[] }} Hunk Lines of the file before, and the hunk's own. */

/** @type {object[]} */
const records = [];
const changes = changedFiles();

record("session_meta", {
  id: "00000000-0000-4000-8000-0000002364ac",
  cwd: "/home/ada/shop",
  originator: "codex_cli",
  cli_version: "recorded",
});
prompt(
  `${git("log", "-1", "--format=%s", commit)
    .trim()
    .replace(/^\w+: /, "")}. Look first, change nothing.`,
);
const names = exportedNames();
run("look", `git grep -n -w -E '${names.join("|")}' -- ${shop}`, searchFor(names));
for (const [path, text] of filesToRead()) run("look", `cat ${path}`, text);

prompt("Go on, tests first.");
edit("test");
run("test", testCommand(), readFileSync(join(here, "recorded/tests-red.txt"), "utf8"), 1);
edit("code");
run("test", testCommand(), readFileSync(join(here, "recorded/tests-green.txt"), "utf8"));
run("test", `npx biome check ${service}`, readFileSync(join(here, "recorded/lint.txt"), "utf8"));

prompt("Now what the documents say of it.");
edit("document");
run("check", "git diff --stat", git("show", "--format=", "--stat=100", commit));

writeFileSync(join(here, "session.jsonl"), records.map((one) => `${JSON.stringify(one)}\n`).join(""));

/** @param {string} type @param {object} payload */
function record(type, payload) {
  records.push({ timestamp: "2026-11-26T03:37:45.000Z", type, payload });
}

/** A new turn begins with what the user says. @param {string} text */
function prompt(text) {
  record("turn_context", { cwd: "/home/ada/shop", model: "gpt-5-codex" });
  record("response_item", { type: "message", role: "user", content: [{ type: "input_text", text }] });
}

/** A command with what it printed. @param {string} purpose @param {string} cmd @param {string} output @param {number} [code] */
function run(purpose, cmd, output, code = 0) {
  const call_id = `${purpose}-${records.length}`;
  record("response_item", {
    type: "function_call",
    name: "exec_command",
    arguments: JSON.stringify({ cmd }),
    call_id,
  });
  record("response_item", {
    type: "function_call_output",
    call_id,
    output: `Process exited with code ${code}\nOutput:\n${output}`,
  });
}

/** All edits of one kind, each after the lines around it were read again. @param {Kind} kind */
function edit(kind) {
  for (const change of changes.filter((one) => one.kind === kind)) {
    for (const [from, to] of linesAround(change))
      run("again", `sed -n '${from},${to}p' ${change.path}`, slice(change.before ?? "", from, to));
    const call_id = `edit-${records.length}`;
    record("response_item", { type: "custom_tool_call", name: "apply_patch", call_id, input: patch(change) });
    record("response_item", {
      type: "custom_tool_call_output",
      call_id,
      output: `Success. Updated the following files:\n${change.before === undefined ? "A" : "M"} ${change.path}\n`,
    });
  }
}

/** @param {Change} change @returns {[number, number][]} */
function linesAround({ before, hunks }) {
  if (before === undefined) return [];
  /** @type {[number, number][]} */
  const ranges = [];
  for (const { from, to } of hunks) {
    const last = ranges.at(-1);
    const start = Math.max(1, from - AROUND);
    if (last && start <= last[1] + 1) last[1] = to + AROUND;
    else ranges.push([start, to + AROUND]);
  }
  return ranges;
}

/** @param {string} text @param {number} from @param {number} to */
function slice(text, from, to) {
  return `${text
    .split("\n")
    .slice(from - 1, to)
    .join("\n")}\n`;
}

/** @param {Change} change */
function patch({ path, before, hunks }) {
  const head = `*** ${before === undefined ? "Add" : "Update"} File: ${path}`;
  const body = hunks.flatMap(({ lines }) => (before === undefined ? lines : ["@@", ...lines]));
  return ["*** Begin Patch", head, ...body, "*** End Patch", ""].join("\n");
}

/** @returns {Change[]} */
function changedFiles() {
  return git("show", "--format=", "--name-only", commit)
    .trim()
    .split("\n")
    .map((path) => ({ path, kind: kindOf(path), before: textBefore(path), hunks: hunksOf(path) }));
}

/** @param {string} path @returns {Kind} */
function kindOf(path) {
  if (path.endsWith(".md")) return "document";
  return /\/tests?\//.test(path) ? "test" : "code";
}

/** @param {string} path @returns {Hunk[]} */
function hunksOf(path) {
  const [, ...hunks] = git("show", "--format=", "-U3", commit, "--", path).split(/^(?=@@ )/m);
  return hunks.map((hunk) => {
    const [, start = "1", count = "1"] = /^@@ -(\d+)(?:,(\d+))?/.exec(hunk) ?? [];
    const from = Number(start);
    return { from, to: from + Number(count) - 1, lines: hunk.trimEnd().split("\n").slice(1) };
  });
}

/**
 * What is read before anything is changed: each file that the commit changes, and what these import from within order-service. Specs and
 * contracts are not among them: they are counted as documents, once.
 * @returns {Map<string, string>}
 */
function filesToRead() {
  const read = new Map();
  const take = (/** @type {string} */ path) => {
    const text = textBefore(path);
    if (text !== undefined && !/\/contracts\/.*\.(?:yaml|json)$|\/spec\.md$|ARCHITECTURE\.md$/.test(path))
      read.set(path, text);
  };
  for (const { path } of changes) take(path);
  for (const { path, before } of changes.filter((change) => change.path.startsWith(service)))
    for (const [, specifier = ""] of (before ?? "").matchAll(/from "(\.[^"]+)"/g))
      take(posix.join(posix.dirname(path), specifier));
  return read;
}

/** What the changed code of order-service exports. */
function exportedNames() {
  return changes
    .filter(({ path, kind }) => kind === "code" && path.startsWith(service))
    .flatMap(({ before }) => [...(before ?? "").matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)])
    .map(([, name = ""]) => name);
}

/** @param {readonly string[]} words */
function searchFor(words) {
  return git("grep", "-n", "-w", "-E", words.join("|"), `${commit}^`, "--", shop).replaceAll(
    `${commit}^:`,
    "",
  );
}

function testCommand() {
  const tests = changes.filter(({ path }) => path.startsWith(service) && path.endsWith(".test.ts"));
  return `npx vitest run --project platform ${tests.map(({ path }) => path).join(" ")}`;
}

/** @param {string} path */
function textBefore(path) {
  try {
    return git("show", `${commit}^:${path}`);
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} args */
function git(...args) {
  return execFileSync("git", args, {
    cwd: join(here, "../.."),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}
