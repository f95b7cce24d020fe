import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AuthorFailed } from "../../src/authoring/author.ts";
import {
  dir,
  exists,
  feature,
  file,
  letWork,
  listOf,
  read,
  scripted,
  shopWith,
  task,
  tasksFile,
  write,
  writes,
} from "./shop.ts";

describe("what goes wrong", () => {
  test("two retries with what the engine knows, then it stops, and nothing is ticked", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "src/a.js", Acceptance: "`node src/a.js`" }),
        task("1.2", { File: "src/b.js" }),
      ),
    );
    const { implementer, asked } = scripted((_, round) =>
      writes("src/a.js", `throw new Error("attempt ${round} of auth-service");\n`),
    );
    const { code, report } = await letWork(root, implementer, { yes: true });
    expect({ code, outcome: report?.outcome }).toEqual({ code: 1, outcome: "failed" });
    expect(asked).toHaveLength(3);
    // Paid for, whatever came of it.
    expect(report?.tokens).toEqual({ input: 3000, output: 702 });
    expect(asked[0]?.failure).toBeUndefined();
    expect(asked[1]?.failure).toContain("attempt 1 of auth-service");
    expect(asked[2]?.failure).toMatch(/attempt 2 of auth-service[\s\S]*src\/a\.js/);
    expect(report?.problems[0]).toMatch(/^`node src\/a\.js` ended with 1\.\n/);
    expect(report?.notes.join(" ")).toContain("speckit implement --done 1.1");
    expect(read(root, tasksFile)).not.toContain("[x]");
  });

  test.each([
    { given: "a path out of the workspace", path: "../../../x.js", says: "it is outside of the workspace" },
    { given: "an absolute path", path: "/tmp/speckit-hostile.js", says: "it is outside of the workspace" },
    { given: "git's own files", path: ".git/hooks/pre-commit", says: "it belongs to version control" },
    { given: "the constitution", path: "constitution.md", says: "is not for a task to change" },
    { given: "the configuration", path: ".speckit.config.json", says: "is not for a task to change" },
    {
      given: "another service",
      path: "services/user-service/src/a.js",
      says: "it belongs to services/user-service",
    },
    {
      given: "a contract",
      path: `${dir}/contracts/api-spec.yaml`,
      says: "it is a contract, and the task does not name it",
    },
    {
      given: "the list itself",
      path: tasksFile,
      says: "a specification is changed by those who ask for the work",
    },
    { given: "a link out of the tree", path: `${dir}/out/a.js`, says: "a link leads out of it" },
    { given: "a file that is a link", path: `${dir}/linked.js`, says: "it is a link" },
    { given: "a folder", path: `${dir}/src`, says: "there is a folder of that name" },
    {
      given: "a workflow that the task does not name",
      path: ".github/workflows/x.yml",
      says: "the task does not name it",
    },
    {
      given: "what an agent would run",
      path: `${dir}/.claude/settings.json`,
      says: "it decides what others run, and the task does not name it",
    },
  ])("$given is not written", async ({ path, says }) => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js" })), {
      "services/user-service/specs/001-x/spec.md": "# User Service\n\n### Service Name\nuser-service\n",
      [`${dir}/contracts/api-spec.yaml`]: "openapi: 3.0.0\ninfo: { title: A, version: v1 }\npaths: {}\n",
      [`${dir}/src/old.js`]: "",
      [`${dir}/linked.js`]: { linkTo: "/etc/hostname" },
    });
    symlinkSync("/tmp", join(root, dir, "out"));
    mkdirSync(join(root, ".git/hooks"), { recursive: true });
    const before = exists(root, path) ? undefined : path;
    const { implementer, asked } = scripted((_, round) => ({
      files: [file("src/a.js", `// ${round}\n`), { file: path, text: `hostile ${round}\n` }],
    }));
    const { code, report } = await letWork(root, implementer);
    expect(code).toBe(1);
    expect(report?.problems.join("\n")).toContain(says);
    expect(asked[1]?.failure).toContain("may not be written");
    // Nothing at all of such an answer is taken.
    expect(exists(root, `${dir}/src/a.js`)).toBe(false);
    if (before !== undefined) expect(existsSync(join(root, before))).toBe(false);
    expect(existsSync("/tmp/speckit-hostile.js")).toBe(false);
  });

  test("a contract that the task names is written, and that is said", async () => {
    const contract = "openapi: 3.0.0\ninfo: { title: A, version: v1 }\npaths: {}\n";
    const root = shopWith(listOf(task("1.1", { File: "contracts/api-spec.yaml" })), {
      [`${dir}/contracts/api-spec.yaml`]: contract,
    });
    const { implementer } = scripted(() =>
      writes("contracts/api-spec.yaml", contract.replace("title: A", "title: Auth")),
    );
    const { report } = await letWork(root, implementer);
    expect(report?.notes).toContain(`Task 1.1 changed the contract ${dir}/contracts/api-spec.yaml.`);
    // What stood there before is not lost.
    expect(report?.notes.join("\n")).toContain("was rewritten; what stood there is kept: .speckit/");
    expect(read(root, `.speckit/checkpoints/${feature}/before/1.1/${dir}/contracts/api-spec.yaml`)).toBe(
      contract,
    );
  });

  test("what a person wrote between two attempts is kept as well", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js", Acceptance: "`node src/a.js`" })));
    const { implementer } = scripted(() => writes("src/a.js", "process.exit(1);\n"));
    for (const text of ["// first\n", "// second\n", "// first\n"]) {
      write(root, `${dir}/src/a.js`, text);
      await letWork(root, implementer, { yes: true });
    }
    const kept = `.speckit/checkpoints/${feature}/before/1.1/${dir}/src/a.js`;
    expect([read(root, kept), read(root, `${kept}.2`)]).toEqual(["// first\n", "// second\n"]);
    expect(exists(root, `${kept}.3`)).toBe(false);
  });

  test("an error that was not there before refuses the task", async () => {
    const root = shopWith(listOf(task("1.1", { File: "contracts/api-spec.yaml" })));
    const good = "openapi: 3.0.0\ninfo: { title: A, version: v1 }\npaths: {}\n";
    const { implementer, asked } = scripted((_, round) =>
      writes("contracts/api-spec.yaml", round === 1 ? "openapi: 3.0.0\npaths: [\n" : good),
    );
    const { report } = await letWork(root, implementer);
    expect(asked[1]?.failure).toContain("New error unreadable-file:");
    expect(report?.outcome).toBe("complete");
  });

  test("an author that gives up is not asked again", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js" })));
    const { implementer, asked } = scripted(() => {
      throw new AuthorFailed("The key in SHOP_KEY is refused. Correct it.");
    });
    const { code, report } = await letWork(root, implementer);
    expect(code).toBe(1);
    expect(report?.problems).toEqual(["The key in SHOP_KEY is refused. Correct it."]);
    expect(asked).toHaveLength(1);
  });

  test("what this machine lacks is nobody's failure, and is said once", async () => {
    const root = shopWith(
      listOf(task("1.1", { File: "src/a.js", Acceptance: "`no-such-program-here --check`" })),
    );
    const { implementer, asked } = scripted(() => writes("src/a.js"));
    const { code, report } = await letWork(root, implementer, { yes: true });
    expect(code).toBe(1);
    expect(report?.problems[0]).toContain("'no-such-program-here' is not installed here.");
    expect(asked).toHaveLength(1);
  });

  test("who hands in the same again has nothing to add", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js", Acceptance: "`node src/a.js`" })));
    const { implementer, asked } = scripted(() => writes("src/a.js", "process.exit(3);\n"));
    expect((await letWork(root, implementer, { yes: true })).code).toBe(1);
    expect(asked).toHaveLength(2);
  });
});
