import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { waitOf } from "../../src/node/authors/wait-of.ts";
import { everythingBelow, goodSpec, runsIn, shop, specifyBy, userSpec } from "./stage.ts";

const good = goodSpec("user-service", "Profile");
const answer = `say({ type: "assistant", message: { content: [{ type: "text", text: document(${JSON.stringify(good)}) }] } });
say({ type: "result", subtype: "success", is_error: false, result: "", usage: { input_tokens: 10, output_tokens: 10 } });`;
const key = "sk-test-7f3Kq9Zx2LmNpR8s";

describe("who is not there", () => {
  test.each([
    {
      author: "agent:claude",
      says: "Claude Code is not installed: there is no program claude on the PATH. https://code.claude.com/docs says how to get it.",
    },
    {
      author: "agent:cursor",
      says: "Cursor is not installed: there is no program cursor-agent on the PATH.",
    },
    { author: "agent:zed", says: "How Zed runs without a person is not known." },
    { author: "agent:cluade", says: "There is no author 'agent:cluade'. Did you mean agent:claude?" },
    { author: "agent:", says: "There is no author 'agent:'." },
    { author: "agent:../claude", says: "There is no author 'agent:../claude'." },
  ])("$author", async ({ author, says }) => {
    const { code, out, err, written } = await specifyBy({}, [`--author=${author}`]);
    expect({ code, out, written }).toEqual({ code: 2, out: "", written: false });
    expect(err).toContain(says);
    expect(err.trimEnd()).not.toContain("\n");
  });
});

test.each([
  { given: "in the repository, by a relative PATH", path: "bin:.", file: "bin/claude" },
  { given: "as a folder", path: "BIN", file: "bin/claude/x" },
])("a program that stands $given is not the agent", async ({ path, file }) => {
  const cwd = shop({ [file]: "#!/bin/sh\necho '# Evil'\n" });
  if (path !== "BIN") chmodSync(join(cwd, file), 0o755);
  const env = { PATH: path === "BIN" ? join(cwd, "bin") : path };
  const { code, err } = await specifyBy({ claude: "" }, [], { cwd, env });
  expect({ code, err }).toMatchObject({
    code: 2,
    err: expect.stringContaining("is not installed") as string,
  });
});

test.each<{ given: string; agent: string; script: string; says: RegExp; interpreter?: string }>([
  {
    given: "ends with an error",
    agent: "claude",
    script: `console.error("boom\\n\\x1b[31mCannot find the session\\x1b[0m"); process.exit(3);`,
    says: /agent:claude failed: Cannot find the session \(it ended with code 3\)\./,
  },
  {
    given: "ends with an error and no word",
    agent: "claude",
    script: "process.exit(1);",
    says: /it does not say why \(it ended with code 1\)/,
  },
  {
    given: "cannot be started",
    agent: "claude",
    script: "",
    says: /\/claude cannot be started \(ENOENT\)\. Run it once by yourself\./,
    interpreter: "/not/there",
  },
  {
    given: "is ended from outside",
    agent: "claude",
    script: `process.kill(process.pid, "SIGKILL");`,
    says: /it was ended from outside/,
  },
  {
    given: "is not signed in",
    agent: "claude",
    script: `say({ type: "result", subtype: "success", is_error: true, result: "Invalid API key · Please run /login" }); process.exit(1);`,
    says: /Invalid API key · Please run \/login \(it ended with code 1\)\. Run claude once by yourself and sign in\./,
  },
  {
    given: "says that it failed, and ends well",
    agent: "claude",
    script: `say({ type: "assistant", message: { content: "# Half" } }); say({ type: "result", subtype: "error_max_turns", is_error: false });`,
    says: /agent:claude failed: error_max_turns/,
  },
  {
    given: "fails in its turn",
    agent: "codex",
    script: `say({ type: "turn.failed", error: { message: "model gpt-x is not supported" } });`,
    says: /agent:codex failed: model gpt-x is not supported/,
  },
  {
    given: "fails in its session",
    agent: "opencode",
    script: `say({ type: "error", error: { name: "ProviderAuthError", data: { message: "no credentials" } } });`,
    says: /no credentials .*Run opencode once by yourself/,
  },
  {
    given: "fails at the provider",
    agent: "gemini",
    script: `say({ type: "result", status: "error", error: { type: "x", message: "quota of today is used up" } });`,
    says: /quota of today is used up/,
  },
  { given: "says nothing", agent: "claude", script: "", says: /agent:claude answered nothing/ },
  {
    given: "prints garbage",
    agent: "claude",
    script: `console.log("{{{"); console.log("[1"); process.stdout.write(Buffer.from([0xff, 0xfe, 10]));`,
    says: /answered nothing/,
  },
  {
    given: "talks",
    agent: "claude",
    script: `say({ type: "assistant", message: { content: "I would rather not." } });`,
    says: /answered, but without a document: “I would rather not\.”/,
  },
  {
    given: "stops in the middle",
    agent: "claude",
    script: `say({ type: "assistant", message: { content: "<document>\\n# Half" } });`,
    says: /was cut off: its document has no end/,
  },
  {
    given: "writes without end",
    agent: "droid",
    script: `const line = "x".repeat(99_999) + "\\n"; const more = () => { while (process.stdout.write(line)); process.stdout.once("drain", more); }; more();`,
    says: /agent:droid writes without end, and was ended\./,
  },
  {
    given: "shows a key in its error",
    agent: "claude",
    script: `console.error("request failed, key " + process.env.ACME_API_KEY); process.exit(1);`,
    says: /request failed, key \[redacted\]/,
  },
])("an agent that $given: one line, nothing written", async ({ agent, script, says, interpreter }) => {
  const env = { ACME_API_KEY: key };
  const { code, out, err, written, cwd } = await specifyBy({ [agent]: script }, ["--quiet"], {
    env,
    interpreter,
  });
  expect({ code, out, written }).toEqual({ code: 2, out: "", written: false });
  expect(err).toMatch(says);
  expect(err.trimEnd()).not.toContain("\n");
  expect(runsIn(cwd)).toMatchObject([{ outcome: "failed", reason: expect.stringMatching(says) as string }]);
});

