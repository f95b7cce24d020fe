import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeAnswer, operationsIn, requestsFor } from "../../src/index.ts";
import {
  type HttpRequest,
  type Send,
  UnknownOperation,
  verifyEvents,
  verifyService,
} from "../../src/node/index.ts";
import { ServerUnreachable, sendTo } from "../../src/node/send.ts";
import { isLoopback } from "../../src/node/writes-allowed.ts";
import { folderWith } from "../run-cli.ts";
import { openShop, token } from "./shop.ts";
import { contract as text } from "./shop-contract.ts";

const root = folderWith({ "api-spec.yaml": text });
const contract = join(root, "api-spec.yaml");

test("a test of a service asks for findings and for what was seen to work", async () => {
  const { url } = await openShop();
  const verification = await verifyService({
    contract,
    url,
    headersFor: () => ({ Authorization: `Bearer ${token}` }),
  });
  expect(verification).toMatchObject({ ok: true, findings: [] });
  expect(
    verification.operations.map(({ operation, accepted }) => [operation.operationId, accepted > 0]),
  ).toEqual(["placeOrder", "listOrders", "getHealth", "getOrder", "deleteOrder"].map((id) => [id, true]));
});

test("a finding says where in the contract, why, and what to do", async () => {
  const { url } = await openShop("forgets Location");
  const { ok, findings } = await verifyService({ contract, url, token });
  expect(ok).toBe(false);
  expect(findings).toMatchObject([
    {
      rule: "header-missing",
      location: { file: contract, line: 15, column: 9 },
      why: expect.stringContaining("Location") as string,
      fix: "Send the header, or make it optional in the contract.",
    },
  ]);
});

/** Remembers what it is asked and answers 200. */
function recorder(): { send: Send; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  const send: Send = (request) => {
    asked.push(request);
    return Promise.resolve({ status: 200, headers: { "content-type": "application/json" }, body: "[]" });
  };
  return { send, asked };
}

const methodsSent = (asked: readonly HttpRequest[]) => [...new Set(asked.map(({ method }) => method))].sort();

describe("beyond this machine", () => {
  test.each([
    { url: "https://shop.example.com", allowWrites: [], sent: ["GET"] },
    { url: "https://shop.example.com", allowWrites: ["other.example.com"], sent: ["GET"] },
    { url: "https://shop.example.com", allowWrites: ["shop.example.com"], sent: ["DELETE", "GET", "POST"] },
    {
      url: "https://shop.example.com:8443",
      allowWrites: ["shop.example.com:8443"],
      sent: ["DELETE", "GET", "POST"],
    },
    { url: "http://127.0.0.1:3000", allowWrites: [], sent: ["DELETE", "GET", "POST"] },
    { url: undefined, allowWrites: [], sent: ["DELETE", "GET", "POST"] },
  ])("$url, with writes allowed to $allowWrites, is sent $sent", async ({ url, allowWrites, sent }) => {
    const { send, asked } = recorder();
    const { operations } = await verifyService({ contract, url, allowWrites, send, token });
    expect(methodsSent(asked)).toEqual(sent);
    const withheld = operations
      .filter((one) => one.withheld === "writes")
      .map(({ operation }) => operation.operationId);
    expect(withheld).toEqual(sent.length === 1 ? ["placeOrder", "deleteOrder"] : []);
  });

  test.each([
    ["http://localhost:3000", true],
    ["http://shop.localhost", true],
    ["http://127.8.9.10", true],
    ["http://[::1]:3000", true],
    ["http://127.0.0.1.example.com", false],
    ["http://localhost.example.com", false],
    ["http://192.168.0.7", false],
    ["http://[::ffff:10.0.0.1]", false],
  ])("%s is this machine: %s", (url, expected) => {
    expect(isLoopback(new URL(url))).toBe(expected);
  });
});

test("credentials are left out, broken or sent, wherever they come from", async () => {
  const { send, asked } = recorder();
  await verifyService({
    contract,
    send,
    headersFor: () => ({ Authorization: "Bearer mine", "X-Shop": "tea" }),
    operations: ["listOrders"],
  });
  expect([...new Set(asked.map(({ headers }) => headers.authorization))]).toEqual([
    "Bearer mine",
    undefined,
    "Bearer credentials-that-nobody-gave-out",
  ]);
  expect(asked.every(({ headers }) => headers["x-shop"] === "tea")).toBe(true);
});

