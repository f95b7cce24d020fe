import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { correlation, DependencyUnavailable, Problem, problems } from "../../src/index.ts";
import { adasHeaders, orderApp, orderId } from "../shop.ts";

let app: FastifyInstance;
beforeAll(async () => {
  app = await orderApp({ bodyLimit: 2048 });
});
afterAll(() => app.close());

const order = { items: [{ sku: "TEA-100", quantity: 2 }] };
const placing = { ...adasHeaders, "idempotency-key": "ada-1" };
const json = { ...placing, "content-type": "application/json" };

interface Answered {
  readonly status: number;
  readonly problem: Record<string, unknown>;
}

async function place(body: unknown, headers: Record<string, string | undefined> = json): Promise<Answered> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await app.inject({
    method: "POST",
    url: "/api/v1/orders",
    headers: given as Record<string, string>,
    payload,
  });
  return { status: answer.statusCode, problem: answer.json() };
}

describe("a body", () => {
  test.each([
    { given: "that fits", body: order, status: 202 },
    {
      given: "with a charset",
      body: order,
      headers: { "content-type": "application/json; charset=utf-8" },
      status: 202,
    },
    {
      given: "in other letters of its type",
      body: order,
      headers: { "content-type": "Application/JSON" },
      status: 202,
    },
    {
      given: "with a quantity as text",
      body: { items: [{ sku: "TEA-100", quantity: "2" }] },
      status: 422,
      path: "/items/0/quantity",
    },
    {
      given: "with a quantity as a fraction",
      body: { items: [{ sku: "TEA-100", quantity: 1.5 }] },
      status: 422,
      path: "/items/0/quantity",
    },
    {
      given: "with true as a quantity",
      body: { items: [{ sku: "TEA-100", quantity: true }] },
      status: 422,
      path: "/items/0/quantity",
    },
    { given: "without items", body: {}, status: 422, path: "/items" },
    { given: "with no item", body: { items: [] }, status: 422, path: "/items" },
    { given: "with a price of its own", body: { ...order, unitPrice: 1 }, status: 422, path: "/unitPrice" },
    {
      given: "with a price in a line",
      body: { items: [{ sku: "TEA-100", quantity: 2, "unit/price": 1 }] },
      status: 422,
      path: "/items/0/unit~1price",
    },
    {
      given: "with an address that is none",
      body: { ...order, contact: "ada" },
      status: 422,
      path: "/contact",
    },
    {
      given: "with a time that is none",
      body: { ...order, deliverAfter: "tomorrow" },
      status: 422,
      path: "/deliverAfter",
    },
    {
      given: "with a UUID that PostgreSQL refuses",
      body: { ...order, replaces: `urn:uuid:${orderId}` },
      status: 422,
      path: "/replaces",
    },
    { given: "that is a list", body: [order], status: 422, path: "" },
    { given: "that is null", body: "null", status: 422, path: "" },
    { given: "that is a number", body: "1", status: 422, path: "" },
    { given: "that is cut off", body: '{"items":[', status: 400 },
    { given: "that is no JSON", body: "items=TEA-100", status: 400 },
    { given: "that is empty", body: "", status: 400 },
    { given: "with NaN", body: '{"items":NaN}', status: 400 },
    { given: "with another media type", body: order, headers: { "content-type": "text/plain" }, status: 415 },
    {
      given: "with a media type that another operation takes",
      body: order,
      headers: { "content-type": "image/png" },
      status: 415,
    },
    {
      given: "with a media type that is none",
      body: order,
      headers: { "content-type": "json" },
      status: 415,
    },
    { given: "without a media type", body: order, headers: { "content-type": undefined }, status: 415 },
    { given: "that is too large", body: JSON.stringify("x".repeat(2048)), status: 413 },
  ])("$given answers $status", async ({ body, headers, status, path }) => {
    const answered = await place(body, { ...json, ...headers });

    expect(answered.status).toBe(status);
    if (path !== undefined) expect(answered.problem.errors).toEqual([{ path, message: expect.any(String) }]);
  });

  test("that is missing altogether answers 422", async () => {
    const answer = await app.inject({ method: "POST", url: "/api/v1/orders", headers: placing });
    expect(answer.statusCode).toBe(422);
  });

  test("that is optional may be missing", async () => {
    const answer = await app.inject({ method: "POST", url: "/api/v1/notes" });
    expect(answer.json().data).toBe(null);
  });

  test("that nobody asked for is not read", async () => {
    const answer = await app.inject({
      method: "POST",
      url: `/api/v1/orders/${orderId}/cancel`,
      headers: { ...adasHeaders, "content-type": "application/json" },
      payload: "{ no JSON",
    });
    expect([answer.statusCode, answer.json().data.body]).toEqual([200, null]);
  });

  test("of another kind than JSON goes to the service's own parser", async () => {
    const url = `/api/v1/orders/${orderId}/photo`;
    const headers = { ...adasHeaders, "content-type": "image/png" };
    const photo = await app.inject({ method: "PUT", url, headers, payload: Buffer.from([137, 80, 78, 71]) });
    const json = await app.inject({ method: "PUT", url, headers: adasHeaders, payload: { photo: "none" } });
    expect([photo.statusCode, json.statusCode]).toEqual([204, 415]);
  });
});

