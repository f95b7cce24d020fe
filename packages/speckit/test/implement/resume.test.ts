import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { begunFile } from "./processes.ts";
import {
  dir,
  feature,
  file,
  letWork,
  listOf,
  read,
  run,
  scripted,
  shopWith,
  task,
  three,
  write,
} from "./shop.ts";

describe("files that changed since their task was done", () => {
  async function workedOn() {
    const root = shopWith(three);
    const { implementer } = scripted(({ task: { files } }) => ({
      files: [file(files[0] ?? "", "// made\n")],
    }));
    await letWork(root, implementer, { yes: true, max: 2 });
    return root;
  }

  test("are named, and somebody has to say that they are right", async () => {
    const root = await workedOn();
    write(root, `${dir}/src/a.js`, "// made, and mended\n");
    rmSync(join(root, `${dir}/src/b.js`));
    const { code, out } = await run(root, ["resume"]);
    expect(code).toBe(1);
    expect(out).toBe(`auth-service  001-jwt-authentication  2 of 3 tasks done

⚠️  services/auth-service/src/a.js has changed since Task 1.1 was done
⚠️  services/auth-service/src/b.js is gone since Task 1.2 was done

Next: speckit resume --accept-changes
`);
    expect((await run(root, ["resume", "--accept-changes"])).out).toContain("Task 1.3: Part 1.3");
    expect((await run(root, ["resume"])).code).toBe(0);
  });

  test.each([
    { given: "a link that leads out", stands: (path: string) => symlinkSync("/tmp", path) },
    { given: "a file", stands: (path: string) => writeFileSync(path, "") },
  ])("are named and accepted where $given stands in the place of their folder", async ({ stands }) => {
    const root = await workedOn();
    rmSync(join(root, `${dir}/src`), { recursive: true });
    stands(join(root, `${dir}/src`));
    const { code, out } = await run(root, ["resume"]);
    expect(code).toBe(1);
    expect(out).toContain("services/auth-service/src/a.js is gone since Task 1.1 was done");
    await run(root, ["resume", "--accept-changes"]);
    rmSync(join(root, `${dir}/src`));
    expect((await run(root, ["resume"])).out).toContain("Task 1.3: Part 1.3");
  });

  test("are none where a later task changed them", async () => {
    const root = shopWith(
      listOf(task("1.1", { File: "src/a.js" }), task("1.2", { File: "src/a.js" }), task("1.3")),
    );
    const { implementer } = scripted(({ task: { id } }) => ({ files: [file("src/a.js", `// ${id}\n`)] }));
    await letWork(root, implementer, { max: 2 });
    expect((await run(root, ["resume"])).code).toBe(0);
  });
});

test("a file that the task which was cut off wrote itself has not changed", async () => {
  const root = shopWith(
    listOf(
      task("1.1", { File: "src/a.js" }),
      task("1.2", { File: "src/a.js", Acceptance: "`node src/a.js`" }),
    ),
  );
  const { implementer } = scripted(({ task: { id } }) => ({
    files: [file("src/a.js", id === "1.1" ? "\n" : "process.exit(1);\n")],
  }));
  expect((await letWork(root, implementer, { yes: true })).code).toBe(1);
  const left = read(root, `${dir}/src/a.js`);
  write(root, `${dir}/src/a.js`, "// mended\n");
  expect((await run(root, ["resume"])).code).toBe(1);
  write(root, `${dir}/src/a.js`, left);
  expect((await run(root, ["resume"])).code).toBe(0);
});

test("nor has one that a person is at work on", async () => {
  const root = shopWith(listOf(task("1.1", { File: "src/a.js" }), task("1.2", { File: "src/a.js" })));
  const { implementer } = scripted(() => ({ files: [file("src/a.js", "\n")] }));
  await letWork(root, implementer, { max: 1 });
  await run(root, ["implement"]);
  write(root, `${dir}/src/a.js`, "// begun\n");
  expect((await run(root, ["resume"])).code).toBe(0);
});

test("a damaged checkpoint is none", async () => {
  const root = shopWith(three);
  write(root, `.speckit/checkpoints/${feature}/task-1.1.json`, "{");
  write(root, begunFile, '{ "version": 1, "task": 7 }');
  const { code, err } = await run(root, ["resume"]);
  expect({ code, err }).toMatchObject({
    code: 2,
    err: expect.stringContaining("there is nothing to go on with"),
  });
  expect((await run(root, ["implement"])).code).toBe(0);
});
