import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ReadyMessage } from "../../src/index.ts";
import { type FreshDatabase, freshDatabase } from "../../src/testing/index.ts";

const main = fileURLToPath(new URL("order-main.ts", import.meta.url));

let data: FreshDatabase;
let queue: FreshDatabase;
let child: ChildProcess;
beforeAll(async () => {
  [data, queue] = await Promise.all([freshDatabase(), freshDatabase()]);
});
afterEach(() => void child.kill("SIGKILL"));
afterAll(() => Promise.all([data.drop(), queue.drop()]));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the service in a process of its own. */
function start(environment: Record<string, string>): { ready: Promise<ReadyMessage>; ended: Promise<Ended> } {
  const execArgv = ["--conditions=source", "--import", "tsx"];
  const variables = {
    DATABASE_URL: data.url,
    BUS_DATABASE_URL: queue.url,
    AUTH_URL: "http://127.0.0.1:9",
    LOG_LEVEL: "warn",
  };
  child = fork(main, {
    execArgv,
    silent: true,
    env: { PATH: process.env.PATH, ...variables, ...environment },
  });
  let output = "";
  const streams = [child.stdout, child.stderr].flatMap((stream) => stream ?? []);
  for (const stream of streams) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const closed = Promise.all(streams.map((stream) => once(stream, "close")));
  return {
    ready: once(child, "message").then(([message]) => message as ReadyMessage),
    ended: once(child, "exit").then(([code]) => closed.then(() => ({ code, output }))),
  };
}

test.each(["SIGTERM", "SIGINT"] as const)("a service that is told %s stops cleanly", async (signal) => {
  const { ready, ended } = start({});
  const { kind, name, url } = await ready;
  expect([kind, name, (await fetch(`${url}/health/ready`)).status]).toEqual(["ready", "order-service", 200]);
  child.kill(signal);
  expect(await ended).toEqual({ code: 0, output: "" });
});

test("a service that still waits for its database stops at once", async () => {
  const { ended } = start({ DATABASE_URL: "postgres://orders@127.0.0.1:9/orders", LOG_LEVEL: "info" });
  const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
  expect(String(line)).toContain("waiting for the database");
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0 });
});

test("a service whose parent is gone stops", async () => {
  const { ready, ended } = start({});
  await ready;
  child.disconnect();
  expect(await ended).toEqual({ code: 0, output: "" });
});

test.each([
  {
    given: "a variable is missing",
    environment: { DATABASE_URL: "" },
    code: 2,
    output: "DATABASE_URL is missing.\n",
  },
  {
    given: "a variable is wrong",
    environment: { PORT: "http" },
    code: 2,
    output: 'PORT is "http", which is no whole number from 0 to 65535.\n',
  },
])("when $given it says so in one line", async ({ environment, code, output }) => {
  expect(await start(environment).ended).toEqual({ code, output });
});

test("when the database refuses it says so in one line", async () => {
  const url = new URL(data.url);
  url.pathname = "/no_such_database";
  const { code, output } = await start({ DATABASE_URL: url.href }).ended;
  expect([code, output]).toEqual([1, 'database "no_such_database" does not exist\n']);
});
