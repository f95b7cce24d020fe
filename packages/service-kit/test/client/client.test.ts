import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type Client,
  correlation,
  createClient,
  createMetrics,
  DependencyUnavailable,
  type Metrics,
} from "../../src/index.ts";
import { silentLog } from "../../src/testing/index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let answer: Answer;
let asked: IncomingMessage[];
let metrics: Metrics;
let client: Client;
let impatient: Client;
const server = createServer((request, response) => {
  asked.push(request);
  answer(request, response);
});

beforeEach(async () => {
  asked = [];
  answer = says(200, { data: { sku: "TEA-100" } });
  metrics = createMetrics("order-service");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { name: "inventory-service", baseUrl, log: silentLog(), metrics };
  client = createClient({ ...options, timeoutMs: 20_000 });
  impatient = createClient({ ...options, timeoutMs: 300 });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await client.close();
  await impatient.close();
});

function says(status: number, body: unknown, ...more: readonly string[]): Answer {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? "" : JSON.stringify(body) + more.join(""));
  };
}

describe("what was answered", () => {
  test.each([
    {
      given: "a product",
      answering: says(200, { data: { sku: "TEA-100" } }),
      status: 200,
      body: { data: { sku: "TEA-100" } },
    },
    { given: "no such product", answering: says(404, { status: 404 }), status: 404, body: { status: 404 } },
    { given: "too many requests", answering: says(429, { status: 429 }), status: 429, body: { status: 429 } },
    { given: "no content", answering: says(204, undefined), status: 204, body: undefined },
  ])("$given", async ({ answering, status, body }) => {
    answer = answering;
    expect(await client.get("/api/v1/products/TEA-100")).toEqual({ status, body });
  });

  test.each([
    { given: "an error of its own", answering: says(500, {}), reason: "inventory-service answered 500" },
    { given: "that it is not ready", answering: says(503, {}), reason: "inventory-service answered 503" },
    {
      given: "no JSON",
      answering: says(200, {}, "<html>"),
      reason: "inventory-service answered with something that is no JSON",
    },
    {
      given: "nothing",
      answering: () => undefined,
      reason: "inventory-service failed: did not answer within 300 ms",
    },
    {
      given: "half",
      answering: (_, response) => response.writeHead(200).write('{"data":'),
      reason: "inventory-service failed: did not answer within 300 ms",
    },
    {
      given: "by hanging up",
      answering: ({ socket }) => socket.destroy(),
      reason: "inventory-service failed: UND_ERR_SOCKET",
    },
    {
      given: "without end",
      answering: endless,
      reason: "inventory-service failed: UND_ERR_RES_EXCEEDED_MAX_SIZE",
    },
  ] satisfies { given: string; answering: Answer; reason: string }[])("$given: unavailable", async ({
    answering,
    reason,
  }) => {
    answer = answering;
    const call = (reason.includes("300 ms") ? impatient : client).get("/api/v1/products/TEA-100");
    await expect(call).rejects.toThrow(DependencyUnavailable);
    await expect(call).rejects.toThrow(reason);
  });
});

function endless(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200);
  const more = (): void => {
    if (!response.destroyed) response.write("x".repeat(1024 * 1024), more);
  };
  more();
}

test("nobody listens: unavailable", async () => {
  const gone = createClient({
    name: "user-service",
    baseUrl: "http://127.0.0.1:9",
    log: silentLog(),
    metrics,
  });
  await expect(gone.get("/api/v1/users/1")).rejects.toThrow("user-service failed: ECONNREFUSED");
  await gone.close();
});

test("request id, trace and token go along, body as JSON", async () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  let sent = "";
  answer = async (request, response) => {
    for await (const chunk of request) sent += chunk;
    response.end("{}");
  };
  await correlation.run({ requestId: "req-1", traceparent }, () =>
    client.post("/api/v1/auth/validate", { token: "t" }, { token: "adas-token" }),
  );

  expect(sent).toBe('{"token":"t"}');
  expect(asked[0]?.headers).toMatchObject({
    "x-request-id": "req-1",
    traceparent,
    authorization: "Bearer adas-token",
    "content-type": "application/json",
  });
});

test("a service that fails is left alone for a while, then asked again", async () => {
  answer = says(500, {});
  const refused = () => client.get("/api/v1/products/TEA-100").catch((error: Error) => error.message);
  for (let call = 0; call < 10; call++) await refused();
  expect(await refused()).toBe("inventory-service is left alone for a while");
  expect(asked).toHaveLength(10);

  answer = says(200, {});
  await vi.waitFor(async () => expect((await client.get("/api/v1/products/TEA-100")).status).toBe(200), {
    timeout: 20_000,
  });
});

test("a rush of calls does not use up its time by waiting for itself", async () => {
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const narrow = createClient({
    name: "inventory-service",
    baseUrl,
    timeoutMs: 2000,
    callsAtOnce: 1,
    log: silentLog(),
    metrics,
  });
  answer = (_, response) => void setTimeout(() => response.end("{}"), 600);
  const answers = await Promise.all(Array.from({ length: 4 }, () => narrow.get("/api/v1/products")));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await narrow.close();
});

test("time in which this process is held up is not the other service's", async () => {
  const call = impatient.get("/api/v1/products/TEA-100");
  const until = performance.now() + 500;
  while (performance.now() < until);
  expect((await call).status).toBe(200);
});

test("answers that are no failure do not count as failures", async () => {
  answer = says(404, {});
  for (let call = 0; call < 12; call++) await client.get("/api/v1/products/NO-1");
  expect((await client.get("/api/v1/products/NO-1")).status).toBe(404);
});

test("check shows what is the case while calls are held back", async () => {
  answer = says(500, {});
  for (let call = 0; call < 11; call++) await client.get("/").catch(() => undefined);
  await expect(client.check()).rejects.toThrow(DependencyUnavailable);
  answer = says(200, { data: { status: "up" } });
  await client.check();
  expect(asked.at(-1)?.url).toBe("/health/live");
});

test("calls are measured by what came of them", async () => {
  await client.get("/");
  answer = says(500, {});
  await client.get("/").catch(() => undefined);
  const counts = [...(await metrics.text()).matchAll(/_seconds_count\{.*outcome="(.*?)".*\} (\d)/g)].map(
    ([, outcome, count]) => [outcome, count],
  );
  expect(counts).toEqual([
    ["200", "1"],
    ["unavailable", "1"],
  ]);
});
