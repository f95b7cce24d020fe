import { expect, test } from "vitest";
import { accessTo, providers } from "../../src/node/authors/providers.ts";
import { loadTokenCounter } from "../../src/tokens/count.ts";
import { refuses, serverWith, streams, wires } from "./model-server.ts";
import { everythingBelow, goodSpec, runIn, shop } from "./stage.ts";

const key = "sk-test-7f3Kq9Zx2LmNpR8s";
const { refusal } = wires.chat;

test.each([
  {
    given: "with an end of line behind it",
    value: `${key}\r\n`,
    answer: refuses(401, refusal(`no ${key}.`)),
  },
  // No header may have it, and whoever says so quotes it.
  {
    given: "with an end of line in it",
    value: "zq9Tt3Kq9Zx2L\nmNpR8sUU",
    answer: refuses(401, refusal("no")),
  },
])("a key $given is said by nobody", async ({ value, answer }) => {
  const { url } = await serverWith(answer);
  const env = { OPENAI_COMPATIBLE_API_KEY: value, OPENAI_COMPATIBLE_BASE_URL: url };
  const cwd = shop();
  const argv = [
    "specify",
    "--service=user-service",
    "Create user profile",
    "--author=model:openai-compatible/m",
  ];
  const { code, err } = await runIn({ cwd, env }, argv);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("[redacted") as string });
  const said = [err, ...everythingBelow(cwd).map(({ text }) => text)].join("\n");
  for (const part of value.trim().split("\n")) expect(said).not.toContain(part);
});

test.each([
  { given: "127.0.0.1", url: "http://127.0.0.1:11434/v1" },
  { given: "localhost:8080", url: "http://localhost:8080/v1" },
  { given: "http://gpu.example.com/", url: "http://gpu.example.com/v1" },
  { given: "https://gpu.example.com/ollama/v1/", url: "https://gpu.example.com/ollama/v1" },
])("OLLAMA_HOST=$given is $url", ({ given, url }) => {
  const ollama = providers.find(({ name }) => name === "ollama");
  expect(ollama && accessTo(ollama, "llama", { OLLAMA_HOST: given })).toMatchObject({ baseUrl: url });
});

const answer = `<document>\n${goodSpec("user-service", "Profile")}</document>\n`;
const specifyBy = (url: string, ...flags: readonly string[]) =>
  runIn({ cwd: shop(), env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url } }, [
    "specify",
    "--service=user-service",
    "Create user profile",
    "--author=model:anthropic/claude-x",
    ...flags,
  ]);

test("a model is told how much it may write", async () => {
  const { url, asked } = await serverWith(streams(wires.anthropic.answer(answer)));
  await specifyBy(url, "--token-limit=4k");
  await specifyBy(url);
  const [first, second] = asked.map(({ body }) => body);
  const { system, messages } = first as {
    system: { text: string }[];
    messages: { content: { text: string }[] }[];
  };
  const count = await loadTokenCounter();
  const read = count(`${system[0]?.text}\n\n${messages[0]?.content[0]?.text}`);
  expect(read).toBeGreaterThan(400);
  expect([first?.max_tokens, second?.max_tokens]).toEqual([4000 - read, 32_000]);
});

test("a model is not asked when its prompt alone reaches the limit of tokens", async () => {
  const { url, asked } = await serverWith(streams(wires.anthropic.answer(answer)));
  const { code, err } = await specifyBy(url, "--token-limit=1k", "--quiet");
  expect({ code, asked: asked.length }).toEqual({ code: 2, asked: 0 });
  expect(err).toContain("The limit of tokens is reached. Raise it with --token-limit");
});
