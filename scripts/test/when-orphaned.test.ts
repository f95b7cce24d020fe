import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let folder: string;
let npm: ChildProcess;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "speckit-orphan-"));
});
afterEach(() => {
  signal("SIGKILL", "all");
  fs.rmSync(folder, { recursive: true, force: true });
});

const note = () => path.join(folder, "note");
const noted = () => (fs.existsSync(note()) ? fs.readFileSync(note(), "utf8") : "");
const says = (text: string) =>
  vi.waitFor(() => expect(noted()).toBe(text), { timeout: 60_000, interval: 50 });

/** npm as it is: a process with its name, a shell that waits, and the script. */
const chain = `
  process.title = "npm run platform";
  require("node:child_process").spawn("sh", ["-c", process.argv[1] + "; exit $?"], { stdio: "inherit" });
`;

/** One that ends at once, before its shell starts the script. */
const gone = `
  const line = "while kill -0 $PPID 2>/dev/null; do sleep 0.05; done; " + process.argv[1] + "; exit $?";
  require("node:child_process").spawn("sh", ["-c", line], { stdio: "ignore" }).unref();
`;

async function start(environment: Record<string, string>, starter = chain): Promise<void> {
  const script = path.join(import.meta.dirname, "orphan.mjs");
  const line = [process.execPath, script, note()].map((word) => `'${word}'`).join(" ");
  const { npm_lifecycle_event: _event, npm_config_user_agent: _agent, ...others } = process.env;
  npm = spawn(process.execPath, ["-e", starter, line], {
    env: { ...others, ...environment },
    detached: true,
  });
  await says("runs");
}

function signal(name: NodeJS.Signals, to: "npm" | "all"): void {
  try {
    process.kill(to === "all" ? -(npm.pid ?? 0) : (npm.pid ?? 0), name);
  } catch {
    // All of them have ended.
  }
}

describe("what npm's script started", () => {
  test.runIf(process.platform === "linux")(
    "is told to end when npm was killed, though the shell between lives on",
    async () => {
      await start({ npm_lifecycle_event: "platform" });
      signal("SIGKILL", "npm");
      await says("runs told ended");
    },
  );

  test.runIf(process.platform === "linux" && !/^npm/.test(fs.readFileSync("/proc/1/comm", "utf8")))(
    "is told to end when npm ended before the script looked",
    async () => {
      await start({ npm_lifecycle_event: "platform", npm_config_user_agent: "npm/11.19.1" }, gone);
      await says("runs told ended");
    },
  );

  test("lives on when another one than npm ended before the script looked", async () => {
    await start({ npm_lifecycle_event: "platform", npm_config_user_agent: "bun/1.2.0" }, gone);
    // Long enough that one that is told would have noted it.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(noted()).toBe("runs");
    await endProgram();
  });

  test("is told once when all of them are told to end", async () => {
    await start({ npm_lifecycle_event: "platform" });
    signal("SIGTERM", "all");
    await says("runs told ended");
  });

  test("outlives whoever started the script by hand", async () => {
    await start({});
    signal("SIGKILL", "npm");
    await new Promise((resolve) => npm.once("exit", resolve));
    // Long enough that one that watched would have noticed.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(noted()).toBe("runs");
    await endProgram();
  });
});

/** The program has a group of its own, which its script takes along when it is told to end. */
async function endProgram(): Promise<void> {
  signal("SIGTERM", "all");
  await says("runs told ended");
}
