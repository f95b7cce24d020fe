import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { killAll } from "./shop-program.ts";

let folder: string;
let script: ChildProcess;
let program: number;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-orphan-"));
});
afterEach(() => {
  killAll([script.pid, program]);
  fs.rmSync(folder, { recursive: true, force: true });
});

const noted = () => fs.readFileSync(path.join(folder, "note"), "utf8");
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 50 });

/** A script that runs the program in a group of its own, as those of npm do. */
const runs = `
  require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "inherit", detached: true });
  setInterval(() => {}, 1000);
`;

async function start(environment: Record<string, string>): Promise<void> {
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const command = ["--import", tsx, path.join(import.meta.dirname, "orphan.ts"), path.join(folder, "note")];
  const { npm_lifecycle_event: _ours, ...others } = process.env;
  script = spawn(process.execPath, ["-e", runs, "--", ...command], { env: { ...others, ...environment } });
  await waitFor(() => expect(noted()).toMatch(/^\d+$/));
  program = Number(noted());
}

test("notices that the script that started it was killed", async () => {
  await start({ npm_lifecycle_event: "platform" });
  script.kill("SIGKILL");
  await waitFor(() => expect(noted()).toBe("orphaned"));
});

test("outlives whoever started it by hand", async () => {
  await start({});
  script.kill("SIGKILL");
  await new Promise((resolve) => script.once("exit", resolve));
  // Long enough that one that watched would have noticed.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(noted()).toBe(`${program}`);
});
