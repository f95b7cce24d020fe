import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RunningService } from "../src/index.ts";
import { type FreshDatabase, freshDatabase } from "../src/testing/index.ts";
import { serve } from "./fixtures/tea/services/tea-service/src/service.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

let databases: FreshDatabase[];
let service: RunningService;
beforeAll(async () => {
  databases = await Promise.all([freshDatabase(), freshDatabase()]);
  const [DATABASE_URL, BUS_DATABASE_URL] = databases.map(({ url }) => url);
  service = await serve({ DATABASE_URL, BUS_DATABASE_URL, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await service.stop();
  await Promise.all(databases.map(({ drop }) => drop()));
});

test.each([
  {
    part: "contract",
    file: new URL("fixtures/tea/services/tea-service/contracts/api-spec.yaml", import.meta.url),
  },
  { part: "service", file: new URL("fixtures/tea/services/tea-service/src/service.ts", import.meta.url) },
  { part: "process", file: new URL("fixtures/tea/services/tea-service/src/main.ts", import.meta.url) },
])("the README shows the $part as it runs", ({ file }) => {
  expect(readme).toContain(readFileSync(file, "utf8").trimEnd());
});

interface Body {
  readonly data: { readonly teaId: string; readonly name: string };
  readonly errors?: readonly object[];
}

const ask = async (url: string, init?: RequestInit) => {
  const answered = await fetch(`${service.url}${url}`, init);
  return { status: answered.status, body: (await answered.json()) as Body };
};
const add = (body: string) =>
  ask("/api/v1/teas", { method: "POST", headers: { "content-type": "application/json" }, body });

test("the service of the README adds teas, tells of them, and hears of them", async () => {
  const { status, body } = await add('{"name":"Assam"}');
  expect([status, body.data.name]).toEqual([201, "Assam"]);
  await vi.waitFor(async () => {
    const { data } = (await ask(`/api/v1/teas/${body.data.teaId}`)).body;
    expect(data).toEqual({ ...body.data, announced: true });
  }, 30_000);
});

test("and refuses what the README says", async () => {
  const { status, body } = await add('{"name":""}');
  expect([status, body.errors]).toEqual([
    422,
    [{ path: "/name", message: "must NOT have fewer than 1 characters" }],
  ]);
  expect(readme).toContain(JSON.stringify(body.errors));
});
