import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  constitution,
  plan,
  spec,
  specFile,
  tasks,
  withoutScenario,
  withPlaceholder,
} from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

describe("one document", () => {
  test("a good spec is the transcript of the walk-through, and the next command", async () => {
    const root = folderWith({ "constitution.md": constitution, [specFile]: spec });
    expect(await runCli(join(root, "services/auth-service"), ["validate", "--spec"])).toEqual({
      code: 0,
      err: "",
      out: `✅ spec.md: All required sections present
✅ No TODO/TBD placeholders found
✅ Sufficient content (${Buffer.byteLength(spec)} bytes)
Ready to proceed to planning phase

Next: speckit plan
`,
    });
  });

  test("numbers of bytes are grouped", async () => {
    const long = `${spec}\n## Notes\n${"A token names its user, its roles and the time at which it expires.\n".repeat(30)}`;
    const { out } = await runCli(folderWith({ "draft.md": long }), ["validate", "--as", "spec", "draft.md"]);
    expect(out).toContain(`✅ Sufficient content (2,${String(Buffer.byteLength(long)).slice(-3)} bytes)\n`);
  });

  test("what is wrong is said with its place, why, and what to do", async () => {
    const root = folderWith({ [specFile]: withPlaceholder, ".git/HEAD": "" });
    const line = withPlaceholder.split("\n").findIndex((text) => text.startsWith("TODO")) + 1;
    expect(await runCli(root, ["validate"])).toEqual({
      code: 0,
      err: "",
      out: `✅ spec.md: All required sections present
⚠️  Placeholders left
✅ Sufficient content (${Buffer.byteLength(withPlaceholder)} bytes)

⚠️  The placeholder 'TODO' is left.
   ${specFile}:${line}:1  placeholder
   The document says itself that something is missing here; agents fill such
   gaps with inventions.
   → Write what is meant, or mark it [NEEDS CLARIFICATION: the question] if
     nobody knows yet.

1 warning
Ready to proceed to planning phase

Next: speckit explain placeholder
`,
    });
  });

  test("what fails is not ready", async () => {
    const { code, out } = await runCli(folderWith({ [specFile]: withoutScenario }), ["validate"]);
    expect(code).toBe(1);
    expect(out).toContain("❌ spec.md: Sections missing or empty\n");
    expect(out).not.toContain("Ready");
  });

  test("the constitution leads to what is enforced", async () => {
    const root = folderWith({ "constitution.md": constitution, [specFile]: spec });
    const { out } = await runCli(join(root, "services/auth-service"), ["validate", "--constitution"]);
    expect(out).toMatch(/^✅ constitution\.md: All required sections present\n/);
    expect(out).toMatch(
      /\nReady to proceed to the first specification\n\nNext: speckit constitution --explain\n$/,
    );
  });
});

test("the JSON of a document counts what was read", async () => {
  const root = folderWith({ [specFile]: withPlaceholder });
  const { code, out, err } = await runCli(root, ["validate", "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toEqual({
    schemaVersion: 1,
    command: "validate",
    ok: true,
    summary: { errors: 0, warnings: 1, infos: 0, services: 1, files: 1, suppressed: 0 },
    findings: [
      {
        rule: "placeholder",
        severity: "warning",
        message: "The placeholder 'TODO' is left.",
        service: "auth-service",
        file: specFile,
        line: expect.any(Number),
        column: 1,
        why: expect.any(String),
        fix: expect.any(String),
      },
    ],
    services: [{ name: "auth-service", dir: "services/auth-service", implemented: false }],
    documents: [
      {
        file: specFile,
        kind: "spec",
        language: "en",
        scenarios: 1,
        requirements: 1,
        successCriteria: 1,
        clarifications: 0,
        tasks: 0,
        done: 0,
        bytes: Buffer.byteLength(withPlaceholder),
      },
    ],
  });
});

