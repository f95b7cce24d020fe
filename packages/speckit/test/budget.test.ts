import { appendFileSync, chmodSync, cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openSession } from "../src/node/sessions/open-session.ts";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { folderWith } from "./run-cli.ts";
import { opencodeSession, put, recorded, recordedIn, runIn, shop } from "./sessions.ts";

const root = shop();
const recordings = fileURLToPath(new URL("fixtures/sessions/", import.meta.url));

async function sessionOf(argv: readonly string[], env: Record<string, string> = {}, cwd = root) {
  const { out, err, code } = await runIn(cwd, ["budget", "--json", ...argv], env);
  expect(code, err).toBe(0);
  return (JSON.parse(out) as { session: Record<string, unknown> | null }).session;
}

test.each([
  {
    agent: "claude-code",
    file: "claude-code.jsonl",
    // msg_001 has three lines and counts once; the copy in a subagent's name and the synthetic answer do not count; the subagent's own does.
    usage: { calls: 12, input: 968, cacheRead: 164_420, cacheWrite: 18_070 },
    context: { contextNow: 18_076, limit: 200_000 },
  },
  {
    agent: "codex",
    file: "codex.jsonl",
    // Cached tokens are part of the input; the repeated line with the same totals counts once, and one line has totals only.
    usage: { calls: 6, input: 12_100, output: 910, cacheRead: 51_600, cacheWrite: 0 },
    context: { contextNow: 12_180, limit: 272_000 },
  },
  {
    agent: "gemini-cli",
    file: "gemini-cli.json",
    usage: { calls: 3, input: 9_100, output: 460, cacheRead: 15_200, cacheWrite: 0 },
    context: { contextNow: 9_140, limit: 1_048_576 },
  },
  {
    agent: "gemini-cli",
    file: "gemini-cli.jsonl",
    // What was written again counts as last written, what was taken back not at all.
    usage: { calls: 3, input: 9_100, output: 460, cacheRead: 15_200, cacheWrite: 0 },
    context: { contextNow: 9_140, limit: 1_048_576 },
  },
  {
    agent: "opencode",
    file: "opencode/opencode.db#ses_4a1b00000001aaaaaaaaaaaaaa",
    // Half of the messages are in the write-ahead log only; one is a subagent's.
    usage: { calls: 5, input: 717, output: 820, cacheRead: 29_100, cacheWrite: 10_600 },
    context: { contextNow: 10_664, limit: 200_000 },
  },
  {
    agent: "opencode",
    file: `opencode/${opencodeSession}`,
    usage: { calls: 4, input: 17, output: 770, cacheRead: 29_100, cacheWrite: 10_600 },
    context: { contextNow: 10_664, limit: 200_000 },
  },
])("the usage of $agent is read from $file", async ({ agent, file, usage, context }) => {
  const source = join(recordings, file);
  expect(await sessionOf(["--session", source])).toMatchObject({
    agent,
    source: source.replace(/#.*/, ""),
    ...usage,
    ...context,
  });
});

test("placeholders of Claude Code are replaced by an estimate, and flagged", async () => {
  const reported = recorded("claude-code.jsonl").toString();
  const file = join(recordings, "claude-code.jsonl");
  const session = await sessionOf(["--session", file]);
  // msg_001 reports 4 tokens and msg_004 reports 3 for some hundred characters each.
  expect(session).toMatchObject({ estimatedOutputs: 2 });
  expect(reported).toContain('"output_tokens": 3');
  const count = await loadTokenCounter();
  expect(count(reported.slice(0, 4000))).toBeGreaterThan(500);
  expect(session?.output).toBeGreaterThan(1131);
  const { out } = await runIn(root, ["budget", "--session", file]);
  expect(out).toMatch(/out ≈1\.\dk/);
});

describe("the session of this workspace is found", () => {
  const folderOf = (path: string) => path.replace(/[^a-zA-Z0-9]/g, "-");
  const claude = (root: string) => `.claude/projects/${folderOf(root)}/5e551011.jsonl`;

  test.each([
    { given: "in ~/.claude", file: claude(root), env: {} },
    { given: "in ~/.config/claude", file: claude(root).replace(".claude", ".config/claude"), env: {} },
    {
      given: "where CLAUDE_CONFIG_DIR says",
      file: claude(root).replace(".claude", "second"),
      env: { CLAUDE_CONFIG_DIR: "HOME/first, HOME/second" },
    },
    { given: "where CLAUDE_CONFIG_DIR is empty", file: claude(root), env: { CLAUDE_CONFIG_DIR: "" } },
    { given: "begun in a folder below", file: claude(root), env: {}, cwd: `${root}/services` },
  ])("of Claude Code $given", async ({ file, env, cwd = root }) => {
    const home = folderWith({});
    put(home, file, recordedIn("claude-code.jsonl", cwd));
    const real = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replaceAll("HOME", home)]),
    );
    expect(await sessionOf([], { HOME: home, ...real })).toMatchObject({ source: join(home, file) });
  });

  test.each([
    { given: "in ~/.codex", home: ".codex", env: {} },
    { given: "where CODEX_HOME says", home: "elsewhere", env: { CODEX_HOME: "HOME/elsewhere" } },
  ])("of Codex $given", async ({ home: dir, env }) => {
    const home = folderWith({});
    const file = `${dir}/sessions/2026/11/23/rollout-2026-11-23T11-00-00-0199aaaa.jsonl`;
    put(home, file, recordedIn("codex.jsonl", root));
    put(home, file.replace("0199aaaa", "0199bbbb"), recorded("codex.jsonl"), 9);
    const real = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replaceAll("HOME", home)]),
    );
    expect(await sessionOf([], { HOME: home, ...real })).toMatchObject({ source: join(home, file) });
  });

  test("of Gemini CLI by the file that names its project", async () => {
    const home = folderWith({});
    put(home, ".gemini/tmp/shop/.project_root", root);
    put(home, ".gemini/tmp/shop/chats/session-2026-11-23T11-00-9e311111.json", recorded("gemini-cli.json"));
    expect(await sessionOf([], { HOME: home })).toMatchObject({ agent: "gemini-cli", calls: 3 });
  });

  test.each([
    { given: "in ~/.local/share", dir: ".local/share/opencode", env: {} },
    { given: "where OPENCODE_DATA_DIR says", dir: "data", env: { OPENCODE_DATA_DIR: "HOME/data" } },
  ])("of opencode $given", async ({ dir, env }) => {
    const home = folderWith({});
    put(home, `${dir}/${opencodeSession}`, recordedIn(`opencode/${opencodeSession}`, root));
    cpSync(join(recordings, "opencode/storage/message"), join(home, dir, "storage/message"), {
      recursive: true,
    });
    const real = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replaceAll("HOME", home)]),
    );
    expect(await sessionOf([], { HOME: home, ...real })).toMatchObject({ agent: "opencode", calls: 4 });
  });

  // The folder's name stands in the middle of a page, so another one has to be as long.
  test.runIf(root.length === 24)("of opencode in its database, with a subagent's usage", async () => {
    const home = folderWith({});
    for (const file of ["opencode.db", "opencode.db-wal"]) {
      const bytes = recorded(`opencode/${file}`)
        .toString("latin1")
        .replaceAll("/home/ada/shop----------", root);
      put(home, `.local/share/opencode/${file}`, Buffer.from(bytes, "latin1"));
    }
    expect(await sessionOf([], { HOME: home })).toMatchObject({ calls: 5, input: 717, contextNow: 10_664 });
  });

  test("the newest of all agents counts, with what its subagents used", async () => {
    const home = folderWith({});
    const file = claude(root);
    put(home, file, recordedIn("claude-code.jsonl", root), 5);
    put(home, ".codex/sessions/2026/11/23/rollout-1.jsonl", recordedIn("codex.jsonl", root), 1);
    const line = { sessionId: "s", uuid: "u", type: "assistant", isSidechain: true };
    const usage = { input_tokens: 5000, output_tokens: 400 };
    const message = { id: "msg_agent", role: "assistant", model: "claude-haiku-4-5", content: [], usage };
    put(
      home,
      file.replace(".jsonl", "/subagents/agent-1.jsonl"),
      `${JSON.stringify({ ...line, message })}\n`,
    );
    expect(await sessionOf([], { HOME: home })).toMatchObject({
      agent: "claude-code",
      model: "claude-opus-4-5-20251101",
      input: 5968,
      calls: 13,
      contextNow: 18_076,
    });
  });

  test("of another folder is not", async () => {
    const home = folderWith({});
    put(home, claude("/home/ada/shop"), recorded("claude-code.jsonl"));
    put(home, claude(root), recorded("claude-code.jsonl"));
    expect(await sessionOf([], { HOME: home })).toBeNull();
  });
});

