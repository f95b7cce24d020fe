import { describe, expect, test } from "vitest";
import { runsIn } from "../authors/stage.ts";
import {
  dir,
  exists,
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

describe("what is for a person", () => {
  test("a task that is declined is left, with what waits for it; the rest is done", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "src/a.js" }),
        task("1.2", { File: "src/b.js", Dependencies: "Task 1.1" }),
        task("1.3", { File: "src/c.js" }),
      ),
    );
    const { implementer, asked } = scripted(({ task: { id, files } }) =>
      id === "1.1" ? { declined: true, said: "It needs an account at the bank." } : writes(files[0] ?? ""),
    );
    const { code, report } = await letWork(root, implementer);
    expect(asked.map((one) => one.task.id)).toEqual(["1.1", "1.3"]);
    expect({ code, outcome: report?.outcome, next: report?.next }).toEqual({
      code: 0,
      outcome: "aside",
      next: "speckit implement --task 1.1",
    });
    expect(report?.aside).toEqual([
      { task: "1.1", title: "Part 1.1", why: "It needs an account at the bank." },
    ]);
  });

  test("a task whose file is outside of the workspace is left; the others are done", async () => {
    const root = shopWith(listOf(task("1.1", { File: "../../../x.js" }), task("1.2", { File: "src/b.js" })));
    const { implementer, asked } = scripted(({ task: { files } }) => writes(files[0] ?? ""));
    const { code, report } = await letWork(root, implementer);
    expect({ code, asked: asked.map((one) => one.task.id) }).toEqual({ code: 0, asked: ["1.2"] });
    expect(report?.aside).toMatchObject([
      { task: "1.1", why: expect.stringContaining("outside of the workspace") },
    ]);
  });

  test("a command that does harm is never run, whoever agrees", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js", Acceptance: "`rm -rf src`" })));
    const { implementer } = scripted(() => writes("src/a.js"));
    const { report } = await letWork(root, implementer, { yes: true });
    expect(report?.aside[0]?.why).toContain("it is never run from a document: it removes");
    expect(exists(root, `${dir}/src/a.js`)).toBe(true);
    expect(read(root, tasksFile)).not.toContain("[x]");
  });

  test("without consent nothing is begun that could not be accepted", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js", Acceptance: "`node src/a.js`" })));
    const { implementer, asked } = scripted(() => writes("src/a.js"));
    await expect(letWork(root, implementer)).rejects.toThrow(
      `${tasksFile}:5: Task 1.1 is accepted by \`node src/a.js\`, and nothing that a document says runs without consent. Add --yes, or run it at a terminal.`,
    );
    expect(asked).toHaveLength(0);
    const later = shopWith(
      listOf(
        task("1.1", { File: "src/a.js" }),
        task("1.2", { File: "src/b.js", Acceptance: "`node src/b.js`" }),
      ),
    );
    const { code, report } = await letWork(later, implementer);
    expect({ code, tasks: report?.tasks.done, problems: report?.problems }).toEqual({
      code: 1,
      tasks: 1,
      problems: [expect.stringContaining("runs without consent. Add --yes")],
    });
  });

  test("the engine itself never writes over what a person wrote; what it wrote it may replace", async () => {
    const root = shopWith(
      listOf(task("1.1", { File: "src/a.js, src/b.js" }), task("1.2", { File: "src/b.js" })),
    );
    write(root, `${dir}/src/a.js`, "// mine\n");
    const { implementer } = scripted(
      ({ task: { id } }) => ({
        files: [file("src/a.js", "// made\n"), file("src/b.js", `// made for ${id}\n`)],
      }),
      "offline",
    );
    const { report } = await letWork(root, implementer);
    expect(report?.outcome).toBe("complete");
    expect(report?.notes).toContain(`${dir}/src/a.js is yours and stays as it is.`);
    expect([read(root, `${dir}/src/a.js`), read(root, `${dir}/src/b.js`)]).toEqual([
      "// mine\n",
      "// made for 1.2\n",
    ]);
  });

  test("what a person writes meanwhile is not the work of one who only answers", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js" })));
    const { implementer } = scripted(() => {
      write(root, "constitution.md", "# Constitution\n\nIt is being written.\n");
      write(root, `${dir}/src/mine.js`, "// mine\n");
      return writes("src/a.js");
    });
    const { code, report } = await letWork(root, implementer);
    expect({ code, problems: report?.problems }).toEqual({ code: 0, problems: [] });
    expect(report?.completed[0]?.files.map((one) => one.file)).toEqual([`${dir}/src/a.js`]);
  });

  test("one who edits files itself is held to the same; whose change it is, a person has to say", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js" })));
    const { implementer, asked } = scripted((_, round) => {
      write(root, `${dir}/src/a.js`, `// made ${round}\n`);
      write(root, `${dir}/src/more.js`, "// more\n");
      if (round === 1) write(root, "constitution.md", "# Anything goes\n");
      return {};
    });
    const editing = { ...implementer, edits: true };
    const first = await letWork(root, editing);
    expect(first.code).toBe(1);
    expect(first.report?.problems).toEqual([
      "While model:shop/scripted worked on Task 1.1, files changed that no task may change: constitution.md (what holds for the whole platform is not for a task to change). Look at them, put them back or keep them.",
    ]);
    expect(asked).toHaveLength(1);
    const second = await letWork(root, editing, {}, { command: "resume" });
    expect(second.report?.completed[0]?.files).toMatchObject([
      { file: `${dir}/src/a.js`, wrote: true },
      { file: `${dir}/src/more.js`, wrote: true },
    ]);
    expect(runsIn(root)).toMatchObject([
      { command: "implement", task: "1.1", outcome: "answered", tokens: { input: 1000, output: 234 } },
      { command: "resume", task: "1.1", outcome: "answered" },
    ]);
  });
});
