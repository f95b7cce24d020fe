import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BegunTask } from "../../src/authoring/implement/checkpoint.ts";
import { hashOf } from "../../src/node/implement/checkpoints.ts";
import { agentShop, begunFile, speckit } from "./processes.ts";
import {
  dir,
  exists,
  file,
  letWork,
  listOf,
  read,
  reportIn,
  run,
  scripted,
  shopWith,
  task,
  tasksFile,
  three,
  write,
} from "./shop.ts";

describe("killed in the middle of a task", () => {
  test.each([
    { signal: "SIGKILL" },
    { signal: "SIGINT" },
  ] as const)("by $signal: what is done stays done, what was half-written is noticed and done again", async ({
    signal,
  }) => {
    const { root, elsewhere, asked, waiting } = agentShop();
    const first = speckit(root, "implement", "--author", "agent:mine", "--yes");
    await first.until("the agent is at work on the second task", () => waiting() > 0);
    expect(read(root, tasksFile)).toContain("### [x] Task 1.1");
    expect((JSON.parse(read(root, begunFile)) as BegunTask).task).toBe("1.2");
    first.kill(signal);
    expect(await first.ended).toBe(signal === "SIGINT" ? 2 : null);
    if (signal === "SIGKILL") process.kill(waiting(), "SIGKILL");
    else expect(first.said()).toContain("Next: speckit resume --author agent:mine --yes");
    expect(read(root, `${dir}/src/b.js`)).toBe("export const hal");

    writeFileSync(join(elsewhere, "go-on"), "");
    const second = speckit(root, "resume", "--author", "agent:mine", "--yes", "--json");
    expect(await second.ended, second.said()).toBe(0);
    expect(asked()).toEqual(["1.1", "1.2", "1.2", "1.3"]);
    expect(second.said()).toContain(`Task 1.2 was cut off; these files differ from before: ${dir}/src/b.js.`);
    expect(read(root, tasksFile).match(/### \[x\] Task/g)).toHaveLength(3);
    expect(exists(root, begunFile)).toBe(false);
  });

  test("while its command runs", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { File: "src/a.js", Acceptance: "`node src/a.js`" }),
        task("1.2", { File: "src/b.js" }),
      ),
    );
    write(
      root,
      `${dir}/src/a.js`,
      "require('node:fs').writeFileSync('pid', String(process.pid));\nsetInterval(() => {}, 1000);\n",
    );
    write(root, `${dir}/package.json`, '{ "name": "auth-service" }\n');
    const first = speckit(root, "implement", "--done", "--yes");
    await first.until(
      "the command runs",
      () => exists(root, `${dir}/pid`) && read(root, `${dir}/pid`) !== "",
    );
    first.kill("SIGKILL");
    await first.ended;
    process.kill(Number(read(root, `${dir}/pid`)), "SIGKILL");
    expect(read(root, tasksFile)).not.toContain("[x]");
    write(root, `${dir}/src/a.js`, "\n");
    // The claim of the run that was killed holds nobody up.
    const { code, out } = await run(root, ["implement", "--done", "--yes", "--json"]);
    expect({ code, outcome: reportIn(out).outcome }).toEqual({
      code: 0,
      outcome: "done",
    });
  });

  test("between the checkpoint and the tick: the tick follows", async () => {
    const root = shopWith(three);
    write(root, `${dir}/src/a.js`, "\n");
    await run(root, ["implement"]);
    const begun = JSON.parse(read(root, begunFile)) as BegunTask;
    await run(root, ["implement", "--done"]);
    // As it stood one moment before.
    write(root, tasksFile, three);
    write(root, begunFile, JSON.stringify({ ...begun, stage: "accepted" }));
    const { out } = await run(root, ["resume"]);
    expect(out).toContain("A task that was accepted before an interruption is ticked now.");
    expect(out).toContain("Task 1.2: Part 1.2");
    expect(read(root, tasksFile)).toContain("### [x] Task 1.1");
  });

  test("between two files of a task: both are written again", async () => {
    const root = shopWith(listOf(task("1.1", { File: "src/a.js, src/b.js" })));
    const files = [file("src/a.js", "// a\n"), file("src/b.js", "// b\n")];
    const mark = (index: number) => ({
      file: files[index]?.file ?? "",
      sha256: hashOf(files[index]?.text ?? ""),
    });
    const begun: BegunTask = {
      version: 1,
      task: "1.1",
      doneBy: "offline",
      began: "2026-11-23T12:00:00.000Z",
      stage: "begun",
      before: [0, 1].map((index) => ({ ...mark(index), sha256: null })),
      writing: [mark(0), mark(1)],
      errors: [],
      attempts: 0,
      seenFailing: null,
      failure: null,
      tokens: { input: 0, output: 0 },
    };
    write(root, begunFile, JSON.stringify(begun));
    write(root, `${dir}/src/a.js`, "// a\n");
    expect((await run(root, ["resume"])).out).toContain(
      "Task 1.1 was cut off: 1 of 2 files were written. It is done again as a whole.".slice(0, 60),
    );
    const { implementer } = scripted(
      () => ({ files: files.map((one) => ({ ...one, text: `${one.text}// new\n` })) }),
      "offline",
    );
    const { report } = await letWork(root, implementer, {}, { command: "resume" });
    expect(report?.outcome).toBe("complete");
    expect(read(root, `${dir}/src/a.js`) + read(root, `${dir}/src/b.js`)).toBe(
      "// a\n// new\n// b\n// new\n",
    );
  });
});

test("killed again and again, it comes to an end, and no task that is ticked is asked for again", async () => {
  const { root, elsewhere, asked } = agentShop();
  writeFileSync(join(elsewhere, "go-on"), "");
  const ticked = () => read(root, tasksFile).match(/### \[x\] Task/g)?.length ?? 0;
  for (const lines of [1, 2, 3, 4, 5]) {
    const before = existsSync(join(elsewhere, "asked")) ? asked().length : 0;
    const done = ticked();
    const killed = speckit(root, "implement", "--author", "agent:mine", "--yes");
    let isOver = false;
    void killed.ended.then(() => {
      isOver = true;
    });
    await killed.until(`${lines} lines`, () => isOver || killed.said().split("\n").length > lines);
    killed.kill("SIGKILL");
    await killed.ended;
    const fresh = existsSync(join(elsewhere, "asked")) ? asked().slice(before) : [];
    expect(fresh).not.toContain(["1.1", "1.2", "1.3"][done - 1]);
  }
  const last = speckit(root, "implement", "--author", "agent:mine", "--yes");
  expect(await last.ended, last.said()).toBe(0);
  expect(ticked()).toBe(3);
  expect(["a", "b", "c"].map((name) => read(root, `${dir}/src/${name}.js`))).toEqual(
    Array.from({ length: 3 }, () => "export const made = true;\n"),
  );
});
