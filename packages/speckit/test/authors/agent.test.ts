import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recipes } from "../../src/authoring/recipes.ts";
import { headlessAgents } from "../../src/node/authors/agents.ts";
import { loadTokenCounter } from "../../src/tokens/count.ts";
import { folderWith } from "../run-cli.ts";
import { goodSpec, notesIn, programs, runIn, runsIn, shop } from "./stage.ts";

const userSpec = "services/user-service/specs/001-user-profile/spec.md";
const spec = JSON.stringify(goodSpec("user-service", "Profile"));
const specify = ["specify", "--service=user-service", "Create user profile"];

/** Each agent as its own command line reports a draft: text, usage, and nothing else of ours. */
const speaking: Readonly<Record<string, string>> = {
  claude: `
say({ type: "system", subtype: "init", session_id: "s1", model: "claude-opus" });
say({ type: "stream_event", event: { type: "message_start", message: { usage: { input_tokens: 900, cache_creation_input_tokens: 100, output_tokens: 1 } } } });
say({ type: "stream_event", event: { type: "content_block_delta", delta: { type: "text_delta", text: "Here" } } });
say({ type: "stream_event", event: { type: "message_delta", usage: { output_tokens: 200 } } });
say({ type: "assistant", message: { id: "m1", content: [{ type: "thinking", thinking: "hm" }, { type: "text", text: document(${spec}) }] } });
say({ type: "result", subtype: "success", is_error: false, result: document(${spec}), usage: { input_tokens: 900, cache_creation_input_tokens: 100, cache_read_input_tokens: 5000, output_tokens: 200 } });`,
  codex: `
say({ type: "thread.started", thread_id: "t" });
say({ type: "error", message: "Reconnecting... 1/5" });
say({ type: "item.completed", item: { id: "0", type: "reasoning", text: "hm" } });
say({ type: "item.completed", item: { id: "1", type: "agent_message", text: document(${spec}) } });
say({ type: "turn.completed", usage: { input_tokens: 6000, cached_input_tokens: 5000, output_tokens: 200 } });`,
  gemini: `
say({ type: "init", session_id: "s", model: "gemini" });
say({ type: "message", role: "user", content: prompt });
for (const piece of document(${spec}).match(/[\\s\\S]{1,100}/g)) say({ type: "message", role: "assistant", content: piece, delta: true });
say({ type: "result", status: "success", stats: { total_tokens: 6200, input_tokens: 6000, output_tokens: 200, cached: 5000 } });`,
  copilot: `
say({ type: "assistant.message_delta", data: { deltaContent: "Here" } });
say({ type: "assistant.usage", data: { inputTokens: 1000 } });
say({ type: "assistant.message", data: { content: document(${spec}), outputTokens: 200 } });
say({ type: "result", exitCode: 0 });`,
  opencode: `
say({ type: "step_start", part: {} });
say({ type: "text", part: { type: "text", text: document(${spec}) } });
say({ type: "step_finish", part: { reason: "stop", tokens: { input: 900, output: 150, reasoning: 50, cache: { read: 5000, write: 100 } } } });`,
  goose: `
for (const piece of document(${spec}).match(/[\\s\\S]{1,100}/g)) say({ type: "message", message: { role: "assistant", content: [{ type: "text", text: piece }] } });
say({ type: "complete", total_tokens: 6200, input_tokens: 6000, output_tokens: 200, cache_read_input_tokens: 5000 });`,
  pi: `
say({ type: "message_update", assistantMessageEvent: { type: "text_delta", delta: "Here" } });
say({ type: "message_end", message: { role: "assistant", content: [{ type: "text", text: document(${spec}) }], usage: { input: 1000, output: 200, cacheRead: 5000 } } });`,
  kimi: `say({ role: "assistant", content: [{ type: "think", think: "hm" }, { type: "text", text: document(${spec}) }] });`,
  droid: `console.log("\\x1b[32m" + document(${spec}).replace("<document>", "<document>\\x1b[0m"));`,
};
for (const [name, like] of [
  ["amp", "claude"],
  ["codebuddy", "claude"],
  ["cursor-agent", "claude"],
  ["qwen", "claude"],
  ["kilocode", "opencode"],
  ["auggie", "droid"],
] as const)
  Object.assign(speaking, { [name]: speaking[like] });
const counts = { kimi: 0, droid: 0, auggie: 0 } as Readonly<Record<string, number>>;

describe("an agent's draft", () => {
  test.each(
    headlessAgents.map((agent) => ({ agent, name: agent.name })),
  )("by $name is asked for on standard input, checked, written and recorded", async ({ agent }) => {
    const cwd = shop();
    const notes = join(folderWith({}), "notes");
    const env = { PATH: programs({ [agent.program]: speaking[agent.name] ?? "" }), NOTES: notes };
    const { code, out, err } = await runIn({ cwd, env }, [...specify, `--author=agent:${agent.name}`]);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(goodSpec("user-service", "Profile"));
    expect(out).toContain("✅ services/user-service/specs/001-user-profile/spec.md written");
    const [run, ...again] = notesIn(notes);
    expect(again).toEqual([]);
    expect(run?.argv).toEqual([...agent.arguments, ...agent.toDraft]);
    expect(run?.cwd).toBe(cwd);
    for (const told of [
      "Create user profile",
      "Each service owns its data",
      "/api/v1/users",
      "<document>",
      "**Given**",
    ])
      expect(run?.prompt).toContain(told);
    const used = counts[agent.name] ?? 1200;
    expect(err).toContain(`agent:${agent.name} works on ${userSpec}\n`);
    if (used > 0) expect(err).toContain("1,200 tokens");
    expect(runsIn(cwd)).toMatchObject([
      {
        command: "specify",
        author: `agent:${agent.name}`,
        service: "user-service",
        file: userSpec,
        tokens: used === 0 ? { input: 0, output: 0 } : { input: 1000, output: 200 },
        rounds: [{ errors: 0 }],
        outcome: "written",
      },
    ]);
    expect(runsIn(cwd)[0]?.pack).toContainEqual(expect.stringMatching(/^constitution\.md:\d+-\d+$/));
  });
});

