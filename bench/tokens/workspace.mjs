// Workspaces to measure in, and commands run in them: without processes, so that forty questions take seconds.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../packages/speckit/src/cli/main.ts";
import { loadTokenCounter } from "../../packages/speckit/src/tokens/count.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const example = "examples/ecommerce-platform";
/** The session of a real change; see record-session.mjs. */
export const recordedSession = join(root, "bench/tokens/session.jsonl");
export const countTokens = await loadTokenCounter();

/**
 * Does something in a folder that is gone afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inScratch(work) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "speckit-tokens-")));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies the example's files, those that git knows, and says where its workspace is. @param {string} folder */
export function copyExample(folder) {
  const files = execFileSync("git", ["ls-files", "-z", "--", example], { cwd: root, encoding: "utf8" });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return join(folder, example);
}

/**
 * Runs a command line as a terminal of 80 columns would and gives what it prints. Exit code 1 says that there are findings.
 * @param {string} workspace
 * @param {readonly string[]} argv
 */
export async function speckit(workspace, argv) {
  let [out, err] = ["", ""];
  const code = await main(argv, {
    cwd: workspace,
    env: {},
    color: false,
    columns: 80,
    isTerminal: false,
    now: () => Date.parse("2026-11-26T12:00:00Z"),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
    input: () => undefined,
    interrupted: () => new Promise(() => {}),
  });
  if (code === 2) throw new Error(`speckit ${argv.join(" ")}: ${err}`);
  return out;
}

/** @param {string} workspace @param {readonly string[]} argv */
export async function speckitJson(workspace, argv) {
  return JSON.parse(await speckit(workspace, [...argv, "--json", "--quiet"]));
}

/** Tokens of files of a workspace. @param {string} workspace @param {readonly string[]} files */
export function tokensOf(workspace, files) {
  return files.reduce((sum, file) => sum + countTokens(readFileSync(join(workspace, file), "utf8")), 0);
}
