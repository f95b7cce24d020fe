import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blobId } from "../src/node/git.ts";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { decisionsIn, questionsIn } from "../src/tokens/said.ts";
import { folderWith } from "./run-cli.ts";
import { opencodeSession, put, recorded, recordedIn, runIn, shop } from "./sessions.ts";

const memory = ".speckit/memory/session-summary-2026-11-23.md";

/** A shop, and the recording of a session in it. */
function shopWith(recording: string) {
  const root = shop();
  const home = folderWith({});
  const session = put(home, recording.replace("opencode/", ""), recordedIn(recording, root));
  return { root, session };
}

async function pruned(root: string, session: string, ...more: string[]) {
  const { code, out, err } = await runIn(root, ["prune", "--json", "--session", session, ...more]);
  expect(code, err).toBe(0);
  return JSON.parse(out) as {
    file: string;
    written: boolean;
    secrets: number;
    tokens: { session: number; summary: number };
    savings: { rule: string; count: number; tokens: number }[];
  };
}

const goal = "Customers should be able to redeem a coupon when they place an order.";
const decision = "- I decided to keep the coupon's discount on the order itself, rather than asking";
const question = "- Should a coupon that has expired fail the order with 409, or be ignored?";

describe.each([
  { agent: "Claude Code", file: "claude-code.jsonl" },
  { agent: "Codex", file: "codex.jsonl" },
  { agent: "Gemini CLI", file: "gemini-cli.json" },
  { agent: "Gemini CLI", file: "gemini-cli.jsonl" },
])("a session of $agent in $file", ({ agent, file }) => {
  test("becomes a summary of what the next session needs", async () => {
    const { root, session } = shopWith(file);
    const before = readFileSync(session);
    const { written } = await pruned(root, session);
    const summary = readFileSync(join(root, memory), "utf8");
    const hash = (path: string) => blobId(readFileSync(join(root, path))).slice(0, 8);
    const app = "services/order-service/src/app.ts";
    const spec = "services/order-service/specs/001-orders/spec.md";
    expect(written).toBe(true);
    for (const part of [
      "# Session of 2026-11-23",
      agent,
      `## Goal\n\n${goal}`,
      decision,
      "- order-service: services/order-service/specs/001-orders: spec with 2 scenarios; no plan; tasks 1/2 done",
      `## Files edited\n\n- ${app}@${hash(app)}`,
      `## Files read\n\n- ${spec}@${hash(spec)}`,
      "- Operations and events in services/order-service/contracts/api-spec.yaml: POST /api/v1/orders :5",
      `- Scenarios in ${spec}: Given a customer with a coupon`,
      question,
      "## Next steps\n\n- services/order-service/specs/001-orders/tasks.md: T002 Test an expired coupon",
    ])
      expect(summary).toContain(part);
    expect(readFileSync(session).equals(before)).toBe(true);
  });

  test("gives the same bytes again, and no secret of it", async () => {
    const { root, session } = shopWith(file);
    const first = await pruned(root, session);
    const summary = readFileSync(join(root, memory), "utf8");
    expect(await pruned(root, session)).toEqual(first);
    expect(readFileSync(join(root, memory), "utf8")).toBe(summary);
    expect(summary).toContain('curl -s -H "Authorization: Bearer [redacted: authorization]"');
    expect(summary).not.toMatch(/eyJ|c2lnbmF0dXJl|correct-horse/);
    expect(first.secrets).toBe(1);
  });
});

test("sessions of opencode are read from its files and from its database", async () => {
  const root = shop();
  const home = folderWith({});
  for (const name of ["opencode.db", "opencode.db-wal"]) put(home, name, recorded(`opencode/${name}`));
  await pruned(root, `${join(home, "opencode.db")}#ses_4a1b00000001aaaaaaaaaaaaaa`);
  const summary = readFileSync(join(root, memory), "utf8");
  expect(summary).toContain(goal);
  expect(summary).toContain(decision);
  expect(summary).toContain("- `npm test -- orders`: FAIL test/orders.test.ts");
  const files = join(import.meta.dirname, "fixtures/sessions/opencode", opencodeSession);
  const other = shop();
  await pruned(other, files);
  expect(readFileSync(join(other, memory), "utf8")).toContain(question);
});

