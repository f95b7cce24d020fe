import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect } from "vitest";
import { folderWith } from "../run-cli.ts";
import { dir, feature, shopWith, three } from "./shop.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

export const begunFile = `.speckit/checkpoints/${feature}/begun.json`;
const tsx = import.meta.resolve("tsx");
const start = pathToFileURL(join(import.meta.dirname, "../../src/cli/start.ts")).href;

/** A program of its own, and what it has said so far. */
export function speckit(root: string, ...argv: string[]) {
  const script = `import { start } from ${JSON.stringify(start)}; await start();`;
  const words = ["--import", tsx, "--input-type=module", "-e", script, "speckit", ...argv];
  const child = spawn(process.execPath, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += String(text);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const until = (what: string, holds: () => boolean) =>
    expect.poll(holds, { timeout: 50_000, interval: 20, message: `${what}\n${said}` }).toBe(true);
  return { said: () => said, until, ended, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

/** An agent that writes down which tasks it was given, half-writes the second and waits, until it is told not to. */
const agent = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
const [, , log] = process.argv;
const prompt = readFileSync(0, "utf8");
const id = /Task (\\d+\\.\\d+):/.exec(prompt)[1];
appendFileSync(log + "/asked", id + "\\n");
mkdirSync("${dir}/src", { recursive: true });
if (id === "1.2" && !existsSync(log + "/go-on")) {
  writeFileSync("${dir}/src/b.js", "export const hal");
  writeFileSync(log + "/pid", String(process.pid));
  setInterval(() => {}, 1000);
} else {
  for (const name of ["a", "b", "c"]) if (prompt.includes("src/" + name + ".js")) {
    if ("abc"["1.1 1.2 1.3".split(" ").indexOf(id)] === name) writeFileSync("${dir}/src/" + name + ".js", "export const made = true;\\n");
  }
  console.log("Done with " + id);
}
`;
/** A shop whose tasks that agent works on, and a folder elsewhere in which it writes down what it was asked. */
export function agentShop() {
  const elsewhere = folderWith({ "agent.mjs": agent });
  const root = shopWith(three, {
    ".speckit.config.json": JSON.stringify({
      authors: { commands: { mine: ["node", join(elsewhere, "agent.mjs"), elsewhere] } },
    }),
  });
  const asked = () => readFileSync(join(elsewhere, "asked"), "utf8").trim().split("\n");
  /** The agent that waits; a file that is there may still be empty. */
  const waiting = () => {
    const file = join(elsewhere, "pid");
    return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  };
  return { root, elsewhere, asked, waiting };
}
