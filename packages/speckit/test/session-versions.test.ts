import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "./run-cli.ts";
import { put, recordedIn, runIn, shop } from "./sessions.ts";

const root = shop();
const folderOf = (path: string) => path.replace(/[^a-zA-Z0-9]/g, "-");
const jsonLines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

async function sessionOf(argv: readonly string[], env: Record<string, string> = {}) {
  const { out, err, code } = await runIn(root, ["budget", "--json", ...argv], env);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as { session: Record<string, unknown> | null }).session;
}

const line = (more: object) => ({ sessionId: "s1", uuid: "u", cwd: root, ...more });
const said = (text: string) => [{ type: "text", text }];
const answer = (id: string, input: number, more: object = {}) =>
  line({
    type: "assistant",
    message: {
      id,
      role: "assistant",
      model: "claude-opus-4-5",
      content: said("Done."),
      usage: { input_tokens: input, output_tokens: 9 },
    },
    ...more,
  });
const prompt = line({ type: "user", message: { role: "user", content: "Redeem coupons" } });
const claudeSummary = line({
  type: "user",
  isCompactSummary: true,
  message: { role: "user", content: "So far coupons can be redeemed." },
});

const geminiHead = { sessionId: "g1", projectHash: "h", startTime: "2026-11-23T11:00:00Z", kind: "main" };
const geminiMessage = (id: string, text: unknown, input?: number) => ({
  id,
  type: input === undefined ? "user" : "gemini",
  content: text,
  ...(input === undefined
    ? {}
    : { model: "gemini-2.5-pro", tokens: { input, output: 10, cached: 0, thoughts: 0, total: input + 10 } }),
});

describe("right after the conversation was replaced by a summary, nobody knows what is in the context", () => {
  test.each([
    { agent: "Claude Code", records: [prompt, answer("m1", 150_000), claudeSummary], calls: 1 },
    {
      agent: "Gemini CLI",
      records: [
        geminiHead,
        geminiMessage("1", "Redeem coupons"),
        geminiMessage("2", "Done.", 150_000),
        { $set: { messages: [geminiMessage("9", [{ text: "So far coupons can be redeemed." }])] } },
      ],
      calls: 1,
    },
  ])("in $agent", async ({ records, calls }) => {
    const file = join(folderWith({ "session.jsonl": jsonLines(records) }), "session.jsonl");
    expect(await sessionOf(["--session", file])).toMatchObject({ calls, contextNow: null });
  });

  test("in Gemini CLI, once: what is shortened later has the summary in it", async () => {
    const summary = geminiMessage("9", [{ text: "So far coupons can be redeemed." }]);
    const records = [
      geminiHead,
      geminiMessage("2", "Done.", 150_000),
      { $set: { messages: [summary] } },
      geminiMessage("3", "Done too.", 9_000),
      { $set: { messages: [summary, geminiMessage("3", "Done…", 9_000)] } },
    ];
    const file = join(folderWith({ "session.jsonl": jsonLines(records) }), "session.jsonl");
    expect(await sessionOf(["--session", file])).toMatchObject({ calls: 2, contextNow: 9_010 });
  });

  test("in opencode, whose call for the summary counts", async () => {
    const message = (id: string, input: number, more: object = {}) =>
      JSON.stringify({ id, role: "assistant", modelID: "gpt-5", tokens: { input, output: 1 }, ...more });
    const home = folderWith({
      "storage/session/p/ses_1.json": JSON.stringify({ id: "ses_1", directory: root }),
      "storage/message/ses_1/msg_1.json": message("msg_1", 150_000),
      "storage/message/ses_1/msg_2.json": message("msg_2", 151_000, { summary: true }),
    });
    const session = join(home, "storage/session/p/ses_1.json");
    expect(await sessionOf(["--session", session])).toMatchObject({
      calls: 2,
      input: 301_000,
      contextNow: null,
    });
  });

  test("until the next call", async () => {
    const records = [prompt, answer("m1", 150_000), claudeSummary, answer("m2", 9_000)];
    const file = join(folderWith({ "session.jsonl": jsonLines(records) }), "session.jsonl");
    expect(await sessionOf(["--session", file])).toMatchObject({ calls: 2, contextNow: 9_000 });
  });
});

