import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { password } from "./support/auth-app.ts";
import { openSurroundings, post, readyUrl, run, type Surroundings } from "./support/running.ts";

let around: Surroundings;
let started: ChildProcess[] = [];
beforeAll(async () => {
  around = await openSurroundings();
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started = [];
});
afterAll(() => around.close());

function start(changes = {}): ChildProcess {
  const child = run({ ...around.environment, ...changes });
  started.push(child);
  return child;
}

async function saidBy(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  await once(child, "close");
  return said;
}

const ada = { email: "ada@example.com", password };

describe("the process", () => {
  test("serves, and ends with 0 on SIGTERM", async () => {
    const child = start();
    const url = await readyUrl(child);
    expect((await post(url, "register", ada)).status).toBe(201);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test.each([
    { changes: { DATABASE_URL: "" }, said: "DATABASE_URL is missing." },
    { changes: { AUTH_SECRET: "" }, said: "AUTH_SECRET is missing." },
    { changes: { AUTH_SECRET: "too short" }, said: "AUTH_SECRET has less than 32 bytes." },
    { changes: { ADMIN_EMAIL: "admin@example.com" }, said: "ADMIN_PASSWORD is missing." },
  ])("with $changes it ends with 2 and says: $said", async ({ changes, said }) => {
    const child = start(changes);
    const [text, [code]] = await Promise.all([saidBy(child), once(child, "exit")]);
    expect({ code, text }).toEqual({ code: 2, text: `${said}\n` });
  });

  test("P7: Password Reset: Failure mode: Crash after a reset request: the mail is asked for after the restart", async () => {
    const before = start();
    const url = await readyUrl(before);
    await post(url, "register", { ...ada, email: "grace@example.com" });
    await around.bus.cut();
    expect((await post(url, "password-reset/request", { email: "grace@example.com" })).status).toBe(202);
    before.kill("SIGKILL");
    await once(before, "exit");
    expect(around.received).toEqual([]);

    await around.bus.mend();
    await readyUrl(start());
    await expect.poll(() => around.received, { timeout: 30_000 }).toHaveLength(1);
    expect(around.received[0]?.data.email).toBe("grace@example.com");
  });
});
