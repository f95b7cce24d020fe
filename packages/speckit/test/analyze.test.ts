import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { allServices, commitAll, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const userApi = "services/user-service/contracts/api-spec.yaml";
const spec = "services/user-service/specs/001-user-profile/spec.md";

interface AnalysisJson {
  readonly ok: boolean;
  readonly findings: readonly { rule: string; file: string; service?: string }[];
  readonly since?: {
    readonly than: string;
    readonly files: readonly string[];
    readonly new: readonly { rule: string; file: string }[] | null;
    readonly fixed: readonly { rule: string }[];
  };
}

const files = platformWith(allServices);
let root = "";
beforeEach(() => {
  root = folderWith({ ...files, ".gitignore": ".speckit/\n" });
  commitAll(root);
});

async function analyze(...argv: string[]) {
  const { code, out, err } = await runCli(root, ["analyze", ...argv, "--json"]);
  expect(out, err).not.toBe("");
  return { code, ...(JSON.parse(out) as AnalysisJson) };
}

const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(join(root, file), change(files[file] ?? ""));
const breakSpec = () => edit(spec, (text) => `${text}\nTODO: say who may see a profile\n`);
const mendSpec = () => edit(spec, (text) => text);

describe("what changed since the last run", () => {
  test("is nothing that anybody knows of, at first; then nothing; then what was edited", async () => {
    expect((await analyze()).since).toBeUndefined();
    expect((await analyze()).since).toEqual({ than: "the last run", files: [], new: [], fixed: [] });
    breakSpec();
    const broken = await analyze();
    expect(broken.since).toMatchObject({
      files: [spec],
      new: [{ rule: "placeholder", file: spec }],
      fixed: [],
    });
    mendSpec();
    const mended = await analyze();
    expect(mended.since).toMatchObject({ files: [spec], new: [], fixed: [{ rule: "placeholder" }] });
  });

  test.each([
    [[]],
    [["--diff-only"]],
    [["--summary"]],
  ])("is said with %s, and the rest is counted", async (argv) => {
    await runCli(root, ["analyze"]);
    breakSpec();
    const { out } = await runCli(root, ["analyze", ...argv]);
    expect(out.replace(/\s+/g, " ")).toContain(
      `Since the last run: 1 file changed (${spec}); 1 new, 0 fixed.`,
    );
    expect(out.includes("user-profile/spec.md:")).toBe(!argv.includes("--summary"));
    expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(out).toMatch(/\nNext: speckit explain placeholder\n$/);
  });

  test("fails as long as something fails, however long it is known; --diff-only is about what changed", async () => {
    breakSpec();
    const codes = [];
    for (const argv of [[], [], ["--full"], ["--diff-only"]])
      codes.push((await analyze("--strict", ...argv)).code);
    expect(codes).toEqual([1, 1, 1, 0]);
  });

  test("a check does not hold because its findings are known", async () => {
    breakSpec();
    await analyze();
    const { out } = await runCli(root, ["analyze", "--diff-only"]);
    expect(out).toContain("Nothing to mend in what changed");
    expect(out).toContain("✅ All scenarios complete");
    expect(out).not.toContain("✅ No TODO/TBD placeholders found");
  });

  test("counts equal findings as often as they occur", async () => {
    breakSpec();
    await analyze();
    edit(spec, (text) => `${text}\nTODO: say who may see a profile\nTODO: say who may see a profile\n`);
    expect((await analyze()).since?.new).toMatchObject([{ rule: "placeholder" }]);
  });

  test("is not asked of a damaged record", async () => {
    await analyze();
    writeFileSync(join(root, ".speckit/cache/analysis.json"), '{"hashes":null,"findings":[]');
    expect((await analyze()).since).toBeUndefined();
  });

  test("is not remembered without a cache, or compared with another revision", async () => {
    await analyze("--no-cache");
    await analyze("--compare-with", "HEAD");
    expect((await analyze()).since).toBeUndefined();
  });
});

test("compared with a revision, only what differs from it is shown", async () => {
  breakSpec();
  edit(userApi, (text) => text.replace("version: v1", "version: v1\n  x-team: identity"));
  const { findings, since } = await analyze("--diff-only", "--compare-with", "HEAD");
  expect(since?.files).toEqual([userApi, spec]);
  expect(since?.new).toBeNull();
  expect(findings.length).toBeGreaterThan(0);
  expect(new Set(findings.map(({ service }) => service))).toEqual(new Set(["user-service"]));
});

test("documents, contracts and changes are checked together, and in a service only its own", async () => {
  breakSpec();
  edit(userApi, (text) => text.replace("/api/v1/users/{id}:", "/api/v1/people/{id}:"));
  const rules = ({ findings }: AnalysisJson) => findings.map(({ rule }) => rule);
  expect(rules(await analyze("--full"))).toEqual(
    expect.arrayContaining(["placeholder", "operation-removed"]),
  );
  const { out } = await runCli(join(root, "services/auth-service"), ["analyze", "--full", "--json"]);
  const elsewhere = (JSON.parse(out) as AnalysisJson).findings.filter(
    ({ service }) => service !== "auth-service",
  );
  expect(elsewhere).toEqual([]);
});

test.each([
  [{ default_mode: "full" }, [], false],
  [{ default_mode: "full" }, ["--incremental"], true],
  [{ default_mode: "incremental" }, [], true],
  [{ default_mode: "incremental" }, ["--full"], false],
])("with %j, %j tells of the last run: %s", async (analysis, argv, tells) => {
  writeFileSync(join(root, ".speckit.config.json"), JSON.stringify({ analysis }));
  await analyze();
  expect((await analyze(...argv)).since !== undefined).toBe(tells);
});

test("the same state has the same bytes with --full, whatever ran before", async () => {
  const full = async () => (await runCli(root, ["analyze", "--full"])).out;
  const first = await full();
  breakSpec();
  await analyze();
  mendSpec();
  expect(await full()).toBe(first);
});

test("modes that exclude each other are refused, and no repository is no obstacle", async () => {
  expect(await runCli(root, ["analyze", "--full", "--diff-only"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("exclude each other"),
  });
  rmSync(join(root, ".git"), { recursive: true });
  const { out } = await runCli(root, ["analyze", "--diff-only"]);
  expect(out.replace(/\s+/g, " ")).toContain(
    "Nothing is known of an earlier state (this is no git repository)",
  );
});