test("an answer without usage says nothing about the context", async () => {
  const broken = answer("m2", 0);
  Object.assign(broken, { message: { id: "m2", role: "assistant", content: said("…"), usage: null } });
  const records = [prompt, answer("m1", 12_000), broken, answer("m3", 0)];
  const file = join(folderWith({ "session.jsonl": jsonLines(records) }), "session.jsonl");
  expect(await sessionOf(["--session", file])).toMatchObject({ contextNow: 12_000 });
});

describe("a session that is named counts its subagents as one that is found does", () => {
  const side = (text: string, id: string) =>
    line({ type: "user", isSidechain: true, sessionId: id, message: { role: "user", content: text } });
  const claude = { "s1.jsonl": jsonLines([prompt, answer("m1", 100)]) };
  const ofSubagent = jsonLines([side("Look", "s1"), answer("a1", 5000, { isSidechain: true })]);
  const meta = (id: string, source: unknown) => ({
    type: "session_meta",
    payload: { id, cwd: root, source },
  });
  const used = (second: string, input: number) => ({
    timestamp: `2026-11-23T11:00:${second}Z`,
    type: "event_msg",
    payload: { type: "token_count", info: { last_token_usage: { input_tokens: input, output_tokens: 1 } } },
  });
  const spawned = (parent: string) => ({ subagent: { thread_spawn: { parent_thread_id: parent } } });
  const gemini = (...inputs: readonly number[]) =>
    jsonLines([geminiHead, ...inputs.map((input) => geminiMessage(`${input}`, "Done.", input))]);

  test.each([
    {
      agent: "Claude Code",
      files: { ...claude, "s1/subagents/agent-1.jsonl": ofSubagent },
      named: "s1.jsonl",
      input: 5100,
    },
    {
      agent: "Claude Code before 2.1",
      files: {
        ...claude,
        "agent-1.jsonl": ofSubagent,
        "agent-2.jsonl": jsonLines([side("Of another", "s2"), answer("a2", 7777, { isSidechain: true })]),
      },
      named: "s1.jsonl",
      input: 5100,
    },
    {
      agent: "Codex",
      files: {
        "sessions/2026/11/23/rollout-1.jsonl": jsonLines([meta("c1", "cli"), used("01", 100)]),
        "sessions/2026/11/24/rollout-2.jsonl": jsonLines([meta("c2", spawned("c1")), used("09", 5000)]),
        "sessions/2026/11/24/rollout-3.jsonl": jsonLines([meta("c3", spawned("other")), used("09", 7777)]),
      },
      named: "sessions/2026/11/23/rollout-1.jsonl",
      input: 5100,
    },
    {
      agent: "Gemini CLI",
      files: { "chats/session-1.jsonl": gemini(100), "chats/g1/g2.jsonl": gemini(2000, 3000) },
      named: "chats/session-1.jsonl",
      input: 5100,
    },
  ])("of $agent", async ({ files, named, input }) => {
    const folder = folderWith(files as unknown as Record<string, string>);
    expect(await sessionOf(["--session", join(folder, named)])).toMatchObject({ input });
  });
});

describe("the file of a subagent is never taken for the session", () => {
  test("of Claude Code before 2.1, which has them beside it", async () => {
    const home = folderWith({});
    const session = `.claude/projects/${folderOf(root)}/s1.jsonl`;
    // Some of these versions begin a session with lines of a subagent.
    put(home, session, jsonLines([answer("w1", 7, { isSidechain: true }), prompt, answer("m1", 100)]));
    const side = jsonLines([answer("a1", 5000, { isSidechain: true })]);
    put(home, join(dirname(session), "agent-1a2b.jsonl"), side, 9);
    expect(await sessionOf([], { HOME: home })).toMatchObject({
      source: join(home, session),
      input: 5107,
      contextNow: 100,
    });
  });

  test("of Codex, at work for the program", async () => {
    const home = folderWith({});
    const session = ".codex/sessions/2026/11/23/rollout-1.jsonl";
    put(home, session, recordedIn("codex.jsonl", root));
    const review = { type: "session_meta", payload: { id: "r", cwd: root, source: { subagent: "review" } } };
    put(home, session.replace("rollout-1", "rollout-2"), jsonLines([review]), 9);
    expect(await sessionOf([], { HOME: home })).toMatchObject({ source: join(home, session) });
  });
});

