import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { breaksOff, refuses, serverWith, streams, type Wire, wires } from "./model-server.ts";
import { good, inMarkers, key, specifyWith, userSpec } from "./specify-with.ts";
import { everythingBelow, runsIn } from "./stage.ts";

/** Each provider with the variables that lead to a server here. */
const reached: readonly {
  readonly author: string;
  readonly wire: Wire;
  readonly env: (url: string) => Record<string, string>;
  readonly sent: Record<string, string>;
}[] = [
  {
    author: "model:anthropic/claude-x",
    wire: wires.anthropic,
    env: (url) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url }),
    sent: { "x-api-key": key },
  },
  {
    author: "model:openai/gpt-x",
    wire: wires.openai,
    env: (url) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1` }),
    sent: { authorization: `Bearer ${key}` },
  },
  {
    author: "model:google/gemini-x",
    wire: wires.google,
    env: (url) => ({ GEMINI_API_KEY: key, GOOGLE_GENERATIVE_AI_BASE_URL: url }),
    sent: { "x-goog-api-key": key },
  },
  {
    author: "model:ollama/llama",
    wire: wires.chat,
    env: (url) => ({ OLLAMA_HOST: url.slice("http://".length) }),
    sent: {},
  },
  {
    author: "model:openrouter/some/llama",
    wire: wires.chat,
    env: (url) => ({ OPENROUTER_API_KEY: key, OPENROUTER_BASE_URL: url }),
    sent: { authorization: `Bearer ${key}` },
  },
  {
    author: "model:openai-compatible/llama",
    wire: wires.chat,
    env: (url) => ({ OPENAI_COMPATIBLE_BASE_URL: `${url}/v1`, OPENAI_COMPATIBLE_API_KEY: key }),
    sent: { authorization: `Bearer ${key}` },
  },
];

describe("a model's draft", () => {
  test.each(
    reached,
  )("by $author is streamed, checked, written and recorded; the key goes nowhere but to the provider", async ({
    author,
    wire,
    env,
    sent,
  }) => {
    const { url, asked } = await serverWith(streams(wire.answer(inMarkers(good))));
    const { code, out, err, cwd } = await specifyWith(author, env(url), {}, ["--json"]);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
    expect(JSON.parse(out)).toMatchObject({ author, tokens: { input: 1000, output: 200 }, written: true });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.path).toMatch(wire.path);
    expect(asked[0]?.headers).toMatchObject(sent);
    for (const told of ["Create user profile", "Each service owns its data", "/api/v1/users", "<document>"])
      expect(JSON.stringify(asked[0]?.body)).toContain(told);
    expect(err).toContain("1,200 tokens");
    expect(runsIn(cwd)).toMatchObject([{ author, outcome: "written", tokens: { input: 1000, output: 200 } }]);
    expect([out, err, ...everythingBelow(cwd).map(({ text }) => text)].join("\n")).not.toContain(key);
  });

  test.each(reached)("of $author that may not be longer is not taken", async ({ author, wire, env }) => {
    const { url } = await serverWith(streams(wire.tooLong(inMarkers(good).slice(0, 300))));
    const { code, err, written, cwd } = await specifyWith(author, env(url));
    expect({ code, written }).toEqual({ code: 2, written: false });
    expect(err).toContain(`speckit: ${author} wrote as much as it may and was cut off. Raise --token-limit`);
    expect(runsIn(cwd)).toMatchObject([{ outcome: "failed", tokens: { input: 1000, output: 200 } }]);
  });

  test.each(reached)("of $author that is cut off in the middle is not taken", async ({
    author,
    wire,
    env,
  }) => {
    const events = wire.answer(inMarkers(good));
    const { url } = await serverWith(breaksOff(events.slice(0, 5)));
    const { code, err, written } = await specifyWith(author, env(url));
    expect({ code, written }).toEqual({ code: 2, written: false });
    expect(err).toMatch(/cannot be reached: the connection was cut off|cut off in the middle/);
  });

  test.each(reached)("$author is asked again after 429 and 529, when it says", async ({
    author,
    wire,
    env,
  }) => {
    const soon = { "retry-after-ms": "1" };
    const { url, asked } = await serverWith(
      refuses(429, wire.refusal("slow down"), soon),
      refuses(529, wire.refusal("overloaded"), soon),
      streams(wire.answer(inMarkers(good))),
    );
    expect((await specifyWith(author, env(url))).code).toBe(0);
    expect(asked).toHaveLength(3);
  });

  test("a wait in seconds is waited", async () => {
    const { url, asked } = await serverWith(
      refuses(429, wires.anthropic.refusal("slow down"), { "retry-after": "0.01" }),
      streams(wires.anthropic.answer(inMarkers(good))),
    );
    const { code } = await specifyWith("model:anthropic/claude-x", {
      ANTHROPIC_API_KEY: key,
      ANTHROPIC_BASE_URL: url,
    });
    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 2 });
  });
});
