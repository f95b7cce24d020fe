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

const withToken = { authorization: `Bearer ${adasToken}` };
const json = { "content-type": "application/json" };
const call = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init);
const order = '{"items":[{"sku":"TEA-100","quantity":1}]}';

describe("a request", () => {
  test("goes to the service with its query and body, and the answer comes back", async () => {
    const headers = { ...withToken, ...json, "idempotency-key": "k1" };
    const response = await call("/api/v1/orders?trace=1", { method: "POST", headers, body: order });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ data: [] });
    expect(gateway.received).toMatchObject([{ method: "POST", url: "/api/v1/orders?trace=1", body: order }]);
    expect(gateway.received[0]?.headers).toMatchObject({ ...headers, "x-forwarded-for": "127.0.0.1" });
  });

  test.each([
    { given: "a sane id", id: "tea-order.7", kept: true },
    { given: "no id", id: undefined, kept: false },
    { given: "an id with markup", id: "<script>", kept: false },
    { given: "an id without end", id: "x".repeat(65), kept: false },
  ])("with $given keeps it: $kept, and one id holds for client and service", async ({ id, kept }) => {
    const response = await call(
      "/api/v1/products",
      id === undefined ? {} : { headers: { "x-request-id": id } },
    );
    const answered = response.headers.get("x-request-id");
    expect(answered === id).toBe(kept);
    expect(answered).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
    expect(gateway.received[0]?.headers["x-request-id"]).toBe(answered);
  });

  test("carries nothing of the client's connection, and nothing that only the gateway may say", async () => {
    await call("/api/v1/products", {
      headers: {
        "x-forwarded-for": "203.0.113.9",
        forwarded: "for=203.0.113.9",
        "x-real-ip": "203.0.113.9",
        te: "trailers",
      },
    });
    const headers = gateway.received[0]?.headers;
    expect(headers?.["x-forwarded-for"]).toBe("127.0.0.1");
    for (const name of ["forwarded", "x-real-ip", "te"]) expect(headers).not.toHaveProperty(name);
  });

  test("hands a traceparent on when it is one", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    await call("/api/v1/products", { headers: { traceparent } });
    await call("/api/v1/products", { headers: { traceparent: "anything" } });
    expect(gateway.received.map(({ headers }) => headers.traceparent)).toEqual([traceparent, undefined]);
  });

  test("hands no body on that the operation does not take", async () => {
    const response = await call(`/api/v1/users/3f0c2a54`, {
      method: "DELETE",
      headers: { ...withToken, ...json },
      body: "{}",
    });
    expect(response.status).toBe(200);
    expect(gateway.received).toMatchObject([{ method: "DELETE", body: "" }]);
    expect(gateway.received[0]?.headers).not.toHaveProperty("content-type");
  });
});

describe("what the gateway answers itself is a problem", () => {
  test.each([
    { given: "an unknown path", path: "/api/v1/coupons", init: {}, status: 404 },
    { given: "a path in other letters", path: "/API/v1/products", init: {}, status: 404 },
    {
      given: "a method that the path does not have",
      path: "/api/v1/products",
      init: { method: "DELETE" },
      status: 404,
    },
    { given: "HEAD, which no contract has", path: "/api/v1/products", init: { method: "HEAD" }, status: 404 },
    { given: "a probe of a service", path: "/health", init: {}, status: 404 },
    { given: "the metrics of a service", path: "/metrics", init: {}, status: 404 },
    { given: "no token", path: "/api/v1/orders", init: {}, status: 401 },
    {
      given: "a token that does not hold",
      path: "/api/v1/orders",
      init: { headers: { authorization: "Bearer x.y.z" } },
      status: 401,
    },
    {
      given: "another scheme",
      path: "/api/v1/orders",
      init: { headers: { authorization: "Basic YWRhOnRlYQ==" } },
      status: 401,
    },
    { given: "a parameter without end", path: `/api/v1/products/${"T".repeat(300)}`, init: {}, status: 404 },
  ])("$given: $status", async ({ path, init, status }) => {
    const response = await call(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
    expect(response.headers.get("x-request-id")).toMatch(/^req-/);
    if (init.method !== "HEAD") {
      const { type, title, detail, ...rest } = (await response.json()) as Record<string, unknown>;
      expect([type, title, detail].every((text) => typeof text === "string" && text !== "")).toBe(true);
      expect(rest).toMatchObject({ status, instance: path });
    }
    expect(gateway.received).toEqual([]);
  });

  test("and 401 says how to authenticate", async () => {
    const response = await call("/api/v1/orders");
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  });
});

describe("pages of other origins", () => {
  const preflight = (path: string, method: string) => ({
    path,
    init: {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": method },
    },
  });

  test("may call, and read the answer", async () => {
    const { path, init } = preflight("/api/v1/products/TEA-100", "PUT");
    const asked = await call(path, init);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe("*");
    expect(asked.headers.get("access-control-allow-methods")).toBe("GET, PUT");
    expect(asked.headers.get("access-control-allow-headers")).toContain("idempotency-key");
    const answered = await call("/api/v1/products", { headers: { origin: "https://shop.example" } });
    expect(answered.headers.get("access-control-allow-origin")).toBe("*");
    expect(answered.headers.get("access-control-expose-headers")).toContain("x-request-id");
    expect(gateway.received).toMatchObject([{ method: "GET" }]);
  });

  test("read problems too", async () => {
    const answered = await call("/api/v1/orders", { headers: { origin: "https://shop.example" } });
    expect(answered.status).toBe(401);
    expect(answered.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("may not when only some origins may and theirs is none of them", async () => {
    const strict = await startGateway({ origins: ["https://shop.example"] });
    try {
      const from = (origin: string) => fetch(`${strict.url}/api/v1/products`, { headers: { origin } });
      expect((await from("https://shop.example")).headers.get("access-control-allow-origin")).toBe(
        "https://shop.example",
      );
      const refused = await from("https://evil.example");
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
      expect(refused.headers.get("vary")).toBe("origin");
      const { init } = preflight("/api/v1/orders", "POST");
      const asked = await fetch(`${strict.url}/api/v1/orders`, {
        ...init,
        headers: { ...init.headers, origin: "https://evil.example" },
      });
      expect(asked.headers.get("access-control-allow-methods")).toBeNull();
    } finally {
      await strict.close();
    }
  });
});
