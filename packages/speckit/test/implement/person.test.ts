import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  ask,
  checkpoint,
  dir,
  exists,
  feature,
  listOf,
  read,
  reportIn,
  run,
  shopWith,
  task,
  tasksFile,
  testOf,
  two,
  write,
} from "./shop.ts";

describe("a person works", () => {
  test("the next task is shown, and what to do with it", async () => {
    const root = shopWith(two);
    const { code, out } = await run(root, ["implement"]);
    expect(code).toBe(0);
    expect(out).toBe(`auth-service  001-jwt-authentication  0 of 2 tasks done

Task 1.1: Part 1.1
  services/auth-service/specs/001-jwt-authentication/tasks.md:5
  Files       services/auth-service/src/a.js
  Acceptance  A is there

ℹ️  What it needs to know: speckit context implement --service=auth-service
ℹ️  When it is done: speckit implement --done 1.1. When it cannot be done: --fail
   1.1 "why".

Next: speckit implement --done 1.1
`);
    expect((await run(root, ["context", "implement", "--service=auth-service"])).out).toContain(
      "Task 1.1: Part 1.1",
    );
  });

  test("tasks without ids are named so that no shell takes the rest for a comment", async () => {
    const root = shopWith(
      "# Tasks: Login\n\n## Phase 1: Login\n\n- [ ] Write src/a.js\n- [ ] Write src/b.js\n",
    );
    const { out } = await run(root, ["implement"]);
    expect(out).toMatch(/Next: speckit implement --done 1\n$/);
    expect(out).toMatch(/--fail 1\s/);
    write(root, `${dir}/src/b.js`, "");
    expect((await run(root, ["implement", "--done", "2", "--confirm", "--force"])).code).toBe(0);
    expect(read(root, tasksFile)).toContain("- [ ] Write src/a.js\n- [x] Write src/b.js\n");
    expect((await run(root, ["implement", "--fail", "1", "no room"])).out).toContain("no room");
  });

  test("--dry-run says the order and writes nothing", async () => {
    const root = shopWith(two);
    const { out } = await run(root, ["implement", "--dry-run"]);
    expect(out).toContain(
      "⬜ Task 1.1  Part 1.1\n⏳ Task 1.2  Part 1.2\n             after Task 1.1\n\nNext: speckit implement\n",
    );
    const { order, outcome } = await ask(root, "implement --dry-run");
    expect({ outcome, order }).toMatchObject({
      outcome: "order",
      order: [
        { id: "1.1", state: "open", waitsFor: [], blockedBy: [] },
        { id: "1.2", state: "open", waitsFor: ["1.1"], blockedBy: ["1.1"] },
      ],
    });
    expect(exists(root, ".speckit/checkpoints")).toBe(false);
  });

  test("done: only when the files are there and the acceptance holds", async () => {
    const root = shopWith(two);
    const none = await ask(root, "implement --done");
    expect(none).toMatchObject({ code: 1, outcome: "refused", problems: [`${dir}/src/a.js is not there.`] });
    write(root, `${dir}/src/a.js`, "\n");
    const first = await ask(root, "implement --done");
    expect(first).toMatchObject({ code: 0, outcome: "done", tasks: { done: 1 } });
    expect(checkpoint(root, "1.1")).toMatchObject({
      doneBy: "person",
      proofs: [{ by: "person", text: "A is there" }],
    });

    write(root, `${dir}/src/b.js`, "console.error('no database'); process.exit(3);\n");
    const silent = await ask(root, "implement --done 1.2");
    expect(silent).toMatchObject({
      code: 1,
      problems: [
        "`node src/b.js` was not tried: nobody agreed to run it (--yes agrees). Look yourself, then add --confirm.",
      ],
      next: "speckit implement --done 1.2 --yes",
    });
    const wrong = await ask(root, "implement --done Task\u00a01.2 --yes".replace("Task\u00a0", ""));
    expect(wrong.problems[0]).toBe("`node src/b.js` ended with 3.\nno database");
    expect(wrong.err).toContain("Running `node src/b.js` in services/auth-service\n");
    expect(read(root, tasksFile)).toContain("### Task 1.2");
    // What went wrong is remembered until it is right.
    expect((await ask(root, "implement")).task?.failure).toContain("no database");

    write(root, `${dir}/src/b.js`, "\n");
    expect(await ask(root, "implement --done --yes")).toMatchObject({
      outcome: "complete",
      tasks: { done: 2 },
    });
    expect(read(root, tasksFile).match(/### \[x\] Task/g)).toHaveLength(2);
    expect(read(root, `${feature}/quick-ref.md`)).toMatch(/^# auth-service Quick Reference\n/);
    expect(await ask(root, "implement")).toMatchObject({ code: 0, outcome: "complete", task: null });
  });

  test.each([
    {
      line: "implement --done 1.2",
      says: "Task 1.2 waits for Task 1.1. Do that first, or insist with --force.",
    },
    { line: "implement --task 1.3", says: "There is no task '1.3'" },
    { line: "implement --max none", says: "--max must be" },
    {
      line: "implement --done 1.1 --fail 1.1 why",
      says: "--done and --fail are two things. Say one at a time.",
    },
    { line: "implement --fail 1.1", says: "--fail needs a reason" },
    { line: "implement --done --author offline", says: "--done is for a person to say. Leave out --author." },
    { line: "implement --done --url http://shop.example", says: "is another machine" },
    { line: "implement --done --timeout never", says: "--timeout must be a whole number from 1 on" },
    { line: "resume", says: "there is nothing to go on with. Begin: speckit implement" },
  ])("`speckit $line` is refused", async ({ line, says }) => {
    const { code, err, out } = await run(shopWith(two), line.split(" "));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
  });

  test.each([
    { given: "no list", tasks: undefined, says: "There is no tasks.md" },
    { given: "a list without tasks", tasks: "# Tasks\n\nSoon.\n", says: "There is no task in" },
    {
      given: "a circle",
      tasks: listOf(task("1.1", { Dependencies: "Task 1.2" }), task("1.2", { Dependencies: "Task 1.1" })),
      says: `${tasksFile}:5: These tasks wait for each other: Task 1.1 → Task 1.2 → Task 1.1.`,
    },
    {
      given: "a path out of the workspace",
      tasks: listOf(task("1.1", { File: "../../../x.js" })),
      says: `${tasksFile}:5: Task 1.1 names ../../../x.js, which is outside of the workspace. Correct the path.`,
    },
  ])("given $given it says what to do", async ({ tasks, says }) => {
    const root = shopWith(tasks ?? "");
    const { code, err } = await run(root, ["implement"]);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test("a task that leads out of the workspace can be said to fail, and keeps nobody from the others", async () => {
    const root = shopWith(listOf(task("1.1", { File: "/etc/passwd" }), task("1.2", { File: "src/b.js" })));
    const { code, out } = await run(root, ["implement", "--fail", "1.1", "that is no file of ours"]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("why is remembered") });
    write(root, `${dir}/src/b.js`, "");
    expect(await ask(root, "implement --done 1.2 --confirm")).toMatchObject({ outcome: "done" });
    for (const said of [
      ["--done", "1.1"],
      ["--red", "1.1"],
    ])
      expect((await run(root, ["implement", ...said])).err).toContain("outside of the workspace");
  });

  test("--force does a task before its turn; what is done is not done again", async () => {
    const root = shopWith(two);
    write(root, `${dir}/src/b.js`, "\n");
    expect(await ask(root, "implement --done 1.2 --yes --force")).toMatchObject({ outcome: "done" });
    const { err } = await run(root, ["implement", "--done", "1.2"]);
    expect(err).toContain(
      "Task 1.2 is done already: its box is ticked. To do it again take the mark from it.",
    );
    expect((await ask(root, "implement")).task?.id).toBe("1.1");
  });

  test("--fail remembers why and says what the engine knows", async () => {
    const root = shopWith(two);
    write(root, `${dir}/src/a.js`, "export function signToken() {\n  throw new Error('key is empty');\n}\n");
    const words = ["implement", "--fail", "1.1", "signToken throws:", "key is empty", "--json"];
    const report = reportIn((await run(root, words)).out);
    expect(report.outcome).toBe("next");
    expect(report.problems[0]).toMatch(/^signToken throws: key is empty\n[\s\S]*src\/a\.js/);
    expect((await ask(root, "implement")).task?.failure).toBe("signToken throws: key is empty");
  });
});

test("what is known of a task waits while another one is done", async () => {
  const root = shopWith(
    listOf(
      task("1.1", { File: "src/a.js, test/a.test.js", Type: "[Test] → Implementation" }),
      task("1.2", { File: "src/b.js" }),
    ),
  );
  write(root, `${dir}/test/a.test.js`, testOf("a"));
  expect((await ask(root, "implement --red 1.1 --yes")).outcome).toBe("red");
  write(root, `${dir}/src/b.js`, "\n");
  await run(root, ["implement", "--fail", "1.2", "no idea"]);
  expect((await ask(root, "implement --task 1.1")).task).toMatchObject({ seenFailing: true, failure: null });
  expect((await ask(root, "implement --task 1.2")).task).toMatchObject({ failure: "no idea" });
  expect((await ask(root, "implement --done 1.2")).outcome).toBe("done");
  write(root, `${dir}/src/a.js`, "export const made = true;\n");
  expect((await ask(root, "implement --done 1.1 --yes")).outcome).toBe("complete");
  expect(checkpoint(root, "1.1").seenFailing).toMatchObject({ by: "command" });
  expect(
    readdirSync(join(root, `.speckit/checkpoints/${feature}`)).filter((name) => name.startsWith("begun")),
  ).toEqual([]);
});

test("an error that came with a task is its own, whatever is begun meanwhile", async () => {
  const root = shopWith(
    listOf(task("1.1", { File: "contracts/api-spec.yaml" }), task("1.2", { File: "src/b.js" })),
  );
  await ask(root, "implement --task 1.1");
  write(root, `${dir}/contracts/api-spec.yaml`, "openapi: 3.0.0\npaths: [\n");
  await ask(root, "implement --task 1.2");
  expect((await ask(root, "implement --done 1.1")).problems[0]).toMatch(/^New error unreadable-file/);
});

test.each([
  { title: "Delete User Endpoint", file: "src/routes/users.js", code: 1 },
  { title: "Remove Item From Cart", file: "src/cart/remove-item.js", code: 1 },
  { title: "Orders that nobody can delete", file: "src/orders.js", code: 1 },
  { title: "Remove The Old Login Endpoint", file: "src/routes/login.js", code: 0 },
  { title: "Delete /users/{id}", file: "src/routes/users.js", code: 1 },
  { title: "Clean Up: Delete `src/routes/tmp.js`", file: "src/routes/tmp.js", code: 0 },
])("whether a file has to be there: $title", async ({ title, file, code }) => {
  const root = shopWith(listOf(task("1.1", { File: file }).replace("Part 1.1", title)));
  expect((await ask(root, "implement --done")).code).toBe(code);
});

test("a list cannot play tricks on the terminal", async () => {
  const root = shopWith("# Tasks\n\n- [ ] T001 \u001b[2J\u001b]0;owned\u0007Login in `a.js`\n");
  const { out } = await run(root, ["implement"]);
  expect(out).not.toMatch(/[^\P{Cc}\n]/u);
  expect(out).toContain("Login");
});

test("boxes: GitHub spec-kit's form", async () => {
  const root = shopWith(
    "# Tasks\n\n## Phase 1: Setup\n\n- [x] T001 Set-up in `package.json`\n- [ ] T002 [P] [US1] Login in `src/login.js` (depends on T001)\n",
  );
  expect((await ask(root, "implement")).task?.id).toBe("T002");
  write(root, `${dir}/src/login.js`, "\n");
  expect((await ask(root, "implement --done t002")).outcome).toBe("complete");
  expect(read(root, tasksFile)).toContain("- [x] T002 [P] [US1] Login in `src/login.js` (depends on T001)\n");
});

test("a list that somebody edits meanwhile keeps what they wrote", async () => {
  const root = shopWith(two);
  await ask(root, "implement");
  write(root, `${dir}/src/a.js`, "\n");
  write(root, tasksFile, `<!-- mine -->\n${two}\nSome words.\n`);
  await ask(root, "implement --done");
  expect(read(root, tasksFile)).toBe(
    `<!-- mine -->\n${two.replace("### Task 1.1", "### [x] Task 1.1")}\nSome words.\n`,
  );
});

test.each([
  { written: "T9", meant: "T009" },
  { written: "t009", meant: "T009" },
  { written: "T010", meant: "T010" },
])("--task $written means $meant", async ({ written, meant }) => {
  const root = shopWith("# Tasks\n\n## Phase 1: All\n\n- [ ] T001 A\n- [ ] T009 B\n- [ ] T010 C\n");
  expect((await ask(root, `implement --task ${written}`)).task?.id).toBe(meant);
});