test.each([
  {
    file: "claude-code.jsonl",
    // app.ts was read, edited, read again; the specification was read twice; the second edit's file was never written here.
    savings: { "stale-read": 1, "repeated-read": 1, "edit-on-disk": 1, thinking: 1 },
  },
  { file: "codex.jsonl", savings: { "stale-read": 1, "edit-on-disk": 1, thinking: 1 } },
  { file: "gemini-cli.json", savings: { "stale-read": 1, "edit-on-disk": 1, thinking: 1 } },
])("what is saved in $file is said by rule", async ({ file, savings }) => {
  const { root, session } = shopWith(file);
  const found = await pruned(root, session, "--dry-run");
  expect(Object.fromEntries(found.savings.map(({ rule, count }) => [rule, count]))).toEqual(savings);
  const saved = found.savings.reduce((sum, { tokens }) => sum + tokens, 0);
  expect(saved).toBeLessThan(found.tokens.session);
  for (const { tokens } of found.savings) expect(tokens).toBeGreaterThan(0);
});

test("a stale read saves what its text had in tokens", async () => {
  const { root, session } = shopWith("codex.jsonl");
  const line = recorded("codex.jsonl")
    .toString()
    .split("\n")
    .find((one) => one.includes("buildApp") && one.includes("function_call_output"));
  const { payload } = JSON.parse(line ?? "") as { payload: { output: string } };
  const { output } = JSON.parse(payload.output) as { output: string };
  const count = await loadTokenCounter();
  const { savings } = await pruned(root, session, "--dry-run");
  expect(savings.find(({ rule }) => rule === "stale-read")?.tokens).toBe(count(output));
});

test("a long output saves its middle", async () => {
  const lines = recorded("codex.jsonl")
    .toString()
    .replace("Tests  1 failed", "a line of the log\\\\n".repeat(900));
  const root = shop();
  const session = put(folderWith({}), "long.jsonl", lines.replaceAll("/home/ada/shop", root));
  const { savings } = await pruned(root, session, "--dry-run");
  expect(savings[0]).toMatchObject({ rule: "long-output", count: 1 });
  expect(savings[0]?.tokens).toBeGreaterThan(3000);
});

test("--dry-run writes nothing", async () => {
  const { root, session } = shopWith("codex.jsonl");
  expect(await pruned(root, session, "--dry-run", "--no-cache")).toMatchObject({
    file: memory,
    written: false,
  });
  expect(existsSync(join(root, ".speckit"))).toBe(false);
});

test("--dry-run ends with the command that writes the same", async () => {
  const { root, session } = shopWith("codex.jsonl");
  const { out } = await runIn(root, ["prune", "--dry-run", "--session", session, "--target", "400"]);
  expect(out).toMatch(new RegExp(`\nNext: speckit prune --session ${session} --target 400\n$`));
});

test("a session that is shorter than its summary is not said to be shortened", async () => {
  const root = shop();
  const [opened = "", ...rest] = recordedIn("codex.jsonl", root).split("\n");
  const asked = rest.find((line) => line.includes('"role":"user"')) ?? "";
  const session = put(folderWith({}), "short.jsonl", `${opened}\n${asked}\n`);
  const { out } = await runIn(root, ["prune", "--dry-run", "--session", session]);
  expect(out.replace(/\s+/g, " ")).toMatch(/ \d+ tokens, more than the session has \(≈?\d+\)/);
});

test.each(["1500", "400", "300"])("a summary fits into --target %s", async (target) => {
  const { root, session } = shopWith("codex.jsonl");
  const { tokens } = await pruned(root, session, "--target", target);
  const count = await loadTokenCounter();
  const text = readFileSync(join(root, memory), "utf8").replace(/<!-- speckit .*\n$/, "");
  expect(count(text)).toBe(tokens.summary);
  expect(tokens.summary).toBeLessThanOrEqual(Number(target));
});