test.runIf(process.platform !== "win32")(
  "a pipe and a device are no sessions, and nobody waits",
  async () => {
    const pipe = join(folderWith({}), "pipe");
    execFileSync("sh", ["-c", `mkfifo "${pipe}"`]);
    for (const path of [pipe, "/dev/zero"])
      expect(await runIn(root, ["budget", "--session", path])).toEqual({
        code: 2,
        out: "",
        err: `speckit: ${path} is a pipe or a device. A session is gone through more than once: write it into a file, and pass that with --session.\n`,
      });
  },
);

test("a link that leads to itself cannot be read", async () => {
  const link = join(folderWith({}), "link");
  symlinkSync(link, link);
  const { code, err } = await runIn(root, ["budget", "--session", link]);
  expect(code).toBe(2);
  expect(err).toContain(`${link} cannot be read (ELOOP)`);
});

test("lines in a file that is called like a document are read as lines", async () => {
  const records = jsonLines([prompt, answer("m1", 100), answer("m2", 200)]);
  const file = join(folderWith({ "export.json": records }), "export.json");
  expect(await sessionOf(["--session", file])).toMatchObject({ calls: 2, contextNow: 200 });
});

test("a session of Gemini CLI that was rewound to before its beginning is empty", async () => {
  const records = [
    geminiHead,
    geminiMessage("1", "Redeem coupons"),
    geminiMessage("2", "Done.", 100),
    { $rewindTo: "0" },
    geminiMessage("3", { text: "Sell tea" }),
    geminiMessage("4", "Done.", 40),
  ];
  const file = join(folderWith({ "session.jsonl": jsonLines(records) }), "session.jsonl");
  expect(await sessionOf(["--session", file])).toMatchObject({ calls: 1, contextNow: 50 });
  expect(await summaryOf(file)).toContain("## Goal\n\nSell tea\n");
});

describe("what was said and done is read", () => {
  test("from what `codex exec --json` prints", async () => {
    const item = (more: object) => ({ type: "item.completed", item: { id: "i", ...more } });
    const command = "/bin/bash -lc 'npm test'";
    const records = [
      { type: "thread.started", thread_id: "t" },
      { type: "item.updated", item: { id: "p", type: "todo_list", items: [{ text: "Write a test" }] } },
      item({ type: "reasoning", text: "Coupons" }),
      item({ type: "command_execution", command, aggregated_output: "1 failed", exit_code: 1 }),
      item({ type: "file_change", changes: [{ path: "services/order-service/src/app.ts", kind: "update" }] }),
      item({ type: "agent_message", text: "I decided to lower the total." }),
      { type: "turn.completed", usage: { input_tokens: 100, cached_input_tokens: 40, output_tokens: 7 } },
    ];
    const file = join(folderWith({ "run.jsonl": jsonLines(records) }), "run.jsonl");
    const summary = await summaryOf(file);
    for (const part of [
      "- I decided to lower the total.",
      "- services/order-service/src/app.ts@",
      "- `npm test`: 1 failed",
      "- Write a test",
    ])
      expect(summary).toContain(part);
    expect(await sessionOf(["--session", file])).toMatchObject({ calls: 1, input: 60, cacheRead: 40 });
  });

  test("from a session of Codex before 0.32", async () => {
    const content = [{ type: "input_text", text: "Redeem coupons" }];
    const records = [
      { id: "c0", timestamp: "2025-07-01T09:00:00Z", instructions: null },
      { record_type: "state" },
      { type: "message", role: "user", content },
      { type: "function_call", name: "shell", arguments: '{"command":["npm","test"]}', call_id: "1" },
      {
        type: "function_call_output",
        call_id: "1",
        output: '{"output":"1 failed","metadata":{"exit_code":1}}',
      },
    ];
    const file = join(folderWith({ "rollout-old.jsonl": jsonLines(records) }), "rollout-old.jsonl");
    const summary = await summaryOf(file);
    expect(summary).toContain("Codex, session c0.");
    expect(summary).toContain("## Goal\n\nRedeem coupons\n");
    expect(summary).toContain("- `npm test`: 1 failed");
  });
});

async function summaryOf(file: string): Promise<string> {
  const workspace = shop();
  const { code, out, err } = await runIn(workspace, ["prune", "--json", "--session", file]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { file: written } = JSON.parse(out) as { file: string };
  return readFileSync(join(workspace, written), "utf8");
}