describe("one author after the other", () => {
  const revised = goodSpec("user-service", "Profile").replace("15 minutes", "20 minutes");
  const at = (cwd: string) => join(cwd, userSpec, "..");
  const by = (text: string) => ({
    PATH: programs({ claude: speaking.claude?.replaceAll(spec, JSON.stringify(text)) ?? "" }),
  });
  const written = (cwd: string) => readFileSync(join(cwd, userSpec), "utf8");

  test("what a model wrote is kept by the engine, and may be changed by the model", async () => {
    const cwd = shop();
    const first = await runIn({ cwd, env: by(goodSpec("user-service", "Profile")) }, [
      ...specify,
      "--author=agent:claude",
    ]);
    expect(first.code).toBe(0);
    const offline = await runIn({ cwd: at(cwd) }, ["specify"]);
    expect(offline.code).toBe(0);
    for (const line of goodSpec("user-service", "Profile").split("\n")) expect(written(cwd)).toContain(line);
    const again = await runIn({ cwd: at(cwd), env: by(revised) }, ["specify", "--author=agent:claude"]);
    expect(again.code).toBe(0);
    expect(written(cwd)).toContain("good for 20 minutes");
    expect(written(cwd)).not.toContain("good for 15 minutes");
  });

  test("what the engine wrote is revised by a model", async () => {
    const cwd = shop();
    await runIn({ cwd }, specify);
    const offline = written(cwd);
    const better = offline.replace(
      "### Service Name\nuser-service",
      "### Service Name\nuser-service\n\nKeeps what people say of themselves.",
    );
    expect(better).not.toBe(offline);
    const { code, out } = await runIn({ cwd: at(cwd), env: by(better) }, [
      "specify",
      "--author=agent:claude",
    ]);
    expect({ code, text: written(cwd) }).toEqual({ code: 0, text: better });
    expect(out).toContain("Changed: Service Name");
  });
});

test("a document that would become worse stays as it is; the draft, which is paid for, is kept", async () => {
  const cwd = shop();
  await runIn({ cwd }, specify);
  const before = readFileSync(join(cwd, userSpec), "utf8");
  const env = { PATH: programs({ claude: speaking.claude?.replaceAll(spec, '"# Nothing\\n"') ?? "" }) };
  const argv = ["specify", "--author=agent:claude", "--quiet"];
  const { code, out, err } = await runIn({ cwd: join(cwd, userSpec, ".."), env }, argv);
  expect({ code, out, text: readFileSync(join(cwd, userSpec), "utf8") }).toEqual({
    code: 2,
    out: "",
    text: before,
  });
  expect(err).toContain(`${userSpec} would become worse: No scenario in spec.md. Nothing was written.`);
  expect(err).toContain(`The draft is in .speckit/aside/${userSpec}.`);
  expect(readFileSync(join(cwd, ".speckit/aside", userSpec), "utf8")).toBe("# Nothing\n");
  expect(runsIn(cwd)).toMatchObject([{ outcome: "written" }, { outcome: "refused" }]);
});

test("a plan and a task list are drafted the same way; what is told stays within the budget of the command", async () => {
  const cwd = shop();
  const notes = join(folderWith({}), "notes");
  const script = `
const beginning = prompt.split("make what stands below them better.\\n\\n")[1];
say({ type: "assistant", message: { content: document(beginning.trimEnd() + "\\n") } });`;
  const env = { PATH: programs({ claude: script }), NOTES: notes };
  const count = await loadTokenCounter();
  for (const command of ["plan", "tasks"] as const) {
    const { code, err } = await runIn({ cwd, env }, [
      command,
      "--service=auth-service",
      "--author=agent:claude",
    ]);
    expect({ code, err }).toMatchObject({ code: 0 });
    const file = join(cwd, "services/auth-service/specs/001-login", `${command}.md`);
    const written = readFileSync(file, "utf8");
    const told = notesIn(notes).at(-1)?.prompt ?? "";
    expect(told).toContain("a person who has an account and knows the password");
    const budget = recipes.find((recipe) => recipe.command === command)?.budget ?? 0;
    // Beside the pack: how to answer, what makes it good, and what the engine drafts by itself.
    expect(count(told)).toBeLessThan(budget + count(written) + 700);
  }
  expect(runsIn(cwd).map(({ command, outcome }) => `${String(command)} ${String(outcome)}`)).toEqual([
    "plan written",
    "tasks written",
  ]);
});
