import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { fakeAuth, freshDatabase } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function start(environment: Record<string, string>): ChildProcess {
  return fork(main, {
    execArgv: ["--conditions=source", "--import", "tsx"],
    // Nothing of this process's environment but what Node itself needs.
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "silent", ...environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const chunks: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: Buffer.concat(chunks).toString("utf8") };
}

const complete = {
  DATABASE_URL: "postgres://127.0.0.1:1/inventory_db",
  BUS_DATABASE_URL: "postgres://127.0.0.1:1/bus",
  AUTH_URL: "http://127.0.0.1:1",
};

test.each([
  { given: "DATABASE_URL is missing", change: { DATABASE_URL: "" }, says: "DATABASE_URL is missing." },
  { given: "AUTH_URL is missing", change: { AUTH_URL: "" }, says: "AUTH_URL is missing." },
  {
    given: "there is no bus",
    change: { BUS_DATABASE_URL: "" },
    says: "AMQP_URL and BUS_DATABASE_URL are missing; one of them is needed.",
  },
  {
    given: "a reservation lasts no time",
    change: { RESERVATION_SECONDS: "0" },
    says: 'RESERVATION_SECONDS is "0", which is no whole number from 1 to',
  },
])("when $given, the process says so in one line and ends with 2", async ({ change, says }) => {
  const { code, said } = await endOf(start({ ...complete, ...change }));
  expect(said).toContain(says);
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(2);
});

test("it starts, tells its parent, serves products, and ends with 0 on SIGTERM", async () => {
  const [auth, home, bus] = await Promise.all([fakeAuth(), freshDatabase(), freshDatabase()]);
  const child = start({
    DATABASE_URL: home.url,
    BUS_DATABASE_URL: bus.url,
    AUTH_URL: auth.url,
    SEED_DEMO: "on",
  });
  const [ready] = (await once(child, "message")) as [{ kind: string; name: string; url: string }];
  expect(ready).toMatchObject({ kind: "ready", name: "inventory-service" });
  const answer = await fetch(`${ready.url}/api/v1/products`);
  const { data } = (await answer.json()) as { data: { sku: string }[] };
  expect(data.map(({ sku }) => sku)).toEqual(["MUG-001", "TEA-100"]);

  child.kill("SIGTERM");
  expect(await endOf(child)).toEqual({ code: 0, said: "" });
  await Promise.all([auth.close(), home.drop(), bus.drop()]);
});
