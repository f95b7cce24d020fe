import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Reply, refuses, serverWith, stalls, streams, wires } from "./model-server.ts";
import { good, inMarkers, key, specifyWith, userSpec } from "./specify-with.ts";
import { everythingBelow, runIn, runsIn, shop, write } from "./stage.ts";

const claude = "model:anthropic/claude-x";
const atAnthropic = (url: string) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url });
const refusal = wires.anthropic.refusal;
const soon = { "retry-after-ms": "1" };

test.each<{ given: string; reply: Reply; says: RegExp; asked: number }>([
  {
    given: "a wrong key",
    reply: refuses(401, refusal(`invalid x-api-key ${key}`)),
    says: /Anthropic refused the key in ANTHROPIC_API_KEY \(401\): invalid x-api-key \[redacted/,
    asked: 1,
  },
  {
    given: "a key without rights",
    reply: refuses(403, refusal("no access")),
    says: /refused the key in ANTHROPIC_API_KEY \(403\): no access/,
    asked: 1,
  },
  {
    given: "an unknown model",
    reply: refuses(404, refusal("model: claude-x")),
    says: /knows no model 'claude-x', or not at this address \(404\)/,
    asked: 1,
  },
  {
    given: "no end of 429",
    reply: refuses(429, refusal("too much"), { ...soon, "retry-after": "7" }),
    says: /allows no more for now \(429\); it will in 7 seconds: too much/,
    asked: 3,
  },
  {
    given: "no end of 529",
    reply: refuses(529, refusal("Overloaded"), soon),
    says: /cannot answer right now \(529\): Overloaded/,
    asked: 3,
  },
  {
    given: "a prompt that is too long",
    reply: refuses(413, refusal("prompt is too long")),
    says: /refused the request \(413\): prompt is too long/,
    asked: 1,
  },
  {
    given: "an error page",
    reply: refuses(400, "<html>no</html>", { "content-type": "text/html" }),
    says: /refused the request \(400\)/,
    asked: 1,
  },
  {
    given: "an error in the stream",
    reply: streams([
      ...wires.anthropic.answer("Half").slice(0, 4),
      'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Internal server error"}}\n\n',
    ]),
    says: /Internal server error/,
    asked: 1,
  },
  {
    given: "garbage",
    reply: streams(["data: {{{\n\n", "nonsense\n\n"]),
    says: /gave an answer that cannot be read: JSON parsing failed/,
    asked: 1,
  },
  {
    given: "an empty answer",
    reply: streams(wires.anthropic.answer("")),
    says: /answered nothing/,
    asked: 1,
  },
  {
    given: "words and no document",
    reply: streams(wires.anthropic.answer("I am sorry, but I cannot do that.")),
    says: /answered, but without a document: “I am sorry, but I cannot do that\.”/,
    asked: 1,
  },
  {
    given: "half a document",
    reply: streams(wires.anthropic.answer("<document>\n# Half\n")),
    says: /was cut off: its document has no end/,
    asked: 1,
  },
  {
    given: "a refusal",
    reply: streams(wires.anthropic.answer("No.").map((event) => event.replace("end_turn", "refusal"))),
    says: /refused to answer this/,
    asked: 1,
  },
])("$given: one line, nothing written", async ({ reply, says, asked: times }) => {
  const { url, asked } = await serverWith(reply);
  const { code, out, err, written, cwd } = await specifyWith(claude, atAnthropic(url), {}, ["--quiet"]);
  expect({ code, out, written }).toEqual({ code: 2, out: "", written: false });
  expect(err).toMatch(says);
  expect(err.trimEnd()).not.toContain("\n");
  expect(asked).toHaveLength(times);
  expect(runsIn(cwd)).toMatchObject([{ outcome: "failed", reason: expect.stringMatching(says) as string }]);
  expect([err, ...everythingBelow(cwd).map(({ text }) => text)].join("\n")).not.toContain(key);
});

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `127.0.0.1:${port}`;
}

test("without anybody at the address it says so", { timeout: 30_000 }, async () => {
  const { code, err } = await specifyWith("model:ollama/llama", { OLLAMA_HOST: await closedPort() }, {}, [
    "--quiet",
  ]);
  expect(code).toBe(2);
  expect(err).toBe("speckit: Ollama cannot be reached: nothing listens at its address (ECONNREFUSED).\n");
});

