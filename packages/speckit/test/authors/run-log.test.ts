import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { type RunRecord, recordRun } from "../../src/node/run-log.ts";
import { folderWith, runCli } from "../run-cli.ts";
import { runsIn, shop } from "./stage.ts";

const day = (date: string) => Date.parse(`${date}T23:59:58Z`);
const record = (date: string): RunRecord => ({
  command: "plan",
  author: "offline",
  pack: [],
  began: day(date),
  ended: day(date) + 1500,
  tokens: { input: 0, output: 0 },
  outcome: "written",
});

test("a run is a line in the file of its day, and git does not see it", () => {
  const root = folderWith({});
  recordRun(root, record("2026-11-23"), 30);
  recordRun(root, record("2026-11-23"), 30);
  recordRun(root, record("2026-11-24"), 30);
  const folder = join(root, ".speckit/runs");
  expect(readdirSync(folder).sort()).toEqual([".gitignore", "2026-11-23.jsonl", "2026-11-24.jsonl"]);
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
  expect(runsIn(root)).toHaveLength(3);
  expect(runsIn(root)[0]).toMatchObject({ began: "2026-11-23T23:59:58.000Z", seconds: 1.5, command: "plan" });
});

test.each([
  { retention_days: 30, kept: ["2026-10-25.jsonl", "2026-11-23.jsonl", "notes.jsonl"] },
  { retention_days: 1, kept: ["2026-11-23.jsonl", "notes.jsonl"] },
])("cache.retention_days: $retention_days", async ({ retention_days, kept }) => {
  const old = {
    ".speckit/runs/2026-10-20.jsonl": "{}\n",
    ".speckit/runs/2026-10-25.jsonl": "{}\n",
    ".speckit/runs/notes.jsonl": "{}\n",
  };
  const root = shop({ ...old, ".speckit.config.json": JSON.stringify({ cache: { retention_days } }) });
  expect((await runCli(root, ["specify", "--service=user-service", "Create user profile"])).code).toBe(0);
  expect(
    readdirSync(join(root, ".speckit/runs"))
      .filter((name) => name.endsWith(".jsonl"))
      .sort(),
  ).toEqual(kept);
});

test("where records cannot be written nothing fails", async () => {
  const root = shop({ ".speckit/runs": "a file\n" });
  const { code } = await runCli(root, ["specify", "--service=user-service", "Create user profile"]);
  expect(code).toBe(0);
  expect(readFileSync(join(root, ".speckit/runs"), "utf8")).toBe("a file\n");
});

test("a run without a model is recorded too", async () => {
  const root = shop();
  await runCli(root, ["specify", "--service=user-service", "Create user profile"]);
  expect(runsIn(root)).toMatchObject([
    { command: "specify", author: "offline", pack: [], outcome: "written", tokens: { input: 0, output: 0 } },
  ]);
  expect(existsSync(join(root, ".speckit/runs/.gitignore"))).toBe(true);
});

test("a record is as its schema says", async () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../schemas/output.schema.json", import.meta.url), "utf8"),
  ) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile({
    ...schema,
    anyOf: [{ $ref: "#/$defs/run" }],
  });
  const root = shop();
  await runCli(root, ["specify", "--service=user-service", "Create user profile"]);
  await runCli(root, ["constitution", "--prompt", "Use RabbitMQ"]);
  recordRun(
    root,
    { ...record("2026-11-24"), task: "1.1", outcome: "declined", reason: "needs an account" },
    30,
  );
  const runs = runsIn(root);
  expect(runs).toHaveLength(3);
  for (const run of runs) expect(validate(run), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...runs[0], prompt: "Create user profile" })).toBe(false);
});
