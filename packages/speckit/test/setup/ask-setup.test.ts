import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { askSetup } from "../../src/cli/ask-setup.ts";

const given = { agents: [], template: "microservices", drafts: true, prefix: "speckit", mcp: false } as const;
const enter = "\r";
const down = "\x1b[B";

type Answers = readonly (readonly [question: string, keys: string])[];

/** Answers questions with keys, each once it has been asked. */
async function answered(answers: Answers, of: Partial<Parameters<typeof askSetup>[1]> = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const facts = { services: 0, githubSpecKit: false, agentsSeen: [], ...of };
  const choices = askSetup(given, facts, { input, output });
  for (const [question, keys] of answers) {
    await expect.poll(() => shown, { interval: 10 }).toContain(question);
    input.write(keys);
  }
  return { choices: await choices, shown };
}

const [whichAgents, whatIsHere, registers] = [
  "Which agents do you work with?",
  "What is in this repository?",
  "Register the MCP server",
];

test("agents whose folders are there are chosen already", async () => {
  const { choices, shown } = await answered(
    [
      [whichAgents, enter],
      [whatIsHere, enter],
      [registers, enter],
    ],
    { agentsSeen: ["claude"] },
  );
  expect(choices).toEqual({
    agents: ["claude"],
    template: "microservices",
    drafts: false,
    prefix: "speckit",
    mcp: false,
  });
  expect(shown).not.toContain("Draft specs");
});

test("one service, no agents: nothing about MCP is asked", async () => {
  const { choices } = await answered([
    [whichAgents, enter],
    [whatIsHere, down + enter],
  ]);
  expect(choices).toMatchObject({ agents: [], template: "single", mcp: false });
});

test("where GitHub spec-kit is, another prefix is offered", async () => {
  const { choices, shown } = await answered(
    [
      [whichAgents, enter],
      [whatIsHere, enter],
      ["Draft specs and a catalog", "y"],
      ["GitHub spec-kit's commands stay", enter],
      [registers, "y"],
    ],
    { agentsSeen: ["gemini"], githubSpecKit: true, services: 3 },
  );
  expect(choices).toMatchObject({ agents: ["gemini"], drafts: true, prefix: "fleet", mcp: true });
  expect(shown).toContain("3 services found");
});

test("Ctrl-C chooses nothing", async () => {
  expect((await answered([[whichAgents, "\x03"]])).choices).toBeUndefined();
});
