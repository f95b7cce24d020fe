import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orderApp, orderId } from "../shop.ts";

let app: FastifyInstance;
let port: number;
beforeAll(async () => {
  app = await orderApp();
  await app.listen({ host: "127.0.0.1", port: 0 });
  port = (app.server.address() as { port: number }).port;
});
afterAll(() => app.close());

/** Sends bytes as they are, and reads until the other side closes. */
function send(...chunks: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      for (const chunk of chunks) socket.write(chunk);
    });
    let text = "";
    socket.setEncoding("utf8").on("data", (data) => {
      text += data;
    });
    socket.on("close", () => resolve(text));
    // The server may close while we are still writing; what it said before that counts.
    socket.on("error", (error) => (text ? resolve(text) : reject(error)));
  });
}

const lines = (...all: readonly string[]) => `${all.join("\r\n")}\r\n\r\n`;
const token = "Authorization: Bearer adas-token";
const close = "Connection: close";
const get = (target: string, ...headers: readonly string[]) =>
  send(lines(`GET ${target} HTTP/1.1`, "Host: shop", token, close, ...headers));

function post(target: string, body: string, ...headers: readonly string[]): Promise<string> {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const head = [
    `POST ${target} HTTP/1.1`,
    "Host: shop",
    token,
    close,
    "Content-Type: application/json",
    length,
  ];
  return send(lines(...head, ...headers), body);
}

function read(answer: string): { status: number; type: string; body: Record<string, unknown> } {
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  const type = /^content-type: ([^;\r\n]*)/im.exec(head)?.[1] ?? "";
  return { status: Number(head.split(" ")[1]), type, body: JSON.parse(body || "{}") };
}

const deepArray = "[".repeat(50_000) + "]".repeat(50_000);
const deepObject = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;

describe("a body", () => {
  const orders = "/api/v1/orders";
  const notes = "/api/v1/notes";
  test.each([
    { given: "50,000 deep in lists", target: orders, body: deepArray, status: 422 },
    { given: "50,000 deep in objects", target: orders, body: deepObject, status: 422 },
    { given: "50,000 deep where any JSON is taken", target: notes, body: deepObject, status: 422 },
    { given: "50,000 deep and never closed", target: notes, body: '{"a":'.repeat(50_000), status: 422 },
    {
      given: "with brackets in a text",
      target: notes,
      body: JSON.stringify({ a: '"[{'.repeat(500) }),
      status: 200,
    },
    {
      given: "that sets __proto__",
      target: notes,
      body: '{"__proto__":{"administrator":true}}',
      status: 422,
    },
    {
      given: "that hides __proto__ behind escapes",
      target: notes,
      body: '{"\\u005f_proto__":{"administrator":true}}',
      status: 422,
    },
    {
      given: "that sets constructor.prototype",
      target: notes,
      body: '{"constructor":{"prototype":{"administrator":true}}}',
      status: 422,
    },
    {
      given: "with an unknown __proto__",
      target: orders,
      body: '{"__proto__":null,"items":[{"sku":"TEA-100","quantity":1}]}',
      status: 422,
    },
    { given: "with U+0000 in a value", target: notes, body: '{"a":["tea\\u0000"]}', status: 422 },
    { given: "with U+0000 in a name", target: notes, body: '{"a\\u0000":1}', status: 422 },
    { given: "with a backslash before u0000", target: notes, body: '{"a":"\\\\u0000"}', status: 200 },
    { given: "with the byte 0", target: notes, body: '{"a":"\0"}', status: 400 },
    {
      given: "with a number beyond all",
      target: orders,
      body: '{"items":[{"sku":"TEA-100","quantity":1e400}]}',
      status: 422,
    },
    {
      given: "with two values for one name",
      target: orders,
      body: '{"items":[],"items":[{"sku":"../../etc","quantity":1}]}',
      status: 422,
    },
    { given: "with half a character", target: notes, body: '{"a":"\\ud800"}', status: 200 },
    { given: "of a megabyte and a byte", target: notes, body: "x".repeat(1024 * 1024 + 1), status: 413 },
  ])("$given answers $status", async ({ target, body, status }) => {
    const answered = read(await post(target, body, "Idempotency-Key: ada-1"));
    expect(answered.status).toBe(status);
    expect(answered.type).toBe(status < 400 ? "application/json" : "application/problem+json");
    expect(({} as Record<string, unknown>).administrator).toBeUndefined();
  });

  test("that says nothing of its length is cut off when it is too large", async () => {
    const head = lines(
      "POST /api/v1/notes HTTP/1.1",
      "Host: shop",
      close,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
    );
    const chunk = `40000\r\n${"x".repeat(0x40000)}\r\n`;
    expect(read(await send(head, chunk, chunk, chunk, chunk, chunk)).status).toBe(413);
  });

  test("names the place of U+0000", async () => {
    const { body } = read(await post("/api/v1/notes", '{"lines":[{"a/b":"\\u0000"}]}'));
    expect(body.errors).toMatchObject([{ path: "/lines/0/a~1b" }]);
  });
});

