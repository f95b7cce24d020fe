import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

let folder: string;
let npm: ChildProcess;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-orphan-"));
});
afterEach(() => {
  try {
    process.kill(-(npm.pid ?? 0), "SIGKILL");
  } catch {
    // All of them have ended.
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

const note = () => path.join(folder, "note");
const says = (text: string) =>
  vi.waitFor(() => expect(fs.readFileSync(note(), "utf8")).toBe(text), { timeout: 30_000, interval: 50 });

/** npm as it is: a process with its name, a shell that waits, and the program. */
const chain = `
  process.title = "npm run platform";
  require("node:child_process").spawn("sh", ["-c", process.argv[1] + "; exit $?"], { stdio: "inherit" });
`;

async function start(environment: Record<string, string>): Promise<void> {
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const program = path.join(import.meta.dirname, "orphan.ts");
  const line = [process.execPath, "--import", tsx, program, note()].map((word) => `'${word}'`).join(" ");
  const { npm_lifecycle_event: _ours, ...others } = process.env;
  npm = spawn(process.execPath, ["-e", chain, line], { env: { ...others, ...environment }, detached: true });
  await says("watching");
}

test.runIf(process.platform === "linux")(
  "notices that npm was killed, though the shell between lives on",
  async () => {
    await start({ npm_lifecycle_event: "platform" });
    npm.kill("SIGKILL");
    await says("orphaned");
  },
);

test("outlives whoever started it by hand", async () => {
  await start({});
  npm.kill("SIGKILL");
  await new Promise((resolve) => npm.once("exit", resolve));
  // Long enough that one that watched would have noticed.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(fs.readFileSync(note(), "utf8")).toBe("watching");
});