describe("plan and tasks", () => {
  const folder = dirname(specFile);
  const root = folderWith({
    "constitution.md": constitution,
    [specFile]: spec,
    [`${folder}/plan.md`]: plan,
    [`${folder}/tasks.md`]: tasks,
    "services/auth-service/package.json": "{}",
    "services/auth-service/biome.json": "{}",
  });
  const size = (text: string) => `✅ Sufficient content (${Buffer.byteLength(text)} bytes)\n`;

  test.each([
    {
      kind: "spec",
      ends: `${size(spec)}Ready to proceed to planning phase\n\nNext: speckit validate plan.md\n`,
    },
    {
      kind: "plan",
      ends: `${size(plan)}Ready to proceed to task generation\n\nNext: speckit validate tasks.md\n`,
    },
    {
      kind: "tasks",
      ends: `${size(tasks)}✅ 4 tasks in order, 2 done\nReady to proceed to implementation\n\nNext: speckit implement\n`,
    },
  ])("the way from $kind", async ({ kind, ends }) => {
    const { code, out } = await runCli(join(root, folder), ["validate", `--${kind}`]);
    expect(code).toBe(0);
    expect(
      out.startsWith(`✅ ${kind}.md: All required sections present\n✅ No TODO/TBD placeholders found\n`),
    ).toBe(true);
    expect(out.endsWith(ends)).toBe(true);
  });

  test.each([
    { kind: "plan", text: plan, counts: { tasks: 0, done: 0 } },
    { kind: "tasks", text: tasks, counts: { tasks: 4, done: 2 } },
  ])("read alone, $kind is counted too", async ({ kind, text, counts }) => {
    const answer = await runCli(folderWith({ "draft.md": text }), [
      "validate",
      "--as",
      kind,
      "draft.md",
      "--json",
    ]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(answer.out).documents).toEqual([
      expect.objectContaining({ file: "draft.md", kind, ...counts }),
    ]);
  });
});

describe("every form of output", () => {
  const root = folderWith({ [specFile]: withPlaceholder });

  test.each([
    { args: ["--format", "json"], out: /^\{\n {2}"schemaVersion": 1,/ },
    { args: ["--format", "sarif"], out: /"ruleId": "placeholder"/ },
    { args: ["--format", "junit"], out: /<testsuite name="placeholder" tests="1" failures="0">/ },
    {
      args: ["--format", "github"],
      out: /^::warning file=services\/auth-service\/.*title=placeholder::.*\n$/,
    },
    {
      args: ["--format", "gitlab"],
      out: /"check_name": "placeholder",\n {4}"fingerprint": "[0-9a-f]{64}",\n {4}"severity": "minor"/,
    },
    {
      args: ["--format", "markdown"],
      out: /^## ✅ speckit validate\n\n- ✅ spec\.md: All required sections present\n/,
    },
    { args: ["--format", "text", "--quiet"], out: /^✅ spec\.md/ },
  ])("$args", async ({ args, out }) => {
    const answer = await runCli(root, ["validate", ...args]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toMatch(out);
  });

  test("as JUnit a warning is a failure only where it fails the run", async () => {
    const { code, out } = await runCli(root, ["validate", "--format", "junit", "--strict"]);
    expect(code).toBe(1);
    expect(out).toMatch(/<testsuites name="speckit" tests="3" failures="1">/);
    expect(out).toMatch(/<failure type="warning" message="The placeholder/);
  });

  test("in GitLab's report equal findings have fingerprints of their own, which survive moved lines", async () => {
    const twice = withPlaceholder.replace("TODO: which", "TODO: which\n\nTODO: which");
    const printsIn = async (text: string) => {
      const { out } = await runCli(folderWith({ [specFile]: text }), ["validate", "--format", "gitlab"]);
      return (JSON.parse(out) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    };
    const prints = await printsIn(twice);
    expect(new Set(prints).size).toBe(2);
    expect(await printsIn(`\n\n${twice}`)).toEqual(prints);
  });

  test("in colour it is the same text", async () => {
    const plain = await runCli(root, ["validate"]);
    const colored = await runCli(root, ["validate"], true);
    expect(colored.out).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are written with the control character ESC
    expect(colored.out.replace(/\u001b\[\d+m/g, "")).toBe(plain.out);
  });

  test("nothing is wider than the terminal but paths", async () => {
    const { out } = await runCli(root, ["validate", "--all-findings"]);
    expect(out.split("\n").filter((line) => line.length > 80 && !line.includes("/"))).toEqual([]);
  });
});
