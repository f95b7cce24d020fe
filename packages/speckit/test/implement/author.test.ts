import { describe, expect, test } from "vitest";
import {
  checkpoint,
  dir,
  exists,
  feature,
  file,
  letWork,
  listOf,
  passing,
  read,
  run,
  scripted,
  shopWith,
  task,
  tasksFile,
  testOf,
  write,
  writes,
} from "./shop.ts";

describe("an author works through the tasks", () => {
  test("in their order, each with a checkpoint, and its box is ticked", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "src/a.js", Dependencies: "Task 1.2", Acceptance: "A is there" }),
        task("1.2", { File: "src/b.js", Acceptance: "`node src/b.js`" }),
        task("1.3", { File: "src/c.js", Dependencies: "All tasks", Acceptance: "GET /health returns 200" }),
      ),
    );
    const { implementer, asked } = scripted(({ task: { files } }) => writes(files[0] ?? ""));
    const { code, report, err } = await letWork(root, implementer, { yes: true });
    expect({ code, outcome: report?.outcome, tasks: report?.tasks }).toEqual({
      code: 0,
      outcome: "complete",
      tasks: { total: 3, done: 3, dropped: 0, open: 0 },
    });
    expect(asked.map((one) => one.task.id)).toEqual(["1.2", "1.1", "1.3"]);
    expect(asked[0]?.pack).toContain("# Context for implement: auth-service");
    expect(read(root, tasksFile)).toContain("### [x] Task 1.1: Part 1.1\n");
    expect(read(root, tasksFile).match(/\[x\]/g)).toHaveLength(3);
    const { ms, ended, began, ...rest } = checkpoint(root, "1.2");
    expect(rest).toMatchObject({
      version: 1,
      task: "1.2",
      doneBy: "model:shop/scripted",
      attempts: 1,
      proofs: [{ by: "command", text: "node src/b.js", result: "ended well" }],
      seenFailing: null,
      files: [{ file: `${dir}/src/b.js`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      findings: { errors: 0 },
      tokens: { input: 1000, output: 234 },
    });
    expect(checkpoint(root, "1.3").proofs).toMatchObject([{ by: "author", text: "GET /health" }]);
    expect(read(root, ".speckit/checkpoints/.gitignore")).toBe("*\n");
    expect(err).toContain("Running `node src/b.js` in services/auth-service\n");
    expect(err).toContain("3/3 tasks, 3,702 tokens");
    // What is generated after the last task.
    expect(exists(root, `${feature}/quick-ref.md`)).toBe(true);
    expect(report?.notes.join(" ")).toContain("quick-ref.md written");
  });

  test("no quick-ref where the configuration does not want one", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js" })), {
      ".speckit.config.json": '{ "documentation": { "auto_generate_quick_ref": false } }',
    });
    const { implementer } = scripted(() => writes("src/a.js"));
    expect((await letWork(root, implementer)).report?.outcome).toBe("complete");
    expect(exists(root, `${feature}/quick-ref.md`)).toBe(false);
  });

  test("--max and --task: so many, or that one", async () => {
    const list = listOf(
      task("1.1", { File: "src/a.js" }),
      task("1.2", { File: "src/b.js" }),
      task("1.3", { File: "src/c.js" }),
    );
    const root = shopWith(list);
    const { implementer, asked } = scripted(({ task: { files } }) => writes(files[0] ?? ""));
    const first = await letWork(root, implementer, { max: 1 });
    expect(first.report).toMatchObject({ outcome: "done", tasks: { done: 1, open: 2 } });
    await letWork(root, implementer, {}, { task: "1.3" });
    expect(asked.map((one) => one.task.id)).toEqual(["1.1", "1.3"]);
  });
});

