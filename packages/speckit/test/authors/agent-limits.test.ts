import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { isRunning } from "../../src/node/write-file.ts";
import { folderWith } from "../run-cli.ts";
import { goodSpec, notesIn, shop, specifyBy, userSpec } from "./stage.ts";

const good = goodSpec("user-service", "Profile");
const answer = `say({ type: "assistant", message: { content: [{ type: "text", text: document(${JSON.stringify(good)}) }] } });
say({ type: "result", subtype: "success", is_error: false, result: "", usage: { input_tokens: 10, output_tokens: 10 } });`;

/** Starts a process of its own that goes on for ever, and goes on for ever too; it ends at no kind word. */
const hangs = `
const { spawn } = require("node:child_process");
process.on("SIGTERM", () => {});
const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: "inherit" });
fs.appendFileSync(notes, JSON.stringify({ argv: [], prompt: "", pid: child.pid, cwd: "" }) + "\\n");
say({ type: "stream_event", event: { delta: { text: "Half" } } });
setInterval(() => {}, 1000);`;

describe("an agent that hangs", () => {
  const ended = (notes: readonly { readonly pid: number }[]) =>
    vi.waitFor(() => expect(notes.map(({ pid }) => isRunning(pid))).toEqual([false, false]), {
      timeout: 20_000,
    });

  test("is ended at Ctrl-C, with all that it started", { timeout: 60_000 }, async () => {
    const file = join(folderWith({}), "notes");
    const interrupted = vi.waitFor(() => expect(notesIn(file)).toHaveLength(2), { timeout: 20_000 });
    const { code, err, written } = await specifyBy({ claude: hangs }, ["--quiet"], {
      env: { NOTES: file },
      interrupted,
    });
    expect({ code, written }).toEqual({ code: 2, written: false });
    expect(err).toBe(`speckit: Interrupted: agent:claude was ended. ${userSpec} is as it was.\n`);
    await ended(notesIn(file));
  });

  test("is ended at the limit of time", { timeout: 60_000 }, async () => {
    const config = JSON.stringify({ authors: { time_limit_seconds: 1 } });
    const file = join(folderWith({}), "notes");
    const cwd = shop({ ".speckit.config.json": config });
    const { code, err } = await specifyBy({ claude: hangs }, ["--quiet"], { cwd, env: { NOTES: file } });
    expect(code).toBe(2);
    expect(err).toContain("agent:claude was not done within 1 s and was ended.");
    await vi.waitFor(() => expect(notesIn(file).filter(({ pid }) => isRunning(pid))).toEqual([]), {
      timeout: 20_000,
    });
  });
});

describe("the limit of tokens", () => {
  const step = `say({ type: "step_finish", part: { tokens: { input: 900, output: 200 } } });`;
  const said = `say({ type: "text", part: { type: "text", text: document(${JSON.stringify(good)}) } });`;

  test.each([
    { given: "an agent that goes on", script: `${step}\n${said}`, flags: ["--token-limit=1k"], code: 2 },
    { given: "an agent that is done", script: `${said}\n${step}`, flags: ["--token-limit=1k"], code: 0 },
    {
      given: "a limit that is not reached",
      script: `${step}\n${said}`,
      flags: ["--token-limit=2k"],
      code: 0,
    },
  ])("holds $given: $code", async ({ script, flags, code }) => {
    const result = await specifyBy({ opencode: script }, ["--quiet", ...flags]);
    expect(result).toMatchObject({ code, written: code === 0 });
    if (code === 2)
      expect(result.err).toContain("The limit of tokens is reached. Raise it with --token-limit");
  });

  const piece = (event: object) => `say({ type: "stream_event", event: ${JSON.stringify(event)} });`;
  const whole = `say({ type: "assistant", message: { content: document(${JSON.stringify(good)}) } });`;
  const counted = piece({ type: "message_delta", usage: { output_tokens: 1100 } });

  test.each([
    { given: "what was counted is repeated as a whole", script: `${counted}\n${whole}`, code: 0 },
    {
      given: "another piece is written",
      script: `${counted}\n${piece({ type: "content_block_delta", delta: { text: "More" } })}\n${whole}`,
      code: 2,
    },
  ])("of an agent that writes in pieces is reached, and $given: $code", async ({ script, code }) => {
    const result = await specifyBy({ claude: script }, ["--quiet", "--token-limit=1k"]);
    expect(result).toMatchObject({ code, written: code === 0 });
  });

  test("holds from the configuration too", async () => {
    const cwd = shop({ ".speckit.config.json": JSON.stringify({ authors: { token_limit: 1000 } }) });
    expect(await specifyBy({ opencode: `${step}\n${said}` }, ["--quiet"], { cwd })).toMatchObject({
      code: 2,
    });
  });

  test.each([
    { flag: "--token-limit=lots", says: "--token-limit must be a number of tokens" },
    {
      flag: "--time-limit=soon",
      says: "--time-limit must be a time up to a day, such as 90s or 10m; it is 'soon'.",
    },
    { flag: "--time-limit=0", says: "--time-limit must be a time" },
  ])("$flag cannot be meant", async ({ flag, says }) => {
    const { code, err, notes } = await specifyBy({ claude: answer }, [flag]);
    expect({ code, runs: notes.length }).toEqual({ code: 2, runs: 0 });
    expect(err).toContain(says);
  });
});

test("on a terminal one line is redrawn, and the last one stays", async () => {
  const { err } = await specifyBy({ claude: answer }, [], { redraws: true });
  expect(err.split("\r\u001b[K").at(-1)).toMatch(/^agent:claude: 20 tokens, \d+ s\n$/);
});