test.each([
  { url: "http://127.0.0.1:3000", servers: "/api", path: "/api/orders" },
  { url: "http://127.0.0.1:3000/shop", servers: "/api", path: "/orders" },
])("$url with servers at $servers is asked for $path", async ({ url, servers, path }) => {
  const { send, asked } = recorder();
  const folder = folderWith({
    "api.yaml": `openapi: 3.0.3\ninfo: { title: A, version: v1 }\nservers: [{ url: ${servers} }]\npaths:\n  /orders: { get: { responses: { '200': { description: All } } } }\n`,
  });
  await verifyService({ contract: join(folder, "api.yaml"), url, send });
  expect(asked.map((one) => one.path)).toEqual([path]);
});

test("what cannot be done is an error that says what", async () => {
  const { send } = recorder();
  await expect(verifyService({ contract, send, operations: ["placeOder"] })).rejects.toThrow(
    UnknownOperation,
  );
  await expect(verifyService({ contract: join(root, "none.yaml"), send })).rejects.toThrow(
    "There is no file",
  );
  await expect(verifyService({ contract })).rejects.toThrow("verify needs an address: give url, or send.");
});

describe("requests over the network", () => {
  async function listening(answer: Parameters<typeof createServer>[1]) {
    const server = createServer(answer ?? (() => {}));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    return {
      url: new URL(`http://127.0.0.1:${port}/base/`),
      stop: () => server.closeAllConnections() ?? server.close(),
    };
  }
  const request = { method: "POST", path: "/orders?a=%20b", headers: { "x-shop": "tea" }, body: "{}" };

  test("go out as they are and come back as they are; redirects are not followed", async () => {
    const seen: unknown[] = [];
    const { url, stop } = await listening((incoming, response) => {
      seen.push([incoming.method, incoming.url, incoming.headers["x-shop"]]);
      response.writeHead(302, { location: "http://192.0.2.1/" }).end("gone");
    });
    expect(await sendTo(url, 5000)(request)).toMatchObject({
      status: 302,
      headers: { location: "http://192.0.2.1/" },
      body: "gone",
    });
    expect(seen).toEqual([["POST", "/base/orders?a=%20b", "tea"]]);
    stop();
  });

  test("that get no answer in time say so", async () => {
    const { url, stop } = await listening(() => {});
    expect(await sendTo(url, 50)(request)).toEqual({ none: "nothing came within 50 ms" });
    stop();
  });

  test("that begin a stream of events do not wait for its end", async () => {
    const { url, stop } = await listening((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    });
    expect(await sendTo(url, 5000)(request)).toMatchObject({ status: 200, body: "" });
    stop();
  });

  test("that HTTP cannot carry say why", async () => {
    const { url, stop } = await listening(() => {});
    expect(await sendTo(url, 5000)({ ...request, headers: { "x-shop": "tea\n" } })).toEqual({
      none: expect.stringContaining("x-shop") as string,
    });
    stop();
  });

  test("to nobody are an error", async () => {
    const { url, stop } = await listening(() => {});
    const port = url.port;
    stop();
    await expect(sendTo(new URL(`http://127.0.0.1:${port}`), 5000)(request)).rejects.toThrow(
      ServerUnreachable,
    );
  });
});

test("the library alone makes requests and judges answers", () => {
  const placeOrder = operationsIn({ file: "api-spec.yaml", text }).find(
    ({ operationId }) => operationId === "placeOrder",
  );
  if (!placeOrder) throw new Error("There is no operation.");
  const [example] = requestsFor(placeOrder);
  expect(example).toMatchObject({
    method: "POST",
    path: "/api/v1/orders",
    kind: "valid",
    title: "example of the contract",
    body: '{"sku":"TEA-100","quantity":2}',
  });
  const answer = { status: 201, headers: { "Content-Type": "application/json" }, body: '{"data":{}}' };
  expect(judgeAnswer(placeOrder, answer, example).map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
    ["body-mismatch error", "body-mismatch error", "body-mismatch error", "header-missing error"],
  );
  expect(judgeAnswer(placeOrder, { ...answer, status: 204 })).toMatchObject([
    {
      rule: "status-undeclared",
      message: "POST /api/v1/orders answered 204, which the contract does not describe.",
    },
  ]);
});

test("events that a test recorded are held against their contract", () => {
  const folder = folderWith({
    "order-events.json": JSON.stringify({
      events: [{ eventType: "order.created", version: "v1", schema: { required: ["data"] } }],
    }),
  });
  const contracts = [join(folder, "order-events.json")];
  expect(verifyEvents({ contracts, events: [{ eventType: "order.created", data: {} }] })).toEqual({
    ok: true,
    findings: [],
  });
  expect(verifyEvents({ contracts, events: [{ eventType: "order.created" }] })).toMatchObject({
    ok: false,
    findings: [{ rule: "event-mismatch", related: [{ at: { file: "events", line: 1 } }] }],
  });
});