test("an agent whose provider has no room is asked again, when it says", async () => {
  const script = `if (runs < 3) { console.error("API Error: 429 rate limit reached, retry after 5 ms"); process.exit(1); }\n${answer}`;
  const { code, notes } = await specifyBy({ claude: script });
  expect({ code, runs: notes.length }).toEqual({ code: 0, runs: 3 });
});

test.each([
  { says: "429 rate limit reached, retry after 5 ms", ms: 5 },
  { says: "Too many requests. Please try again in 1.5 seconds.", ms: 1500 },
  { says: "overloaded; retry after 1500 ms (request 7)", ms: 1500 },
  { says: "retry 2 of 3 in 20 s", ms: undefined },
  { says: "rate limited, retry after 3600 seconds", ms: undefined },
  { says: "rate limited", ms: undefined },
])("$says: $ms", ({ says, ms }) => {
  expect(waitOf(says)).toBe(ms);
});

test("an agent whose provider never has room is asked three times", async () => {
  const { code, notes, err } = await specifyBy({
    claude: `console.error("529 overloaded, retry after 5 ms"); process.exit(1);`,
  });
  expect({ code, runs: notes.length }).toEqual({ code: 2, runs: 3 });
  expect(err).toContain("agent:claude failed: 529 overloaded");
});

test.each([
  {
    given: "goose calls a tool between two sentences",
    agent: "goose",
    script: `const tell = (role, ...content) => say({ type: "message", message: { role, content } });
tell("assistant", { type: "text", text: "Let me look." });
tell("assistant", { type: "toolRequest", id: "1" });
tell("user", { type: "toolResponse", id: "1" });
tell("assistant", { type: "text", text: "<document>\\n" });
tell("assistant", { type: "text", text: ${JSON.stringify(good)} + "</document>" });`,
  },
  {
    given: "a helper of claude answers after it",
    agent: "claude",
    script: `say({ type: "assistant", message: { content: document(${JSON.stringify(good)}) }, parent_tool_use_id: null });
say({ type: "assistant", message: { content: document("# Notes of a helper\\n") }, parent_tool_use_id: "toolu_1" });`,
  },
  {
    given: "codex tries its stream again",
    agent: "codex",
    script: `say({ type: "error", message: "stream error: stream disconnected before completion; retrying 1/5 in 191ms" });
say({ type: "item.completed", item: { type: "agent_message", text: document(${JSON.stringify(good)}) } });
say({ type: "turn.completed", usage: { input_tokens: 10, output_tokens: 10 } });`,
  },
])("$given: the document counts", async ({ agent, script }) => {
  const { code, err, cwd } = await specifyBy({ [agent]: script });
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
});

test("what an agent prints of the environment's secrets goes nowhere", async () => {
  const script = answer.replace(
    "document(",
    `"My key is " + process.env.ACME_API_KEY + document("# " + process.env.ACME_API_KEY + "\\n\\n" + `,
  );
  const { code, out, err, cwd } = await specifyBy({ claude: script }, ["--json"], {
    env: { ACME_API_KEY: key },
  });
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, userSpec), "utf8")).toContain("# [redacted]");
  expect([out, err, ...everythingBelow(cwd).map(({ text }) => text)].join("\n")).not.toContain(key);
});

test("an endless line is no message, and what comes behind it counts", async () => {
  const { code } = await specifyBy({
    claude: `process.stdout.write("x".repeat(40_000_000) + "\\n", () => {\n${answer}\n});`,
  });
  expect(code).toBe(0);
});
