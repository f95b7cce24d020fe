import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AuthorRun, TokensUsed } from "../../src/authoring/author.ts";
import type { TaskAssignment } from "../../src/authoring/implementer.ts";
import { implementerNamed } from "../../src/cli/authors.ts";
import { UsageError } from "../../src/cli/command.ts";
import { defaultConfig } from "../../src/model/config.ts";
import { headlessAgents } from "../../src/node/authors/agents.ts";
import { parseTaskList } from "../../src/parse/task-list.ts";
import { folderWith } from "../run-cli.ts";
import { serverWith, streams, wires } from "./model-server.ts";
import { notesIn, programs } from "./stage.ts";

const text =
  "# Tasks\n\n### Task 1.1: Project Setup\n- File: package.json\n- Acceptance: Can run `npm test`\n";
const task = parseTaskList({ file: "tasks.md", text, bytes: text.length }).tasks[0];
const assignment = {
  service: { name: "a", dir: "services/a" },
  task,
  pack: "PACK",
  failure: undefined,
  textOf: () => undefined,
} as unknown as TaskAssignment;

function watched() {
  const used: TokensUsed[] = [];
  const run: AuthorRun = {
    signal: new AbortController().signal,
    progress: () => undefined,
    used: (tokens) => used.push(tokens),
  };
  return { run, used };
}

describe("an agent works on a task", () => {
  const claude = headlessAgents.find(({ name }) => name === "claude");

  test.each([
    {
      given: "edits files",
      script: `fs.mkdirSync("services/a", { recursive: true }); fs.writeFileSync("services/a/package.json", "{}"); say({ type: "assistant", message: { content: "Set up." } });`,
      is: { files: [], said: "Set up." },
      wrote: true,
    },
    {
      given: "leaves it to a person",
      script: `say({ type: "assistant", message: { content: "DECLINED: needs an account" } });`,
      is: { files: [], said: "needs an account", declined: true },
      wrote: false,
    },
    {
      given: "looks around before it leaves it to a person",
      script: `say({ type: "assistant", message: { content: "Let me look at the task." } }); say({ type: "assistant", message: { content: "DECLINED: needs an account" } });`,
      is: { files: [], said: "needs an account", declined: true },
      wrote: false,
    },
  ])("and $given", async ({ script, is, wrote }) => {
    const root = folderWith({ "constitution.md": "# C\n" });
    const notes = join(folderWith({}), "notes");
    const env = { PATH: programs({ claude: script }), NOTES: notes };
    const implementer = implementerNamed({ author: "agent:claude" }, { root, config: defaultConfig, env });
    const { run } = watched();
    expect(await implementer?.implement(assignment, run)).toEqual(is);
    expect(existsSync(join(root, "services/a/package.json"))).toBe(wrote);
    expect(notesIn(notes)[0]).toMatchObject({
      cwd: root,
      argv: [...(claude?.arguments ?? []), ...(claude?.toImplement ?? [])],
    });
    expect(notesIn(notes)[0]?.prompt).toContain("Task 1.1: Project Setup");
  });
});

describe("a model works on a task", () => {
  const answering = async (answer: string) => {
    const { url } = await serverWith(streams(wires.chat.answer(answer)));
    const env = { OLLAMA_HOST: url };
    return implementerNamed({ author: "model:ollama/llama" }, { root: "/", config: defaultConfig, env });
  };

  test.each([
    {
      given: "hands in files",
      answer: '<file path="services/a/package.json">\n{}\n</file>\nSet up.',
      is: { files: [{ file: "services/a/package.json", text: "{}\n" }], said: "Set up." },
    },
    {
      given: "leaves it to a person",
      answer: "DECLINED: needs an account",
      is: { files: [], said: "needs an account", declined: true },
    },
  ])("and $given", async ({ answer, is }) => {
    const { run, used } = watched();
    expect(await (await answering(answer))?.implement(assignment, run)).toEqual(is);
    expect(used).toEqual([{ input: 1000, output: 200 }]);
  });

  test.each([
    {
      given: "no file",
      answer: "Looks fine to me.",
      says: /handed in no file for 1\.1: “Looks fine to me\.”/,
    },
    { given: "half a file", answer: '<file path="a.ts">\nlet x', says: /was cut off: "a\.ts" has no end/ },
  ])("and fails with $given", async ({ answer, says }) => {
    await expect((await answering(answer))?.implement(assignment, watched().run)).rejects.toThrow(says);
  });
});

test("nobody named is a person", () => {
  expect(
    implementerNamed({}, { root: "/", config: { ...defaultConfig, author: "agent:claude" }, env: {} }),
  ).toBeUndefined();
});

test.each(["agent:claude", "agent:nobody", "model:anthropic/x", "somebody"])("%s is not there", (author) => {
  expect(() => implementerNamed({ author }, { root: "/", config: defaultConfig, env: {} })).toThrow(
    UsageError,
  );
});

test("every agent says how it is started for both kinds of work, in words without blanks", () => {
  const names = headlessAgents.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  for (const { program, arguments: words, toDraft, toImplement, install } of headlessAgents) {
    expect([program, ...words, ...toDraft, ...toImplement].every((word) => /^\S+$/.test(word))).toBe(true);
    expect(install).toMatch(/^https:\/\//);
  }
  expect(
    readFileSync(new URL("../../../../docs/how-to/draft-with-a-model.md", import.meta.url), "utf8"),
  ).toContain(names.join(", "));
});
