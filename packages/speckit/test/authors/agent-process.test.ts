import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { isRunning } from "../../src/node/write-file.ts";
import { folderWith } from "../run-cli.ts";
import { goodSpec, notesIn, programs, shop, userSpec } from "./stage.ts";

const bin = fileURLToPath(new URL("../../bin/speckit.js", import.meta.url));
const good = goodSpec("user-service", "Profile");
const answer = `say({ type: "assistant", message: { content: document(${JSON.stringify(good)}) } });`;
const note = (pid: string) =>
  `fs.appendFileSync(notes, JSON.stringify({ argv: [], prompt: "", pid: ${pid}, cwd: "" }) + "\\n");`;
/** Ends at no kind word, of which it makes a note. */
const goesOn = `process.on("SIGTERM", () => { ${note("process.pid")} }); process.stdout.on("error", () => {}); setInterval(() => say({ type: "system" }), 50);`;

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (isRunning(pid)) process.kill(pid, "SIGKILL");
});

/** The program itself, with an agent that does what its script says. */
function specify(script: string, ...nodeFlags: string[]) {
  const cwd = shop();
  const notes = join(folderWith({}), "notes");
  const words = ["specify", "--service=user-service", "Create user profile", "--author=agent:claude"];
  const child = spawn(process.execPath, [...nodeFlags, bin, ...words], {
    cwd,
    env: { PATH: programs({ claude: script }), NOTES: notes },
    stdio: ["ignore", "ignore", "pipe"],
  });
  // `exit` comes before all of what was said has.
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  /** The processes that noted themselves, when there are so many. */
  const running = (count: number) =>
    vi.waitFor(
      () => {
        const pids = notesIn(notes).map(({ pid }) => pid);
        expect(pids).toHaveLength(count);
        started.push(...pids);
        return pids;
      },
      { timeout: 20_000 },
    );
  return { cwd, child, ended, running };
}

const gone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 20_000 });

test("a process that an agent left behind keeps nobody waiting", async () => {
  const leaves = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit", detached: true });
${note("child.pid")}
child.unref();
${answer}`;
  const { cwd, ended, running } = specify(leaves);
  const [, left = 0] = await running(2);
  expect(await ended).toBe(0);
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
  expect(isRunning(left)).toBe(true);
});

test("Ctrl-C twice ends an agent at once, and leaves nothing behind", async () => {
  const { cwd, child, ended, running } = specify(goesOn);
  await running(1);
  let said = "";
  child.stderr.on("data", (text) => {
    said += String(text);
  });
  child.kill("SIGINT");
  const pids = await running(2);
  child.kill("SIGINT");
  expect(await ended).toBe(2);
  expect(said).toContain("Interrupted: agent:claude was ended.");
  await gone(pids);
  expect(existsSync(join(cwd, userSpec, ".."))).toBe(false);
});

test("an agent goes on when nobody reads standard error any more", async () => {
  const { cwd, child, ended } = specify(answer);
  child.stderr.destroy();
  expect(await ended).toBe(0);
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
});

test("an agent ends with the program that started it, even when that one breaks", async () => {
  const breaks = "process.once('SIGUSR2', () => { throw new Error('broken'); });";
  const { child, ended, running } = specify(
    goesOn,
    "--import",
    `data:text/javascript,${encodeURIComponent(breaks)}`,
  );
  const pids = await running(1);
  child.kill("SIGUSR2");
  expect(await ended).not.toBe(0);
  await gone(pids);
});