describe("a request", () => {
  test.each([
    { given: "without a token", headers: {}, status: 401 },
    {
      given: "with a token that does not hold",
      headers: { authorization: "Bearer eves-token" },
      status: 401,
    },
    { given: "with another scheme", headers: { authorization: "Basic YWRhOnRlYQ==" }, status: 401 },
    {
      given: "with the scheme in small letters",
      headers: { authorization: "bearer adas-token" },
      status: 200,
    },
    {
      given: "with two tokens",
      headers: { authorization: "Bearer adas-token, Bearer adas-token" },
      status: 401,
    },
    { given: "for an order that is no UUID", url: "/api/v1/orders/1", status: 404 },
    { given: "for a UUID that PostgreSQL refuses", url: `/api/v1/orders/urn:uuid:${orderId}`, status: 404 },
    { given: "for a path that nobody serves", url: "/api/v1/baskets", status: 404 },
    { given: "with a slash at the end", url: "/api/v1/orders/", status: 404 },
    {
      given: "with a method that nobody serves",
      method: "DELETE" as const,
      url: "/api/v1/orders",
      status: 404,
    },
    { given: "with OPTIONS", method: "OPTIONS" as const, url: "/api/v1/orders", status: 404 },
    { given: "with a limit", url: "/api/v1/orders?limit=5", status: 200, data: { limit: 5 } },
    { given: "without a limit", url: "/api/v1/orders", status: 200, data: { limit: 20 } },
    { given: "with a limit that is no number", url: "/api/v1/orders?limit=many", status: 400, path: "limit" },
    { given: "with an empty limit", url: "/api/v1/orders?limit=", status: 400, path: "limit" },
    { given: "with a limit out of bounds", url: "/api/v1/orders?limit=101", status: 400, path: "limit" },
    { given: "with two limits", url: "/api/v1/orders?limit=5&limit=6", status: 400, path: "limit" },
    { given: "with a parameter that nobody knows", url: "/api/v1/orders?colour=red", status: 200 },
  ])("$given answers $status", async ({
    url = `/api/v1/orders/${orderId}`,
    method = "GET",
    headers = adasHeaders,
    status,
    data,
    path,
  }) => {
    const answered = await app.inject({ method, url, headers });

    expect(answered.statusCode).toBe(status);
    if (data) expect(answered.json().data).toMatchObject(data);
    if (path) expect(answered.json().errors).toEqual([{ path, message: expect.any(String) }]);
  });

  test("without a header that is required answers 400 and names it", async () => {
    const { status, problem } = await place(order, { ...json, "idempotency-key": undefined });
    expect({ status, ...problem }).toMatchObject({
      status: 400,
      detail: "The header idempotency-key is missing.",
    });
  });

  test("without a token is refused before its body is looked at", async () => {
    const { status } = await place("{ no JSON", { "content-type": "text/plain" });
    expect(status).toBe(401);
  });

  test("with HEAD answers as GET does, without the body", async () => {
    const url = `/api/v1/orders/${orderId}`;
    const head = await app.inject({ method: "HEAD", url, headers: adasHeaders });
    const get = await app.inject({
      method: "GET",
      url,
      headers: { ...adasHeaders, "x-request-id": head.headers["x-request-id"] as string },
    });
    expect([head.statusCode, head.body]).toEqual([200, ""]);
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });
});