test("what is beyond the target is said, and a target that is none is refused", async () => {
  const { root, session } = shopWith("codex.jsonl");
  const small = await runIn(root, ["prune", "--session", session, "--target", "20"]);
  expect(small.code).toBe(0);
  expect(small.err).toMatch(/The shortest summary has \d+ tokens, more than --target 20/);
  const bad = await runIn(root, ["prune", "--session", session, "--target", "few"]);
  expect(bad).toMatchObject({ code: 2, out: "" });
});

describe("a summary that is there already", () => {
  test("is replaced when it is of the same session", async () => {
    const { root, session } = shopWith("codex.jsonl");
    await pruned(root, session, "--target", "400");
    expect((await pruned(root, session)).file).toBe(memory);
    expect(existsSync(join(root, memory.replace(".md", "-2.md")))).toBe(false);
  });

  test.each([
    { given: "edited by a person", change: (text: string) => text.replace("## Goal", "## Our goal") },
    { given: "of another session", change: () => "# Session\n<!-- speckit 0123456789abcdef -->\n" },
  ])("is left alone when it is $given", async ({ change }) => {
    const { root, session } = shopWith("codex.jsonl");
    await pruned(root, session);
    const changed = change(readFileSync(join(root, memory), "utf8"));
    writeFileSync(join(root, memory), changed);
    expect((await pruned(root, session)).file).toBe(memory.replace(".md", "-2.md"));
    expect(readFileSync(join(root, memory), "utf8")).toBe(changed);
  });

  test("is not seen by git, unless a person has decided otherwise", async () => {
    const { root, session } = shopWith("codex.jsonl");
    await pruned(root, session);
    const ignore = join(root, ".speckit/memory/.gitignore");
    expect(readFileSync(ignore, "utf8")).toBe("*\n");
    writeFileSync(ignore, "");
    await pruned(root, session);
    expect(statSync(ignore).size).toBe(0);
  });
});

test("without a session prune says how to name one", async () => {
  const { code, err } = await runIn(shop(), ["prune"], { HOME: folderWith({}) });
  expect(code).toBe(2);
  expect(err).toContain("No agent has a session in this folder. Pass the file of one with --session");
});

test("what people see fits 80 columns and names the next step", async () => {
  const { root, session } = shopWith("claude-code.jsonl");
  const { out } = await runIn(root, ["prune", "--session", session]);
  expect(out).toMatch(
    /✅ \.speckit\/memory\/session-summary-2026-11-23\.md: ≈\d+ tokens instead\s+of ≈1\.\dk/,
  );
  expect(out).toMatch(/≈\d+ {2}stale-read {7}1 × the file was edited after it was read/);
  expect(out).toContain("1 secret was redacted");
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^Next: /);
  expect(
    Math.max(
      ...out
        .split("\n")
        .slice(1)
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(80);
});

test.each([
  { said: "I decided to keep the discount on the order.", decisions: 1, questions: 0 },
  { said: "We use PostgreSQL instead of a file. It works.", decisions: 1, questions: 0 },
  { said: "Wir haben uns entschieden, den Rabatt zu speichern.", decisions: 1, questions: 0 },
  { said: "```\nI decided to shout\n```\nDone.", decisions: 0, questions: 0 },
  { said: "| chosen | rather than |\n\nThe tests pass now.", decisions: 0, questions: 0 },
  { said: "Shall I go on with the tests? I read app.ts.", decisions: 0, questions: 1 },
  { said: "过期的优惠券应该怎么处理？", decisions: 0, questions: 1 },
  { said: "- **Why** is it slow?\n- We'll keep the index.", decisions: 1, questions: 1 },
])("in '$said' are $decisions decisions and $questions questions", ({ said, decisions, questions }) => {
  expect(decisionsIn(said)).toHaveLength(decisions);
  expect(questionsIn(said)).toHaveLength(questions);
});
