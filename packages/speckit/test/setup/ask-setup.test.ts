import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { askSetup } from "../../src/cli/ask-setup.ts";

const given = { agents: [], template: "microservices", drafts: true, prefix: "speckit", mcp: false } as const;
const enter = "\r";
const down = "\x1b[B";

/** Answers the questions with these keys, each once the question before it has been asked. */
async function answered(keys: readonly string[], of: Partial<Parameters<typeof askSetup>[1]> = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  let shown = "";
  output.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const facts = { services: 0, githubSpecKit: false, agentsSeen: [], ...of };
  const choices = askSetup(given, facts, { input, output });
  for (const key of keys) {
    await wait(60);
    input.write(key);
  }
  return { choices: await choices, shown };
}

test("agents whose folders are there are chosen already", async () => {
  const { choices, shown } = await answered([enter, enter, enter], { agentsSeen: ["claude"] });
  expect(choices).toEqual({
    agents: ["claude"],
    template: "microservices",
    drafts: false,
    prefix: "speckit",
    mcp: false,
  });
  expect(shown).toContain("Which agents do you work with?");
});

test("one service, no agents: nothing about MCP is asked", async () => {
  const { choices } = await answered([enter, down + enter]);
  expect(choices).toMatchObject({ agents: [], template: "single", mcp: false });
});

test("where GitHub spec-kit is, another prefix is offered", async () => {
  const { choices, shown } = await answered([enter, enter, "y", enter, "y"], {
    agentsSeen: ["gemini"],
    githubSpecKit: true,
    services: 3,
  });
  expect(choices).toMatchObject({ agents: ["gemini"], drafts: true, prefix: "fleet", mcp: true });
  expect(shown).toContain("3 services found");
});

test("Ctrl-C chooses nothing", async () => {
  expect((await answered(["\x03"])).choices).toBeUndefined();
});
