import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadPackages } from "../../src/node/authors/load-packages.ts";
import { folderWith } from "../run-cli.ts";
import { goodSpec, notesIn, programs, runIn, shop, specifyBy, userSpec } from "./stage.ts";

const good = goodSpec("user-service", "Profile");
const answer = `say({ type: "assistant", message: { content: [{ type: "text", text: document(${JSON.stringify(good)}) }] } });
say({ type: "result", subtype: "success", is_error: false, result: "", usage: { input_tokens: 10, output_tokens: 10 } });`;

describe("authors of the configuration", () => {
  const commands = { mine: ["my-agent", "--quick"] };
  const script = `console.log(document(${JSON.stringify(good)}));`;
  const configured = (config: object) => shop({ ".speckit.config.json": JSON.stringify(config) });

  test("a command of one's own reads the prompt and prints its answer; a person sees it before it runs", async () => {
    const cwd = configured({ authors: { commands } });
    const { code, err, notes, written } = await specifyBy({ "my-agent": script }, ["--author=agent:mine"], {
      cwd,
    });
    expect({ code, written }).toEqual({ code: 0, written: true });
    expect(notes).toMatchObject([
      { argv: ["--quick"], prompt: expect.stringContaining("Create user profile") as string },
    ]);
    expect(err).toContain(`agent:mine works on ${userSpec}: my-agent --quick\n`);
  });

  test("a command of the repository runs only when it is named on the command line", async () => {
    const cwd = configured({ author: "agent:mine", authors: { commands } });
    const notes = join(folderWith({}), "notes");
    const env = { PATH: programs({ "my-agent": script }), NOTES: notes };
    const { code, err } = await runIn({ cwd, env }, [
      "specify",
      "--service=user-service",
      "Create user profile",
    ]);
    expect({ code, runs: notesIn(notes) }).toEqual({ code: 2, runs: [] });
    expect(err).toContain(
      "'author' names agent:mine, a command of this repository's own: my-agent --quick. Look at it, and run it by name: --author agent:mine.",
    );
  });

  test("a command that would hide itself is seen all the same", async () => {
    const hidden = { mine: ["my-agent", "\u001b[2K\rall is well", "\u009b1A", "\u202ea", "two words"] };
    const flags = ["--author=agent:mine"];
    const cwd = configured({ authors: { commands: hidden } });
    const { err } = await specifyBy({ "my-agent": script }, flags, { cwd });
    expect(err).toContain(
      String.raw`: my-agent "\u001b[2K\rall is well" "\u{9b}1A" "\u{202e}a" "two words"${"\n"}`,
    );
  });

  test("a command may stand where its whole path says, and nowhere that a part of one leads to", async () => {
    const path = join(programs({ "my-agent": script }), "my-agent");
    for (const [program, code] of [
      [path, 0],
      [`../../../../../../../../../..${path}`, 2],
      ["./my-agent", 2],
    ] as const) {
      const cwd = configured({ authors: { commands: { mine: [program] } } });
      const result = await specifyBy({ "other-agent": script }, ["--author=agent:mine"], { cwd });
      expect({ program, code: result.code }).toEqual({ program, code });
    }
  });

  test("a command cannot take the name of an agent", async () => {
    const cwd = configured({ authors: { commands: { claude: ["evil"] } } });
    const { code, err, notes } = await specifyBy(
      { claude: answer, evil: script },
      ["--author=agent:claude"],
      { cwd },
    );
    expect({ code, runs: notes.length }).toEqual({ code: 2, runs: 0 });
    expect(err).toContain("gives a command the name 'claude', which is that of an agent");
  });

  test.each([
    { author: "offline", runs: 0 },
    { author: "agent:claude", runs: 1 },
  ])("author: $author drafts when the command line names nobody", async ({ author, runs }) => {
    const cwd = configured({ author });
    const notes = join(folderWith({}), "notes");
    const env = { PATH: programs({ claude: answer }), NOTES: notes };
    const { code, out } = await runIn({ cwd, env }, [
      "specify",
      "--service=user-service",
      "Create user profile",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ author });
    expect(notesIn(notes)).toHaveLength(runs);
  });
});

test.each([
  {
    author: "model:anthropic/claude-x",
    env: {},
    says: "Anthropic needs ANTHROPIC_API_KEY: set it in the environment. It is read from nowhere else.",
  },
  { author: "model:openai-compatible/x", env: {}, says: "The server needs OPENAI_COMPATIBLE_BASE_URL" },
  {
    author: "model:antropic/x",
    env: {},
    says: "There is no provider 'antropic'. Did you mean model:anthropic/MODEL?",
  },
  {
    author: "model:openai",
    env: { OPENAI_API_KEY: "sk-test-7f3Kq9Zx2LmNpR8s" },
    says: "Which model of OpenAI? Name it: --author model:openai/MODEL.",
  },
  { author: "modle:openai/x", env: {}, says: "There is no author 'modle:openai/x'" },
])("$author cannot be meant", async ({ author, env, says }) => {
  const argv = ["specify", "--service=user-service", "Create user profile", `--author=${author}`];
  const { code, out, err } = await runIn({ cwd: shop(), env }, argv);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(says);
});

test("packages that are not installed are named, with the command that installs them", async () => {
  const missing = "@speckit/not-there";
  const loading = loadPackages(
    { name: "acme", packages: [missing] },
    () => import(missing) as Promise<unknown>,
  );
  await expect(loading).rejects.toThrow("not installed beside speckit: npm install ai @speckit/not-there");
});
