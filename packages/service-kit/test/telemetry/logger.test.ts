import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { correlation, createLogger, type LoggerOptions } from "../../src/index.ts";
import { adasHeaders, orderApp, orderId } from "../shop.ts";

/** A log whose lines can be read. */
function readableLog(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ service: "order-service", destination, ...options });
  return { log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test("a line says service, level, time and what was to be said", () => {
  const { log, read } = readableLog();
  log.info({ orderId }, "order placed");
  expect(read()).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/Z$/),
      service: "order-service",
      orderId,
      msg: "order placed",
    },
  ]);
});

test.each([
  { given: "a password", data: { password: "correct horse battery" } },
  {
    given: "a body with a password",
    data: { body: { email: "ada@example.com", newPassword: "correct horse battery" } },
  },
  {
    given: "headers",
    data: {
      req: { headers: { Authorization: "Bearer ada@example.com", "set-cookie": ["ada@example.com"] } },
    },
  },
  {
    given: "names in other letters",
    data: {
      access_token: "ada@example.com",
      "refresh-token": "ada@example.com",
      customerEmail: "ada@example.com",
    },
  },
  {
    given: "a list",
    data: { profiles: [{ firstName: "ada@example.com" }, { lastName: "ada@example.com" }] },
  },
  {
    given: "an error with properties",
    data: {
      err: Object.assign(new Error("refused"), {
        email: "ada@example.com",
        details: { token: "ada@example.com" },
      }),
    },
  },
  {
    given: "an error of the database",
    data: {
      err: Object.assign(new Error("duplicate key"), {
        detail: "Key (email)=(ada@example.com) already exists.",
      }),
    },
  },
  { given: "a circle", data: circle() },
])("secrets and personal data are not written: $given", ({ data }) => {
  const { log, lines } = readableLog();
  log.error(data, "could not register");
  expect(lines.join("")).not.toMatch(/ada@example|horse/);
  expect(lines).toHaveLength(1);
});

function circle(): Record<string, unknown> {
  const person: Record<string, unknown> = { email: "ada@example.com" };
  person.self = person;
  return person;
}

test("an error is written as data, without the objects that libraries hang on it", () => {
  class Client {
    readonly connectionParameters = { password: "correct horse battery" };
  }
  const { log, lines, read } = readableLog();
  const client = new Client();
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED", port: 5432 });
  const err = Object.assign(new AggregateError([refused], "no connection", { cause: refused }), {
    code: "08006",
    client,
    tried: [{ client }],
    place: { host: "db", port: 5432 },
    close() {},
  });
  log.error({ err }, "could not connect");
  expect(lines.join("")).not.toMatch(/horse|client|connectionParameters/);
  expect(read()[0]?.err).toEqual({
    type: "AggregateError",
    message: "no connection: refused",
    stack: expect.stringContaining("caused by: Error: refused"),
    code: "08006",
    place: { host: "db", port: 5432 },
    aggregateErrors: [expect.objectContaining({ message: "refused", code: "ECONNREFUSED", port: 5432 })],
  });
});

test("what is no error is written as one where one is expected", () => {
  const { log, read } = readableLog();
  log.error({ err: "out of tea" }, "could not brew");
  expect(read()[0]?.err).toEqual({ message: "out of tea" });
});

test("what a child logger carries is redacted too", () => {
  const { log, lines } = readableLog();
  log.child({ recipient: "ada@example.com", orderId }).info("mail sent");
  expect(lines.join("")).toContain(`"recipient":"[redacted]","orderId":"${orderId}"`);
});

test("what hides nothing stays as it is", () => {
  const { log, read } = readableLog();
  const data = {
    tokens: 3,
    at: new Date("2026-11-23T10:10:00Z"),
    photo: Buffer.from("ada"),
    email: null,
    items: [{ sku: "TEA-100" }],
  };
  log.info(data, "counted");
  expect(read()[0]).toMatchObject({
    tokens: 3,
    at: "2026-11-23T10:10:00.000Z",
    photo: "[bytes]",
    email: null,
    items: [{ sku: "TEA-100" }],
  });
});

test("lines within a request carry its ids", async () => {
  const { log, read } = readableLog();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await correlation.run({ requestId: "req-1", traceparent }, async () => {
    await Promise.resolve();
    log.info("price asked");
  });
  log.info("outside");
  expect(read()).toMatchObject([
    { requestId: "req-1", traceId: "4bf92f3577b34da6a3ce929d0e0e4736" },
    { msg: "outside" },
  ]);
  expect(read()[1]).not.toHaveProperty("requestId");
});

test("a level of its own keeps lines away", () => {
  const { log, lines } = readableLog({ level: "warn" });
  log.info("order placed");
  log.warn("stock is low");
  expect(lines).toHaveLength(1);
});

test("each request is one line, without query, token and body; probes are none", async () => {
  const { log, lines, read } = readableLog();
  const app = await orderApp({ log });
  const headers = { ...adasHeaders, "x-request-id": "req-1", "idempotency-key": "ada-1" };
  await app.inject({
    method: "POST",
    url: "/api/v1/orders?contact=ada@example.com",
    headers,
    payload: { contact: "ada@example.com", items: [] },
  });
  await app.inject("/health/ready");
  await app.inject("/metrics");
  await app.close();

  expect(read()).toMatchObject([
    {
      requestId: "req-1",
      operation: "placeOrder",
      method: "POST",
      path: "/api/v1/orders",
      status: 422,
      durationMs: expect.any(Number),
      msg: "answered",
    },
  ]);
  expect(lines.join("")).not.toMatch(/ada@example|adas-token/);
});

test.each([
  { given: "an address", path: "/api/v1/orders/ada@example.com", shown: "/api/v1/orders/…" },
  { given: "an encoded address", path: "/api/v1/orders/ada%40example.com", shown: "/api/v1/orders/…" },
  { given: "a token", path: `/api/v1/orders/eyJ${"x".repeat(90)}`, shown: "/api/v1/orders/…" },
  { given: "an id", path: `/api/v1/orders/${orderId}`, shown: `/api/v1/orders/${orderId}` },
])("of a path with $given the log shows what is nobody's secret", async ({ path, shown }) => {
  const { log, read } = readableLog();
  const app = await orderApp({ log });
  await app.inject({ url: path, headers: adasHeaders });
  await app.close();
  expect(read().map((line) => line.path)).toEqual([shown]);
});

test("a handler that fails leaves its error in the log, with the request's id", async () => {
  const { log, read } = readableLog();
  const getOrder = async () => {
    throw new TypeError("cannot read sku");
  };
  const app = await orderApp({ log, replace: { getOrder } });
  await app.inject({
    url: `/api/v1/orders/${orderId}`,
    headers: { ...adasHeaders, "x-request-id": "req-1" },
  });
  await app.close();
  const [error] = read();
  expect(error).toMatchObject({
    level: "error",
    requestId: "req-1",
    operation: "getOrder",
    err: { type: "TypeError", message: "cannot read sku" },
  });
});

test("a caller who hangs up in the middle of a body is nobody's failure", async () => {
  const { log, read } = readableLog();
  const app = await orderApp({ log });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const begun = once(app.server, "request") as Promise<[IncomingMessage]>;
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "POST /api/v1/notes HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
  );
  const [request] = await begun;
  socket.destroy();
  await new Promise((gone) => request.once("close", gone));
  await app.close();
  expect(read().filter(({ level }) => level !== "info")).toEqual([]);
});
