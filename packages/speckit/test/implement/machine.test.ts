import { chmodSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCommand } from "../../src/authoring/implement/command-line.ts";
import type { Proof } from "../../src/authoring/implement/proofs.ts";
import { tryProofs } from "../../src/cli/implement/try-proofs.ts";
import { runCommand } from "../../src/node/implement/run-command.ts";
import { folderWith } from "../run-cli.ts";

const never = new AbortController().signal;
const node = (code: string) => [{ program: process.execPath, args: ["-e", code], variables: {} }];
const base = { env: process.env, timeoutMs: 60_000, signal: never };

/** Says `up`, then goes on, with a child of its own that holds the pipes open. */
const goesOn =
  "const { spawn } = require('node:child_process'); const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.log('child', child.pid, 'of', process.pid); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";

/** Neither runs nor waits to be reaped. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return /\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

describe("a command", () => {
  test("runs its steps one after the other, until one fails", async () => {
    const cwd = folderWith({});
    const steps = [
      ...node("console.log('one')"),
      ...node("console.error('two'); process.exit(4)"),
      ...node("console.log('three')"),
    ];
    const end = await runCommand(steps, { ...base, cwd });
    expect(end).toMatchObject({ how: "exit", exitCode: 4, output: "one\ntwo\n" });
  });

  test("whose program is not there is missing", async () => {
    const end = await runCommand([{ program: "no-such-program-here", args: [], variables: {} }], {
      ...base,
      cwd: folderWith({}),
    });
    expect(end).toMatchObject({ how: "missing", exitCode: undefined, program: "no-such-program-here" });
  });

  test("sees no key of a model provider, and the variables that it sets", async () => {
    const env = { ...process.env, ANTHROPIC_API_KEY: "sk-ant-1", SHOP_URL: "http://127.0.0.1" };
    const [step] = node(
      "console.log(process.env.ANTHROPIC_API_KEY, process.env.SHOP_URL, process.env.PORT, process.env.CI)",
    );
    const end = await runCommand([{ ...step, variables: { PORT: "3001" } } as never], {
      ...base,
      env: { ...env, CI: undefined },
      cwd: folderWith({}),
    });
    expect(end.output).toMatch(/^undefined http:\/\/127\.0\.0\.1 3001 /);
  });

  test("finds what a service of Python has installed for itself", async () => {
    const cwd = folderWith({ ".venv/bin/pytest": "#!/bin/sh\necho own pytest $1\n" });
    chmodSync(join(cwd, ".venv/bin/pytest"), 0o755);
    const end = await runCommand([{ program: "pytest", args: ["tests/test_user.py"], variables: {} }], {
      ...base,
      cwd,
    });
    expect(end).toMatchObject({ how: "exit", exitCode: 0, output: "own pytest tests/test_user.py\n" });
  });

  test("that writes without end is ended, and only the last of it is kept", async () => {
    const code = "for (;;) require('node:fs').writeSync(1, 'x'.repeat(1000) + '\\n');";
    const end = await runCommand(node(code), { ...base, timeoutMs: 700, cwd: folderWith({}) });
    expect(end.how).toBe("cut");
    expect(end.output.length).toBeLessThanOrEqual(20_000);
  });

  test.each([
    { given: "its time is over", how: "cut", options: { timeoutMs: 500 } },
    { given: "it has stayed up", how: "up", options: { staysUp: { ms: 500 } } },
    { given: "it answers", how: "up", options: { staysUp: { ms: 60_000, isUp: async () => true } } },
  ])("that goes on is ended with all that it started, once $given", async ({ how, options }) => {
    const end = await runCommand(node(goesOn), { ...base, ...options, cwd: folderWith({}) });
    expect(end.how).toBe(how);
    const pids = [...end.output.matchAll(/\d+/g)].map(([pid]) => Number(pid));
    for (const pid of pids) await expect.poll(() => isGone(pid)).toBe(true);
  });

  test("is over when it ends, whoever it leaves behind with its pipes", async () => {
    const leaves =
      "const { spawn } = require('node:child_process'); const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached: true }); left.unref(); console.log('left', left.pid);";
    const end = await runCommand(node(leaves), { ...base, cwd: folderWith({}) });
    const pid = Number(/\d+/.exec(end.output));
    // It left the group, so it is not known to belong to the command.
    expect(isGone(pid)).toBe(false);
    process.kill(pid);
    expect(end).toMatchObject({ how: "exit", exitCode: 0 });
  });

  test("is ended when somebody stops it", async () => {
    const stop = new AbortController();
    const running = runCommand(node(goesOn), { ...base, signal: stop.signal, cwd: folderWith({}) });
    stop.abort();
    expect((await running).how).toBe("stopped");
  });
});

describe("trying", () => {
  const proof = (text: string, more: Partial<Proof & { kind: "command" }> = {}): Proof => ({
    kind: "command",
    text,
    line: readCommand(text),
    staysUp: false,
    must: "pass",
    from: "document",
    ...more,
  });
  const trial = (root: string) => ({
    root,
    dir: ".",
    env: process.env,
    consent: async () => true,
    url: undefined,
    timeoutMs: 60_000,
    staysUpMs: 300,
    signal: never,
  });

  test("what a command wrote is kept without colours and secrets", async () => {
    const root = folderWith({
      "say.cjs": "console.log('\\u001b[31mred\\u001b[0m password=hunter22-and-more');\n",
    });
    const { records } = await tryProofs([proof("node say.cjs")], trial(root));
    expect(records[0]?.output).toMatch(/^red password=\[redacted: /);
  });

  test.each([
    { text: "cd ../.. && node -v", says: "which is no folder here" },
    { text: "cd out && node -v", says: "which is no folder here" },
    { text: "cd nowhere && node -v", says: "which is no folder here" },
  ])("`$text` never leaves the workspace", async ({ text, says }) => {
    const root = folderWith({ out: { linkTo: "/tmp" } });
    const { failures } = await tryProofs([proof(text)], trial(root));
    expect(failures[0]).toContain(says);
  });

  test("whoever answers at the address before a service is started does not stand for it", async () => {
    const root = folderWith({ "main.cjs": "setTimeout(() => process.exit(1), 1000);\n" });
    const other = createServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const { failures } = await tryProofs([proof("node main.cjs", { staysUp: true })], {
      ...trial(root),
      url,
      staysUpMs: 60_000,
    });
    await new Promise((resolve) => other.close(resolve));
    expect(failures).toEqual(["`node main.cjs` ended with 1."]);
  });

  test("the first that fails ends it", async () => {
    const root = folderWith({
      "fail.cjs": "process.exit(2);\n",
      "late.cjs": "require('node:fs').writeFileSync('late', '');\n",
    });
    const { failures, records } = await tryProofs(
      [proof("node fail.cjs"), proof("node late.cjs")],
      trial(root),
    );
    expect({ failures, records }).toEqual({ failures: ["`node fail.cjs` ended with 2."], records: [] });
  });
});