describe("tests come first", () => {
  const list = listOf(
    task("1.1", {
      File: "src/a.js, test/a.test.js",
      Type: "[Test] → Implementation",
      Acceptance: "A is made",
    }),
  );

  test("they are asked for first, seen to fail, and have to pass then", async () => {
    const root = shopWith(list);
    const { implementer, asked } = scripted(({ part }) =>
      part === "tests"
        ? { files: [file("test/a.test.js", testOf("a")), file("src/a.js", "export const made = true;\n")] }
        : writes("src/a.js"),
    );
    const { report } = await letWork(root, implementer, { yes: true });
    expect(report?.outcome).toBe("complete");
    expect(asked.map(({ part }) => part)).toEqual(["tests", "implementation"]);
    expect(checkpoint(root, "1.1")).toMatchObject({
      seenFailing: { by: "command", commands: ["node --test test/a.test.js"] },
      proofs: [
        { by: "command", text: "node --test test/a.test.js", result: "passed" },
        { by: "author", text: "A is made" },
      ],
      attempts: 1,
      tokens: { input: 2000, output: 468 },
    });
  });

  test("tests that were changed afterwards are named", async () => {
    const root = shopWith(list);
    const { implementer } = scripted(({ part }) =>
      part === "tests"
        ? writes("test/a.test.js", testOf("a"))
        : { files: [file("src/a.js", "\n"), file("test/a.test.js", passing)] },
    );
    const { report } = await letWork(root, implementer, { yes: true });
    expect(report?.notes).toContain(
      `${dir}/test/a.test.js was changed after it was seen to fail. See what became of it.`,
    );
  });

  test("tests that pass at once are refused, and so are files without a test", async () => {
    const root = shopWith(list);
    const { implementer, asked } = scripted(({ part }, round) =>
      part !== "tests"
        ? writes("src/a.js")
        : writes("test/a.test.js", round === 1 ? passing : round === 2 ? "export {};\n" : testOf("a")),
    );
    const { report, err } = await letWork(root, implementer, { yes: true });
    expect(asked.map(({ part }) => part)).toEqual(["tests", "tests", "tests", "implementation"]);
    expect(asked[1]?.failure).toContain("passes already. A test that was never seen to fail shows nothing");
    expect(err).toContain("Task 1.1 is tried again: ");
    expect(report?.outcome).toBe("complete");
  });

  test("a task that is only tests is done when they fail, and what they test when they pass", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "test/a.test.js", Type: "Test", Acceptance: "Fails before its implementation" }),
        task("1.2", {
          File: "src/a.js",
          Type: "Implementation",
          Dependencies: "Task 1.1",
          Acceptance: "`node --test test/a.test.js` passes",
        }),
      ),
    );
    const { implementer } = scripted(({ task: { id } }, round) =>
      id === "1.1"
        ? writes("test/a.test.js", round === 1 ? passing : testOf("a"))
        : writes("src/a.js", round === 3 ? "export const made = false;\n" : "export const made = true;\n"),
    );
    const { report } = await letWork(root, implementer, { yes: true });
    expect(report?.outcome).toBe("complete");
    expect(checkpoint(root, "1.1")).toMatchObject({
      attempts: 2,
      proofs: [{ result: "failed, as it must before the implementation" }, { by: "author" }],
      seenFailing: { by: "command", commands: ["node --test test/a.test.js"] },
    });
    expect(checkpoint(root, "1.2")).toMatchObject({ attempts: 2, proofs: [{ result: "passed" }] });
  });
});

test("packages that a package.json lists and that are missing are installed first", async () => {
  const root = shopWith(listOf(task("1.1", { File: "package.json", Acceptance: "`node -p 1`" })));
  write(root, `${dir}/lib/package.json`, '{ "name": "lib", "version": "1.0.0" }\n');
  const { implementer } = scripted(() =>
    writes(
      "package.json",
      '{ "name": "auth-service", "private": true, "dependencies": { "lib": "file:lib" } }\n',
    ),
  );
  const { report, err } = await letWork(root, implementer, { yes: true });
  expect(err.match(/Running `.*`/g)).toEqual(["Running `npm install`", "Running `node -p 1`"]);
  expect(report?.completed[0]?.proofs).toMatchObject([{ text: "npm install" }, { text: "node -p 1" }]);
  const other = shopWith(listOf(task("1.1", { File: "package.json", Acceptance: "`node -p 1`" })));
  write(other, `${dir}/lib/package.json`, '{ "name": "lib", "version": "1.0.0" }\n');
  expect((await letWork(other, implementer, { yes: true, install: false })).err).not.toContain("npm install");
});

test("somebody who stops it leaves a task that resume takes up, and done tasks stay done", async () => {
  const root = shopWith(
    listOf(
      task("1.1", { File: "src/a.js" }),
      task("1.2", { File: "src/b.js", Acceptance: "`node src/b.js`" }),
    ),
  );
  let stop = () => {};
  const { implementer, asked } = scripted(({ task: { files } }) =>
    writes(
      files[0] ?? "",
      files[0] === "src/b.js" ? "setInterval(() => {}, 1000);\nconsole.log('up');\n" : "\n",
    ),
  );
  const running = letWork(
    root,
    implementer,
    { yes: true },
    {
      io: {
        interrupted: () =>
          new Promise((resolve) => {
            stop = resolve;
          }),
        // Once the command is announced it is about to run, and goes on for ever.
        writeError: (text) => {
          if (text.startsWith("Running")) setTimeout(() => stop(), 50);
        },
      },
    },
  );
  const { code, report } = await running;
  expect({ code, outcome: report?.outcome, next: report?.next }).toEqual({
    code: 2,
    outcome: "interrupted",
    next: "speckit resume --author model:shop/scripted --yes",
  });
  expect(read(root, tasksFile)).toContain("### [x] Task 1.1");
  const again = scripted(({ task: { files } }) => writes(files[0] ?? "", "\n"));
  const resumed = await letWork(root, again.implementer, { yes: true }, { command: "resume" });
  expect(resumed.report?.outcome).toBe("complete");
  expect(again.asked.map((one) => one.task.id)).toEqual(["1.2"]);
  expect(asked).toHaveLength(2);
});

test("a person sees what was done, and what is next", async () => {
  const root = shopWith(
    listOf(task("1.1", { File: "src/a.js", Acceptance: "A is there" }), task("1.2", { File: "src/b.js" })),
  );
  const { implementer } = scripted(() => writes("src/a.js"));
  const { out } = await letWork(root, implementer, { json: false, max: 1 });
  expect(out).toBe(`auth-service  001-jwt-authentication  1 of 2 tasks done

✅ Task 1.1: Part 1.1
   its author's word: A is there

Next: speckit resume --author model:shop/scripted
`);
  expect((await run(root, ["implement", "--dry-run"])).out).toContain(
    "✅ Task 1.1  Part 1.1\n⬜ Task 1.2  Part 1.2\n",
  );
});