describe("what is no readable session ends with a sentence that says why", () => {
  const json = (value: unknown) => `${JSON.stringify(value)}\n`;
  test.each([
    { given: "no file", content: undefined, says: "There is no file" },
    { given: "an empty file", content: "", says: "is empty: nothing was said in it" },
    { given: "a text", content: "# Notes\n\nBuy tea.\n", says: "it has no line of JSON" },
    {
      given: "other JSON lines",
      content: json({ level: "info" }),
      says: "its first record is none that they write",
    },
    { given: "another document", content: '{\n  "name": "shop"\n}\n', says: "is no session of Claude Code" },
    {
      given: "half a document",
      content: '{\n  "sessionId": "s", "mess',
      says: "begins like a JSON document and is none",
    },
    {
      given: "a picture",
      content: Buffer.from([137, 80, 78, 71, 0, 0, 10, 255]),
      says: "it has no line of JSON",
    },
  ])("$given", async ({ content, says }) => {
    const folder = folderWith(content === undefined ? {} : { "session.jsonl": content });
    const { code, out, err } = await runIn(root, ["budget", "--session", join(folder, "session.jsonl")]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test.each([
    {
      given: "another database",
      content: "no database at all, however long it may be, which is more than its head",
      says: "no SQLite database",
    },
    {
      given: "half a database",
      content: recorded("opencode/opencode.db").subarray(0, 3000),
      says: "ends in its middle",
    },
  ])("$given", async ({ content, says }) => {
    const folder = folderWith({ "opencode.db": content });
    const { code, err } = await runIn(root, ["budget", "--session", join(folder, "opencode.db")]);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test.each([
    { given: "one that may not be read", folderMode: 0o755, fileMode: 0 },
    { given: "one in a folder that may not be entered", folderMode: 0, fileMode: 0o644 },
  ])("$given", ({ folderMode, fileMode }) => {
    const folder = folderWith({ "session.jsonl": recorded("codex.jsonl") });
    const file = join(folder, "session.jsonl");
    // The library alone: somebody else might not be allowed to enter the folder that the command's own files are in.
    expect(openSession(file).agent).toBe("codex");
    chmodSync(file, fileMode);
    chmodSync(folder, folderMode);
    const opening = () => asSomebody(() => openSession(file));
    expect(opening).toThrow("may not be read by you");
    // So that it can be removed.
    chmodSync(folder, 0o700);
  });
});

test("lines that are cut or damaged are passed over, and said", async () => {
  const lines = recorded("codex.jsonl").toString().trimEnd().split("\n");
  lines.splice(3, 0, '{"timestamp": "2026-');
  const last = lines.pop() ?? "";
  const folder = folderWith({ "session.jsonl": [...lines, last.slice(0, 40)].join("\n") });
  const { code, out, err } = await runIn(root, [
    "budget",
    "--json",
    "--session",
    join(folder, "session.jsonl"),
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ session: { calls: 5, contextNow: 11_750 } });
  expect(err).toContain("line 4 is no JSON");
  expect(err).toContain("the last line ends in its middle");
});

test("a folder is no session", async () => {
  const { code, err } = await runIn(root, ["budget", "--session", recordings]);
  expect({ code, err }).toEqual({
    code: 2,
    err: `speckit: ${recordings.replace(/\/$/, "")} is a folder. Pass the file of one session with --session.\n`,
  });
});

test("a session of a version that writes much that is new says so", async () => {
  const strange = `${JSON.stringify({ type: "hologram", sessionId: "s", uuid: "u" })}\n`;
  const folder = folderWith({ "s.jsonl": recorded("claude-code.jsonl").toString() + strange.repeat(40) });
  const { code, err } = await runIn(root, ["budget", "--session", join(folder, "s.jsonl")]);
  expect(code).toBe(0);
  expect(err).toMatch(/40 of \d+ records are of kinds that this version does not know \(hologram\)/);
});

test("records that nobody knows are passed over", async () => {
  const lines = recorded("claude-code.jsonl").toString();
  const strange = `${JSON.stringify({ type: "hologram", sessionId: "s", uuid: "u", message: 7 })}\n[1,2]\nnull\n`;
  const folder = folderWith({ "session.jsonl": strange + lines + strange });
  expect(await sessionOf(["--session", join(folder, "session.jsonl")])).toMatchObject({ calls: 12 });
});

test("without a session documents alone are counted, exactly", async () => {
  const count = await loadTokenCounter();
  const { out } = await runIn(root, ["budget", "--json"]);
  const { documents, total, session, tokenizer } = JSON.parse(out) as {
    documents: { file: string; tokens: number }[];
    total: number;
    session: unknown;
    tokenizer: string;
  };
  expect({ session, tokenizer }).toEqual({ session: null, tokenizer: "o200k_base" });
  expect(documents.map(({ file }) => file)).toEqual([
    "README.md",
    "services/order-service/contracts/api-spec.yaml",
    "services/order-service/specs/001-orders/spec.md",
    "services/order-service/specs/001-orders/tasks.md",
  ]);
  for (const { file, tokens } of documents)
    expect(tokens).toBe(count(readFileSync(join(root, file), "utf8")));
  expect(total).toBe(documents.reduce((sum, { tokens }) => sum + tokens, 0));
});

test.each([
  { argv: ["--model", "claude-opus-4-5"], factor: 1.18 },
  { argv: ["--model", "anthropic/claude-sonnet-4-5"], factor: 1.18 },
  { argv: ["--model", "gpt-5.1"], factor: 1 },
])("budget $argv counts for that model", async ({ argv, factor }) => {
  const total = async (more: readonly string[]) =>
    (JSON.parse((await runIn(root, ["budget", "--json", ...more])).out) as { total: number }).total;
  expect((await total(argv)) / (await total([]))).toBeCloseTo(factor, 1);
});

test.each([
  {
    limit: "20000",
    shown: /Context \[#{18}-{2}\] 18k\/20k 90%/,
    advice: "Context 90 % full: speckit prune, then",
  },
  { limit: "36k", shown: /18k\/36k 50%/, advice: "prune --dry-run" },
  { limit: "1M", shown: /18k\/1\.0M 2%/, advice: "No quick-ref.md yet" },
])("with a limit of $limit the advice is: $advice", async ({ limit, shown, advice }) => {
  const session = join(recordings, "claude-code.jsonl");
  const { out } = await runIn(root, ["budget", "--session", session, "--limit", limit]);
  expect(out).toMatch(shown);
  expect(out.replace(/\s+/g, " ")).toContain(advice);
});

test("--watch counts again when the session goes on", async () => {
  const file = put(folderWith({}), "session.jsonl", recorded("codex.jsonl"));
  const last = recorded("codex.jsonl").toString().trimEnd().split("\n").at(-1) ?? "";
  const answers: string[] = [];
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const go = runIn(
    root,
    ["budget", "--watch", "--json", "--session", file],
    {},
    (text) => {
      answers.push(text);
      if (answers.length === 1) appendFileSync(file, `${last.replace("64610", "76790")}\n`);
      else interrupt();
    },
    interrupted,
  );
  expect((await go).code).toBe(0);
  const calls = answers.map((answer) => (JSON.parse(answer) as { session: { calls: number } }).session.calls);
  expect(calls).toEqual([6, 7]);
}, 30_000);

test.each([
  { argv: ["budget", "--limit", "many"], says: "--limit must be a number of tokens" },
  { argv: ["budget", "deploy"], says: "'deploy' loads no documents" },
])("$argv is refused", async ({ argv, says }) => {
  const { code, err } = await runIn(root, argv);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test("what a command costs is what its documents cost", async () => {
  const { out } = await runIn(root, ["budget", "tasks"]);
  const { out: json } = await runIn(root, ["budget", "--json"]);
  const { commands, documents } = JSON.parse(json) as {
    commands: { command: string; service: string; files: string[]; tokens: number }[];
    documents: { file: string; tokens: number }[];
  };
  const tasks = commands.find(({ command }) => command === "tasks");
  expect(tasks?.files).toEqual([
    "services/order-service/specs/001-orders/spec.md",
    "services/order-service/contracts/api-spec.yaml",
  ]);
  const sum = documents
    .filter(({ file }) => tasks?.files.includes(file))
    .reduce((all, { tokens }) => all + tokens, 0);
  expect(tasks?.tokens).toBe(sum);
  expect(out).toContain(`tasks for order-service: ${sum} tokens`);
});

test.each([
  { given: "no session", argv: [] },
  { given: "a session of Claude Code", argv: ["--session", join(recordings, "claude-code.jsonl")] },
  { given: "a session of Codex", argv: ["--session", join(recordings, "codex.jsonl"), "--limit", "13k"] },
])("with $given the digest is at most 100 tokens, and 80 columns wide", async ({ argv }) => {
  const example = fileURLToPath(new URL("../../../examples/ecommerce-platform", import.meta.url));
  const count = await loadTokenCounter();
  for (const cwd of [root, example]) {
    const { out } = await runIn(cwd, ["budget", "--no-cache", ...argv]);
    expect(count(out), out).toBeLessThanOrEqual(100);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  }
});

test("counts are remembered by content, and damage to them is no error", async () => {
  const other = shop();
  const first = (await runIn(other, ["budget", "--json"])).out;
  const cache = join(other, ".speckit/cache/tokens.json");
  expect(existsSync(cache)).toBe(true);
  expect(readFileSync(join(other, ".speckit/cache/.gitignore"), "utf8")).toBe("*\n");
  const counts = readFileSync(cache, "utf8");
  put(other, ".speckit/cache/tokens.json", counts.replace(/":\d+/, '":4242'), 59);
  expect((await runIn(other, ["budget", "--json"])).out).toContain('"tokens": 4242');
  put(other, ".speckit/cache/tokens.json", counts.slice(0, 40), 59);
  expect((await runIn(other, ["budget", "--json"])).out).toBe(first);
  expect((await runIn(other, ["budget", "--json", "--no-cache"])).out).toBe(first);
});

/** Root may read everything, so that it becomes nobody for the time of `work`. */
function asSomebody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