describe("a path", () => {
  test.each([
    { target: "/api/v1/orders/%zz", status: 404 },
    { target: "/api/v1/orders/%", status: 404 },
    { target: "/api/v1/orders/%c0%ae%c0%ae%2fmetrics", status: 404 },
    { target: "/api/v1/orders/..%2f..%2f..%2fmetrics", status: 404 },
    { target: "/api/v1/orders/../../../metrics", status: 404 },
    { target: "//api/v1/orders", status: 404 },
    { target: "/api//v1/orders", status: 404 },
    { target: "/API/v1/orders", status: 404 },
    { target: "/api/v1/orders;role=administrator", status: 404 },
    { target: `/api/v1/orders/${orderId}%00`, status: 404 },
    { target: `/api/v1/orders/${orderId}%0d%0aX-Admin:%201`, status: 404 },
    { target: `/api/v1/orders/${"9".repeat(5000)}`, status: 404 },
    { target: "/api/v1/orders/__proto__", status: 404 },
    { target: "/__proto__", status: 404 },
    { target: "/constructor", status: 404 },
    { target: `/api/v1/orders/'%20OR%201=1--`, status: 404 },
    { target: '/api/v1/orders/"<>{}|^', status: 404 },
    { target: "/api/v1/orders?cursor=%00", status: 400 },
    { target: "/api/v1/orders?cursor=", status: 400 },
    { target: "/api/v1/orders?limit=1e400", status: 400 },
    { target: "/api/v1/orders?__proto__=1&constructor=2&toString=3", status: 200 },
    { target: `/api/v1/orders?${"a=1&".repeat(2000)}`, status: 200 },
    { target: "/api/v1/orders?cursor=%zz", status: 200 },
  ])("$target answers $status", async ({ target, status }) => {
    const answered = read(await get(target));
    expect(answered.status).toBe(status);
    if (status < 400) return;
    const { body, type } = answered;
    expect(type).toBe("application/problem+json");
    expect(body.instance).toMatch(/^\/(?!\/)(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$/);
    expect(body.instance).not.toContain("?");
  });

  test("with a host of its own is no way around", async () => {
    expect(read(await get("http://127.0.0.1:1/metrics/../api/v1/orders")).status).toBe(404);
  });
});

describe("headers", () => {
  const body = '{"items":[{"sku":"TEA-100","quantity":1}]}';
  test.each([
    {
      given: "an Idempotency-Key twice",
      headers: ["Idempotency-Key: ada-1", "Idempotency-Key: ada-2"],
      status: 400,
    },
    { given: "an empty Idempotency-Key", headers: ["Idempotency-Key: "], status: 400 },
    { given: "an Idempotency-Key beyond ASCII", headers: ["Idempotency-Key: clé"], status: 400 },
    {
      given: "an Idempotency-Key that is too long",
      headers: [`Idempotency-Key: ${"k".repeat(256)}`],
      status: 400,
    },
    { given: "a length twice", headers: ["Idempotency-Key: a", "Content-Length: 1"], status: 400 },
    {
      given: "a length and chunks",
      headers: ["Idempotency-Key: a", "Transfer-Encoding: chunked"],
      status: 400,
    },
    {
      given: "a traceparent that is none",
      headers: ["Idempotency-Key: a", "traceparent: 00-zz"],
      status: 202,
    },
    { given: "an expectation nobody meets", headers: ["Idempotency-Key: a", "Expect: tea"], status: 417 },
    {
      given: "a kilobyte of token",
      headers: ["Idempotency-Key: a", `X-Padding: ${"p".repeat(1024)}`],
      status: 202,
    },
    { given: "more than fits", headers: [`X-Padding: ${"p".repeat(20_000)}`], status: 431 },
  ])("with $given answer $status", async ({ headers, status }) => {
    const answered = await post("/api/v1/orders", body, ...headers);
    expect(read(answered).status).toBe(status);
  });

  test("of a request come back in no answer but as a sane id", async () => {
    const answered = await get("/api/v1/orders", "X-Request-Id: a%0d%0aSet-Cookie: x=1");
    expect(answered).not.toMatch(/set-cookie/i);
  });
});

describe("what is no request", () => {
  test.each([
    { given: "no HTTP", text: "HELLO SHOP\r\n\r\n", status: 400 },
    { given: "a method of somebody's own", text: lines("TAKE / HTTP/1.1", "Host: shop"), status: 400 },
    {
      given: "a line feed in a header's name",
      text: lines("GET / HTTP/1.1", "Host: shop", "X-\nAdmin: 1"),
      status: 400,
    },
    {
      given: "a space before the colon",
      text: lines("GET / HTTP/1.1", "Host: shop", "Content-Length : 1"),
      status: 400,
    },
    { given: "headers without a host", text: lines("GET /health/live HTTP/1.1", close), status: 400 },
  ])("$given is answered with $status", async ({ text, status }) => {
    expect(read(await send(text)).status).toBe(status);
  });
});

test("after all of this the app still answers", async () => {
  expect(read(await get("/health/live")).status).toBe(200);
});
