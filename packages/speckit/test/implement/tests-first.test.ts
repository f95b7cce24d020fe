import { describe, expect, test } from "vitest";
import { ask, checkpoint, dir, listOf, shopWith, task, write } from "./shop.ts";

describe("tests that come first", () => {
  const list = listOf(
    task("1.2", { File: "src/a.js, test/a.test.js", Type: "[Test] → Implementation", Acceptance: "A" }),
  );
  const holding = "import test from 'node:test';\nimport '../src/a.js';\ntest('holds', () => {});\n";

  test("have to be seen to fail", async () => {
    const root = shopWith(list);
    expect(await ask(root, "implement")).toMatchObject({
      next: "speckit implement --red 1.2",
      task: { testsFirst: true, seenFailing: false, tries: ["node --test test/a.test.js"] },
    });
    write(root, `${dir}/test/a.test.js`, holding);
    write(root, `${dir}/src/a.js`, "\n");
    const { problems } = await ask(root, "implement --done --yes");
    expect(problems[0]).toMatch(/^The tests of Task 1\.2 were not seen to fail before they pass\./);
    const refused = await ask(root, "implement --red --yes --timeout 60");
    expect(refused.problems[0]).toContain("passes already.");
    expect(refused.next).toBe("speckit implement --red 1.2 --yes --timeout 60");
    write(root, `${dir}/src/a.js`, "throw new Error('not yet');\n");
    expect(await ask(root, "implement --red --yes")).toMatchObject({ code: 0, outcome: "red" });
    expect((await ask(root, "implement --done --yes")).problems[0]).toContain("fails.");
    write(root, `${dir}/src/a.js`, "\n");
    expect(await ask(root, "implement --red --yes")).toMatchObject({
      code: 0,
      notes: ["The tests of Task 1.2 were seen to fail before, and pass now."],
      next: "speckit implement --done 1.2 --yes",
    });
    expect((await ask(root, "implement --done --yes")).code).toBe(0);
    expect(checkpoint(root, "1.2")).toMatchObject({
      seenFailing: { by: "command", commands: ["node --test test/a.test.js"] },
      proofs: [{ by: "command", result: "passed" }, { by: "person" }],
    });
  });

  test("or the person says so, and the checkpoint says who said it", async () => {
    const root = shopWith(list);
    write(root, `${dir}/test/a.test.js`, holding);
    write(root, `${dir}/src/a.js`, "\n");
    expect((await ask(root, "implement --done --yes --confirm")).code).toBe(0);
    expect(checkpoint(root, "1.2").seenFailing).toMatchObject({ by: "person", commands: [] });
  });

  test("a task that is only tests is done while they fail; later only the person can say that they did", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "test/a.test.js", Type: "Test" }),
        task("1.2", { File: "src/a.js", Dependencies: "Task 1.1" }),
      ),
    );
    write(root, `${dir}/test/a.test.js`, holding);
    write(root, `${dir}/src/a.js`, "\n");
    expect((await ask(root, "implement --done --yes")).problems[0]).toContain("passes already.");
    expect((await ask(root, "implement --done --yes --confirm")).code).toBe(0);
    expect(checkpoint(root, "1.1").proofs).toMatchObject([{ by: "person" }]);
  });

  test.each([
    {
      given: "what they test is done",
      tasks:
        "- [x] T001 A in `src/a.js`\n- [ ] T002 Unit tests in `test/a.test.js`\n- [x] T003 B in `src/b.js`\n",
    },
    {
      given: "nothing follows them",
      tasks:
        "- [ ] T001 A in `src/a.js`\n\n## Phase 2: Polish\n\n- [ ] T002 Unit tests in `test/a.test.js`\n",
    },
  ])("where $given, tests have to pass", async ({ tasks }) => {
    const root = shopWith(`# Tasks\n\n## Phase 1: All\n\n${tasks}`);
    write(root, `${dir}/test/a.test.js`, holding);
    expect((await ask(root, "implement --done T002 --yes")).problems[0]).toContain("fails.");
    write(root, `${dir}/src/a.js`, "\n");
    expect((await ask(root, "implement --done T002 --yes")).code).toBe(0);
    expect(checkpoint(root, "T002").proofs[0]).toMatchObject({ by: "command", result: "passed" });
  });

  test("and where no command is known, only the person can", async () => {
    const root = shopWith(
      listOf(task("1.2", { File: "src/a.rs, tests/a.rs", Type: "[Test] -> Implementation" })),
    );
    expect((await ask(root, "implement --red")).problems[0]).toContain(
      "No command is known that runs the tests of Task 1.2.",
    );
    expect((await ask(root, "implement --red --confirm")).outcome).toBe("red");
  });
});