describe("a handler that throws", () => {
  const unreachable = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), {
    code: "ECONNREFUSED",
  });
  test.each([
    { thrown: problems.notFound(), status: 404 },
    {
      thrown: problems.conflict({
        type: "/problems/order-settled",
        title: "Order settled",
        detail: "It is confirmed.",
      }),
      status: 409,
    },
    { thrown: problems.forbidden(), status: 403 },
    { thrown: new DependencyUnavailable("inventory-service", "did not answer"), status: 503 },
    { thrown: unreachable, status: 503 },
    { thrown: new TypeError("Cannot read properties of undefined (reading 'sku')"), status: 500 },
    { thrown: Object.assign(new Error("teapot"), { statusCode: 418 }), status: 400 },
  ])("$thrown.name answers $status", async ({ thrown, status }) => {
    const failing = await orderApp({
      replace: {
        getOrder: async () => {
          throw thrown;
        },
      },
    });
    const answered = await failing.inject({ url: `/api/v1/orders/${orderId}`, headers: adasHeaders });
    await failing.close();

    expect(answered.statusCode).toBe(status);
    expect(answered.headers["content-type"]).toMatch(/^application\/problem\+json/);
    if (status >= 500) expect(answered.body).not.toContain(thrown.message);
  });

  test("a problem with headers and members of its own answers with them", async () => {
    const failing = await orderApp({
      replace: {
        getOrder: async () => {
          const { options } = problems.tooManyRequests({ retryAfterSeconds: 1.2 });
          throw new Problem(429, { ...options, extra: { lockedFor: "ada" } });
        },
      },
    });
    const answered = await failing.inject({ url: `/api/v1/orders/${orderId}`, headers: adasHeaders });
    await failing.close();

    expect(answered.headers["retry-after"]).toBe("2");
    expect(answered.json()).toEqual({
      type: "/problems/too-many-requests",
      title: "Too many requests",
      status: 429,
      detail: "Wait before the next request.",
      instance: `/api/v1/orders/${orderId}`,
      requestId: answered.headers["x-request-id"],
      lockedFor: "ada",
    });
  });
});

describe("a handler that takes too long", () => {
  test("is answered for, and what it says later is not heard", async () => {
    let answerLate = () => {};
    let wasTooLate = false;
    const slow = await orderApp({
      handlerLimitMs: 1_000,
      replace: {
        getOrder: async (_request: FastifyRequest, reply: FastifyReply) => {
          await new Promise<void>((resolve) => {
            answerLate = resolve;
          });
          wasTooLate = correlation.current().signal?.aborted === true;
          return reply.code(200).send({ data: "at last" });
        },
      },
    });
    const answered = await slow.inject({ url: `/api/v1/orders/${orderId}`, headers: adasHeaders });
    answerLate();
    await vi.waitFor(() => expect(wasTooLate).toBe(true), { timeout: 30_000 });
    const next = await slow.inject({ url: "/api/v1/orders", headers: adasHeaders });
    await slow.close();

    expect(answered.statusCode).toBe(503);
    expect(answered.json()).toMatchObject({ type: "/problems/service-unavailable", status: 503 });
    expect(next.statusCode).toBe(200);
  });
});
