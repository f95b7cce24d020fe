import { afterEach, describe, expect, test } from "vitest";
import { limitsOf } from "../src/limits.ts";
import { adasToken, type GatewayForTests, startGateway } from "./gateway-for-tests.ts";

let gateway: GatewayForTests;
afterEach(() => gateway.close());

const mebibyte = 1024 * 1024;
const withToken = { authorization: `Bearer ${adasToken}` };

function chunked(bytes: number): RequestInit {
  let left = bytes;
  const body = new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(left, 64 * 1024));
      left -= chunk.length;
      if (chunk.length > 0) controller.enqueue(chunk);
      else controller.close();
    },
  });
  return { body, duplex: "half" } as RequestInit;
}

describe("bodies", () => {
  const place = { path: "/api/v1/orders", type: "application/json" };
  const avatar = { path: "/api/v1/users/3f0c2a54/avatar", type: "multipart/form-data; boundary=x" };

  test.each([
    { what: "an order of 1 MB", ...place, bytes: mebibyte, status: 200 },
    { what: "an order larger than 1 MB", ...place, bytes: mebibyte + 1, status: 413 },
    {
      what: "an avatar of 2 MB and what multipart adds",
      ...avatar,
      bytes: 2 * mebibyte + 64 * 1024,
      status: 200,
    },
    { what: "an avatar larger than that", ...avatar, bytes: 2 * mebibyte + 64 * 1024 + 1, status: 413 },
  ])("$what: $status, with its length announced or not", async ({ path, type, bytes, status }) => {
    gateway = await startGateway();
    const headers = { ...withToken, "content-type": type };
    for (const init of [{ body: new Uint8Array(bytes) }, chunked(bytes)]) {
      const response = await fetch(`${gateway.url}${path}`, { method: "POST", headers, ...init });
      expect(response.status).toBe(status);
      if (status === 413) expect(await response.json()).toMatchObject({ status });
    }
    const arrived = gateway.received.map(({ body }) => Buffer.byteLength(body));
    expect(arrived).toEqual(status === 200 ? [bytes, bytes] : []);
  });
});

describe("requests of one address", () => {
  test.each([
    { what: "logins", path: "/api/v1/auth/login", variable: "LOGINS_PER_MINUTE", method: "POST" },
    {
      what: "registrations",
      path: "/api/v1/auth/register",
      variable: "REGISTRATIONS_PER_MINUTE",
      method: "POST",
    },
    { what: "requests", path: "/api/v1/products", variable: "RATE_LIMIT_PER_SECOND", method: "GET" },
    {
      what: "requests of unknown paths",
      path: "/wp-admin",
      variable: "RATE_LIMIT_PER_SECOND",
      method: "GET",
    },
  ])("beyond the limit of $what wait", async ({ path, variable, method }) => {
    gateway = await startGateway({ limits: limitsOf({ RATE_LIMIT_PER_SECOND: "1000", [variable]: "1" }) });
    await fetch(`${gateway.url}${path}`, { method });
    let refused = new Response();
    const ask = async () => {
      refused = await fetch(`${gateway.url}${path}`, { method });
      return refused.status;
    };
    await expect.poll(ask).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
    expect(await refused.json()).toMatchObject({ status: 429, instance: path });
  });

  test("are counted by what a trusted proxy says, and by nobody else's word", async () => {
    const limits = limitsOf({ LOGINS_PER_MINUTE: "1" });
    const login = (address: string) =>
      fetch(`${gateway.url}/api/v1/auth/login`, { method: "POST", headers: { "x-forwarded-for": address } });
    gateway = await startGateway({ limits });
    expect((await login("192.0.2.7")).status).toBe(200);
    expect((await login("192.0.2.8")).status).toBe(429);
    await gateway.close();
    gateway = await startGateway({ limits, trustedProxies: ["127.0.0.1"] });
    expect((await login("192.0.2.7")).status).toBe(200);
    expect((await login("192.0.2.8")).status).toBe(200);
    expect((await login("192.0.2.7")).status).toBe(429);
  });

  test("are 1,000 a second, 60 logins and 60 registrations a minute unless said otherwise", async () => {
    gateway = await startGateway();
    expect(limitsOf({})).toEqual({
      all: { limit: 1000, windowMs: 1000 },
      operations: {
        logIn: { limit: 60, windowMs: 60_000 },
        registerAccount: { limit: 60, windowMs: 60_000 },
      },
    });
  });
});
