import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { adasToken, type GatewayForTests, startGateway } from "./gateway-for-tests.ts";

let gateway: GatewayForTests;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.received.length = 0;
});

/** Sends bytes as they stand, which no HTTP library would, and reads until the gateway closes. */
async function send(...lines: string[]): Promise<string> {
  const socket = connect(gateway.port, "127.0.0.1");
  socket.write(lines.join("\r\n"));
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  // `once` would fail with the error that being cut off is.
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
  return answer;
}

const statusesOf = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
const rest = ["Host: 127.0.0.1", "Connection: close", "", ""];
const bodyOfUnknownLength = [
  "POST /api/v1/auth/login HTTP/1.1",
  "Host: 127.0.0.1",
  "Transfer-Encoding: chunked",
];

describe("a path that servers could read differently is never forwarded", () => {
  test.each([
    ["//evil.example/api/v1/products", 404],
    ["/api/v1//products", 404],
    ["/api/v1/products/../../../health", 404],
    ["/api/v1/products/%2e%2e/%2e%2e/%2e%2e/health", 404],
    ["/api/v1/products/..%2f..%2f..%2fhealth", 404],
    ["/api/v1/products/..\\..\\health", 404],
    ["/api/v1/products;x/TEA-100", 404],
    ["/api/v1/products/TEA-100;x", 404],
    ["/api/v1/products/TEA%00", 404],
    ["/api/v1/products/%", 404],
    ["http://127.0.0.1/api/v1/products", 400],
    ["http://evil.example/api/v1/products", 400],
    ["*", 400],
    ["api/v1/products", 400],
  ])("%s: %i", async (target, status) => {
    const answer = await send(`GET ${target} HTTP/1.1`, ...rest);
    expect(statusesOf(answer)).toEqual([status]);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(gateway.received).toEqual([]);
  });
});

describe("a request that two servers could cut apart differently is refused", () => {
  const smuggled = ["GET /health HTTP/1.1", "Host: x", "", ""];
  const post = ["POST /api/v1/orders HTTP/1.1", "Host: x", `Authorization: Bearer ${adasToken}`];

  test.each([
    {
      given: "length and chunks",
      head: [...post, "Content-Length: 4", "Transfer-Encoding: chunked", "", "0", "", ...smuggled],
    },
    { given: "two lengths", head: [...post, "Content-Length: 0", "Content-Length: 4", "", ...smuggled] },
    { given: "a length that is none", head: [...post, "Content-Length: +4", "", ...smuggled] },
    {
      given: "chunks that are not last",
      head: [...post, "Transfer-Encoding: chunked, identity", "", "0", "", ...smuggled],
    },
    {
      given: "chunks with a strange size",
      head: [...post, "Transfer-Encoding: chunked", "", "0x4", "", ...smuggled],
    },
    { given: "a space before the colon", head: [...post, "Content-Length : 4", "", ...smuggled] },
    { given: "a folded header", head: [...post, "X-A: 1", " Transfer-Encoding: chunked", "", ...smuggled] },
    { given: "a bare line feed in a header", head: [...post, "X-A: 1\nContent-Length: 4", "", ...smuggled] },
    { given: "no host", head: ["GET /api/v1/products HTTP/1.1", "", ""] },
    { given: "no HTTP", head: ["HELO shop.example", "", ""] },
    {
      given: "headers without end",
      head: ["GET /api/v1/products HTTP/1.1", `X-A: ${"x".repeat(20_000)}`, "", ""],
    },
  ])("$given", async ({ head }) => {
    const answer = await send(...head);
    expect(statusesOf(answer).filter((status) => status < 400)).toEqual([]);
    expect(statusesOf(answer)[0]).toBeGreaterThanOrEqual(400);
    expect(gateway.received.filter(({ url }) => url === "/health")).toEqual([]);
  });

  test("and nothing that follows a body comes to a service as part of it", async () => {
    const body = '{"items":[]}';
    const answer = await send(
      ...post,
      `Content-Length: ${body.length}`,
      "",
      `${body}GET /api/v1/products HTTP/1.1`,
      ...rest,
    );
    expect(statusesOf(answer)).toEqual([200, 200]);
    expect(gateway.received).toMatchObject([
      { url: "/api/v1/orders", body },
      { url: "/api/v1/products", body: "" },
    ]);
  });

  test("and a body of a request that has none in its contract does not become the next request of the service", async () => {
    const hidden = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    const answer = await send(
      "GET /api/v1/products HTTP/1.1",
      `Content-Length: ${hidden.length}`,
      "Host: x",
      "Connection: close",
      "",
      hidden,
    );
    expect(statusesOf(answer)).toEqual([200]);
    expect(gateway.received).toMatchObject([{ url: "/api/v1/products", body: "" }]);
  });
});

test("whoever goes on sending after the answer 413 is cut off", async () => {
  const socket = connect(gateway.port, "127.0.0.1");
  const head = [...bodyOfUnknownLength, "Content-Type: application/json", "", ""].join("\r\n");
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  let answer = "";
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  const send = () => socket.write(chunk, () => socket.destroyed || setTimeout(send, 1));
  socket.write(head, send);
  // `once` would fail with the error that being cut off is.
  await new Promise((resolve) => socket.once("close", resolve));
  // A connection that is cut takes along what the client's system has received and nobody has read yet.
  expect([[413], []]).toContainEqual(statusesOf(answer));
});

describe("headers of one connection stay on it", () => {
  test("those that HTTP names, and those that the client names", async () => {
    await send(
      "GET /api/v1/products HTTP/1.1",
      "Host: shop.example",
      "Connection: close, X-Own",
      "X-Own: 1",
      "X-Other: 2",
      "Keep-Alive: timeout=5",
      "Proxy-Authorization: Basic YWRhOnRlYQ==",
      "Upgrade: h2c",
      "TE: trailers",
      "",
      "",
    );
    const headers = gateway.received[0]?.headers ?? {};
    expect(headers).toMatchObject({ "x-other": "2", "x-forwarded-host": "shop.example" });
    for (const name of ["x-own", "keep-alive", "proxy-authorization", "upgrade", "te"]) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  test("an upgrade to another protocol is not entered", async () => {
    const answer = await send(
      "GET /api/v1/products HTTP/1.1",
      "Host: x",
      "Connection: Upgrade, close",
      "Upgrade: websocket",
      "",
      "",
    );
    expect(statusesOf(answer)).toEqual([200]);
    expect(gateway.received[0]?.headers).not.toHaveProperty("upgrade");
  });

  test("a tunnel is not opened", async () => {
    const answer = await send("CONNECT 127.0.0.1:5432 HTTP/1.1", ...rest);
    expect(statusesOf(answer).filter((status) => status < 400)).toEqual([]);
  });
});