describe("a model that takes its time", () => {
  async function stalled(flags: readonly string[], interrupt: boolean) {
    let stalledNow = () => {};
    const stall = new Promise<void>((resolve) => {
      stalledNow = resolve;
    });
    let gone = false;
    let onGone = () => {};
    const left = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    const { url, asked } = await serverWith(
      stalls(
        wires.anthropic.answer(inMarkers(good)).slice(0, 5),
        () => stalledNow(),
        () => {
          gone = true;
          onGone();
        },
      ),
    );
    const result = await specifyWith(
      claude,
      atAnthropic(url),
      interrupt ? { interrupted: stall } : {},
      flags,
    );
    // Where the time was over before the question was asked, nobody has to leave.
    if (asked.length > 0) await left;
    return { ...result, gone };
  }

  test("is left at Ctrl-C: nothing is written, the connection is closed", async () => {
    const { code, err, written, gone, cwd } = await stalled(["--quiet"], true);
    expect({ code, written, gone }).toEqual({ code: 2, written: false, gone: true });
    expect(err).toBe(`speckit: Interrupted: ${claude} was ended. ${userSpec} is as it was.\n`);
    expect(runsIn(cwd)).toMatchObject([{ outcome: "interrupted", tokens: { input: 0, output: 0 } }]);
    // The number that was taken for it is free again.
    expect(existsSync(join(cwd, "services/user-service/specs/001-user-profile"))).toBe(false);
  });

  test("is left at the limit of time", async () => {
    const { code, err, written } = await stalled(["--quiet", "--time-limit=1s"], false);
    expect({ code, written }).toEqual({ code: 2, written: false });
    expect(err).toBe(
      `speckit: ${claude} was not done within 1 s and was ended. Give it more with --time-limit, or authors.time_limit_seconds.\n`,
    );
  });
});

test("what is wrong in a draft goes back to the model, at most twice; the best draft is taken", async () => {
  const bad = good.replaceAll("**When**", "**Whenever**");
  const worse = bad.replace("### Service Name\nuser-service\n", "");
  const { url, asked } = await serverWith(
    ...[bad, worse, bad].map((text) => streams(wires.anthropic.answer(inMarkers(text)))),
  );
  const { code, cwd } = await specifyWith(claude, atAnthropic(url));
  expect(code).toBe(0);
  expect(asked).toHaveLength(3);
  expect(JSON.stringify(asked[1]?.body)).toMatch(/What is wrong in it.*line 15, warning: .* has no When/);
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(bad);
  expect(runsIn(cwd)).toMatchObject([{ rounds: [{}, {}, {}], tokens: { input: 3000, output: 600 } }]);
});

test("a revision that fails leaves the draft before it", async () => {
  const bad = good.replaceAll("**When**", "**Whenever**");
  const { url } = await serverWith(
    streams(wires.anthropic.answer(inMarkers(bad))),
    refuses(401, refusal("revoked")),
  );
  const { code, err, cwd } = await specifyWith(claude, atAnthropic(url));
  expect(code).toBe(0);
  expect(err).toContain("There was no further revision: Anthropic refused the key");
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(bad);
});

test("open questions are no fault: nobody is told to mend them", async () => {
  const open = good.replace("15 minutes", "[NEEDS CLARIFICATION: how long?]");
  const { url, asked } = await serverWith(streams(wires.anthropic.answer(inMarkers(open))));
  const { code, cwd } = await specifyWith(claude, atAnthropic(url));
  expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 1 });
  expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(open);
});

test("what a person writes while a model is at work stays", async () => {
  const cwd = shop({ [userSpec]: good });
  const byHand = `${good}\n## Notes\n\nAsk Ada.\n`;
  const { url } = await serverWith((response, request) => {
    write(cwd, userSpec, byHand);
    return streams(wires.anthropic.answer(inMarkers(good)))(response, request);
  });
  const argv = ["specify", "Create user profile", `--author=${claude}`];
  const { code } = await runIn({ cwd: join(cwd, userSpec, ".."), env: atAnthropic(url) }, argv);
  expect({ code, text: readFileSync(join(cwd, userSpec), "utf8") }).toEqual({ code: 0, text: byHand });
});
