import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("an old Node is told which one is needed", () => {
  const script = `Object.defineProperty(process, "versions", { value: { node: "18.19.0" } }); import("./scripts/run.mjs");`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `speckit needs Node 20.19 or newer; this is ${process.version}. See https://nodejs.org/\n`,
  });
});

test("an unknown task is answered with those that there are", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", "biuld"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^There is no task 'biuld'\. There are: start, platform, /);
});

test("Ctrl-C ends the programs that were started, and their programs", async () => {
  // A program that starts another, which keeps our output open as long as it lives.
  const parent = `
    require("node:child_process").spawn(process.execPath, ["-e", "console.log('here'); setInterval(() => {}, 1000)"], { stdio: "inherit" });
    setInterval(() => {}, 1000);`;
  const us = spawn(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { endChildrenWithUs, run } from "./scripts/programs.mjs";
       endChildrenWithUs();
       await run([process.execPath, "-e", ${JSON.stringify(parent)}], { show: true });`,
    ],
    { cwd: root },
  );
  await new Promise((resolve) => us.stdout.once("data", resolve));
  us.kill("SIGINT");
  expect(await new Promise((resolve) => us.on("close", resolve))).toBe(130);
});
