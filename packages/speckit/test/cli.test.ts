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
const tasks =
  "# Tasks\n\n## Phase 1: Login\n\n### Task 1.1: Log In\n- File: src/log-in.ts\n- Dependencies: None\n";
const api = "services/auth-service/contracts/api-spec.yaml";
const files = {
  "constitution.md": constitution,
  [specFile]: spec,
  [api]: contract,
  "events.jsonl": "",
};
const withTasks = { ...files, [specFile.replace("spec.md", "tasks.md")]: tasks };
const root = folderWith(files);

/** The names of the command contract. */
const promised =
  "init constitution specify clarify validate plan tasks implement resume document validate-contracts diff service-catalog find budget prune error-context analyze verify impact context explain serve mcp doctor".split(
    " ",
  );

test("the commands are those of the command contract, each once", () => {
  const names = commands.map(({ name }) => name);
  expect(names.filter((name) => !promised.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
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

  // An MCP server talks until its client leaves; without a session of an agent there is nothing to prune.
  if (!["mcp", "prune"].includes(name))
    test("with --json prints one JSON document and nothing else", async () => {
      const args =
        {
          init: [".", "--dry-run"],
          specify: ["Create a login service", "--service=auth-service"],
          find: ["login"],
          context: ["plan"],
          "error-context": ["ECONNREFUSED 127.0.0.1:5432"],
          diff: [api, api],
          "service-catalog": ["--format", "json"],
          impact: [api],
          verify: ["--events", "events.jsonl"],
        }[name] ?? [];
      // A folder of its own, since some commands write.
      const own = folderWith(withTasks);
      if (name === "resume") await runCli(own, ["implement"]);
      const { code, out, err } = await runCli(own, [name, ...args, "--json"]);
      expect(code, err).toBeLessThan(2);
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
    expect(err).toBe("4 files in the tree, 3 documents, 3 files read anew, 0 ms\n");
  });
});

test.each([...checks, ...changeRules].map(({ id }) => id))("speckit explain %s", async (id) => {
  const { code, out, err } = await runCli(folderWith({}), ["explain", id]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(new RegExp(`^# ${id}\n\n\\*\\*`));
  for (const part of ["**Why.**", "**How to fix.**", "## Found: ", "## Fine: "])
    expect(out, part).toContain(part);
});
