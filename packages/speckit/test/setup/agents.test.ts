import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { agents, findAgent, isSkill } from "../../src/authoring/setup/agents.ts";
import { commandPath, renderCommand } from "../../src/authoring/setup/command-file.ts";
import { commands } from "../../src/cli/commands.ts";
import { readPrompts } from "../../src/node/setup/shipped-templates.ts";
import { loadTokenCounter } from "../../src/tokens/count.ts";

const prompts = readPrompts();
/** Commands of the contract whose engine part may come after their prompt. */
const written = ["specify", "clarify", "plan", "tasks", "implement", "resume", "document"];

const agent = (key: string) => {
  const found = findAgent(key);
  if (!found) throw new Error(`no agent ${key}`);
  return found;
};

test.each([
  { key: "claude", path: ".claude/skills/speckit-plan/SKILL.md" },
  { key: "cursor", path: ".cursor/skills/speckit-plan/SKILL.md" },
  { key: "copilot", path: ".github/skills/speckit-plan/SKILL.md" },
  { key: "gemini", path: ".gemini/commands/speckit.plan.toml" },
  { key: "tabnine", path: ".tabnine/agent/commands/speckit.plan.toml" },
  { key: "goose", path: ".goose/recipes/speckit.plan.yaml" },
  { key: "firebender", path: ".firebender/commands/speckit.plan.mdc" },
  { key: "opencode", path: ".opencode/commands/speckit.plan.md" },
  { key: "cline", path: ".clinerules/workflows/speckit-plan.md" },
  { key: "kiro-cli", path: ".kiro/prompts/speckit-plan.md" },
  { key: "hermes", path: "~/.hermes/skills/speckit-plan/SKILL.md" },
])("$key reads the plan command from $path", ({ key, path }) => {
  expect(`${agent(key).dir}/${commandPath(agent(key), "plan", "speckit")}`).toBe(path);
});

test("there are 38 agents, sorted, each once", () => {
  const keys = agents.map(({ key }) => key);
  expect(keys).toHaveLength(38);
  expect([...new Set(keys)].sort()).toEqual(keys);
});

test("agents that share a folder write the same files", () => {
  for (const one of agents)
    for (const other of agents.filter(({ dir }) => dir !== undefined && dir === one.dir))
      expect(other).toMatchObject({ ext: one.ext, args: one.args, dots: one.dots });
});

describe.each(agents)("commands for $key", (one) => {
  test("have front matter, a recipe or a table that can be read, and the placeholder of the agent", () => {
    for (const prompt of prompts) {
      const text = renderCommand(one, prompt, "speckit");
      const body = bodyOf(one.format, text);
      expect(body.description).toBe(prompt.description);
      const asks = prompt.body.includes("$ARGUMENTS");
      expect(body.prompt.includes(one.args ?? "what the user asked for in this conversation")).toBe(asks);
      if (one.args !== "$ARGUMENTS") expect(text).not.toContain("$ARGUMENTS");
      // https://agentskills.io/specification
      if (isSkill(one)) {
        expect(body.name).toBe(commandPath(one, prompt.command, "speckit").split("/")[0]);
        expect(body.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }
    }
  });

  test("take 4,000 tokens at most, all together", async () => {
    const count = await loadTokenCounter();
    const texts = prompts.map((prompt) => renderCommand(one, prompt, "speckit"));
    expect(texts.reduce((sum, text) => sum + count(text), 0)).toBeLessThanOrEqual(4000);
  });
});

interface Read {
  readonly name?: string;
  readonly description: string;
  readonly prompt: string;
}

function bodyOf(format: string, text: string): Read {
  if (format === "yaml") return load(text) as Read;
  if (format === "toml") {
    const [, description = "", prompt = ""] =
      /^description = (".*")\nprompt = """\n([\s\S]*)\n"""\n$/.exec(text) ?? [];
    expect(prompt).not.toMatch(/"""|(?<!\\)\\(?!["\\])/);
    return { description: JSON.parse(description) as string, prompt };
  }
  const [, front = "", prompt = ""] = /^---\n([\s\S]*?)\n---\n\n?([\s\S]+)$/.exec(text) ?? [];
  return { ...(load(front) as Read), prompt };
}

test("quotes and backslashes of a prompt survive in TOML", () => {
  const prompt = { command: "find", description: 'find "a" \\ b', body: 'say """ and \\n' };
  expect(renderCommand(agent("gemini"), prompt, "speckit")).toBe(
    'description = "find \\"a\\" \\\\ b"\nprompt = """\nsay ""\\" and \\\\n\n"""\n',
  );
});

test("every command has a prompt, and prompts run only commands that are promised", () => {
  const promised = [...commands.map(({ name }) => name), ...written];
  expect(prompts.map(({ command }) => command).sort()).toEqual([...new Set(promised)].sort());
  for (const { body } of prompts)
    for (const [, name] of body.matchAll(/`speckit ([a-z-]+)/g)) expect(promised).toContain(name);
});
