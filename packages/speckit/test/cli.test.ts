import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { changeRules } from "../src/changes/rules/index.ts";
import { checks } from "../src/checks/index.ts";
import { commands } from "../src/cli/commands.ts";
import { packageVersion } from "../src/node/package-version.ts";
import { constitution, spec, specFile } from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

const contract = `openapi: 3.1.0
info: { title: Authentication, version: v1 }
paths: {}
`;
const api = "services/auth-service/contracts/api-spec.yaml";
const root = folderWith({ "constitution.md": constitution, [specFile]: spec, [api]: contract });

test("the commands are those of the command contract, in the order of the work", () => {
  expect(commands.map(({ name }) => name)).toEqual([
    "constitution",
    "validate",
    "validate-contracts",
    "diff",
    "service-catalog",
    "impact",
    "explain",
  ]);
});

describe.each(commands)("speckit $name", ({ name, summary, load }) => {
  test("has help with examples", async () => {
    const command = await load();
    const { code, out, err } = await runCli(root, [name, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`Usage: speckit ${name} `);
    expect(out).toContain("--json");
    for (const example of command.examples) expect(out).toContain(`  $ ${example}\n`);
    expect(command.examples.length).toBeGreaterThan(0);
    expect(command).toMatchObject({ name, summary });
  });

  test("refuses unknown options, and names the nearest", async () => {
    const { code, out, err } = await runCli(root, [name, "--qiet"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(
      `speckit: unknown option '--qiet'. Did you mean --quiet? \`speckit ${name} --help\` shows what there is.\n`,
    );
  });

  test("with --json prints one JSON document and nothing else", async () => {
    const args = { diff: [api, api], "service-catalog": ["--format", "json"], impact: [api] }[name] ?? [];
    const { code, out } = await runCli(root, [name, ...args, "--json"]);
    expect(code).toBeLessThan(2);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1 });
    expect(out.endsWith("}\n")).toBe(true);
  });
});

describe("a command line that means nothing ends in one line and exit code 2", () => {
  test.each([
    { argv: ["valdate"], says: "unknown command 'valdate'. Did you mean validate?" },
    { argv: ["frobnicate"], says: "unknown command 'frobnicate'." },
    { argv: ["--frobnicate"], says: "unknown option '--frobnicate'." },
    { argv: ["diff", "one.yaml"], says: "missing required argument 'revision'." },
    { argv: ["diff", "a", "b", "c"], says: "too many arguments for 'diff'." },
    { argv: ["validate", "--as"], says: "option '--as <kind>' argument missing." },
    { argv: ["explain", "placehodler"], says: "Did you mean 'placeholder'?" },
  ])("speckit $argv", async ({ argv, says }) => {
    const { code, out, err } = await runCli(root, argv);
    expect({ code, out, lines: err.split("\n").length }).toEqual({ code: 2, out: "", lines: 2 });
    expect(err).toMatch(/^speckit: /);
    expect(err).toContain(says);
  });
});

describe("options of every command", () => {
  test.each([
    { argv: ["--version"] },
    { argv: ["--version", "--quiet"] },
    { argv: ["validate", "--version"] },
  ])("speckit $argv prints the version", async ({ argv }) => {
    expect(await runCli(root, argv)).toEqual({ code: 0, err: "", out: `${packageVersion()}\n` });
  });

  test("--help lists the commands", async () => {
    const { code, out } = await runCli(root, ["--help"]);
    expect(code).toBe(0);
    for (const { name } of commands) expect(out).toContain(`\n  ${name} `);
  });

  test.each([
    { given: "before the command", argv: (dir: string) => ["--cwd", dir, "validate"] },
    { given: "after the command", argv: (dir: string) => ["validate", "--cwd", dir] },
    { given: "with an equals sign", argv: (dir: string) => [`--cwd=${dir}`, "validate"] },
  ])("--cwd may stand $given", async ({ argv }) => {
    const { code, out } = await runCli(join(root, "services"), argv(".."));
    expect(code).toBe(0);
    expect(out).toContain("in 1 spec, 1 constitution)");
  });

  test("--stats says on standard error what was read", async () => {
    const { out, err } = await runCli(root, ["validate", "--stats", "--no-cache", "--json"]);
    expect(JSON.parse(out)).toHaveProperty("ok", true);
    expect(err).toBe("3 files in the tree, 3 documents, 3 files read anew, 0 ms\n");
  });
});

test.each([...checks, ...changeRules].map(({ id }) => id))("speckit explain %s", async (id) => {
  const { code, out, err } = await runCli(folderWith({}), ["explain", id]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(new RegExp(`^# ${id}\n\n\\*\\*`));
  for (const part of ["**Why.**", "**How to fix.**", "## Found: ", "## Fine: "])
    expect(out, part).toContain(part);
});
