import { describe, expect, test } from "vitest";
import { answer, ContractMismatch, createMetrics } from "../../src/index.ts";
import { holdAnswersToContract } from "../../src/testing/index.ts";
import { ada, adasHeaders, orderApp, orderContract, orderHandlers, orderId } from "../shop.ts";

describe("an app is not built", () => {
  const { addNote, ...tooFew } = orderHandlers;
  test.each([
    {
      given: "without a handler",
      options: { handlers: tooFew },
      says: "Operations without a handler: addNote.",
    },
    {
      given: "with a handler too many",
      options: { handlers: { ...orderHandlers, payOrder: addNote } },
      says: "Handlers without an operation: payOrder.",
    },
    {
      given: "with a handler that every object has",
      options: { handlers: { ...tooFew, toString: addNote } },
      says: "Operations without a handler: addNote. Handlers without an operation: toString.",
    },
    {
      given: "without a token check",
      options: { checkToken: undefined },
      says: /need a token and nothing that checks it: placeOrder, listOrders/,
    },
  ])("$given", async ({ options, says }) => {
    const building = orderApp({ replace: {}, ...options });
    await expect(building).rejects.toThrow(ContractMismatch);
    await expect(building).rejects.toThrow(says);
  });
});

/** Answers of one request to an app with these checks. */
async function ask(url: string, health: Parameters<typeof orderApp>[0]) {
  const app = await orderApp(health);
  const answered = await app.inject({ url });
  await app.close();
  return { status: answered.statusCode, body: answered.json(), type: answered.headers["content-type"] };
}

describe("health", () => {
  const up = { check: async () => undefined };
  const refused = {
    check: async () => {
      throw Object.assign(new Error("connect ECONNREFUSED postgres://shop:secret@10.0.0.7"), {
        code: "ECONNREFUSED",
      });
    },
  };
  const silent = { check: () => new Promise<void>(() => {}) };
  const down = { status: "down", detail: "connection refused" };

  test.each([
    {
      given: "everything up",
      health: { database: up, bus: up },
      data: {
        status: "up",
        service: "order-service",
        checks: { database: { status: "up" }, bus: { status: "up" } },
      },
    },
    {
      given: "the bus down",
      health: { bus: refused },
      data: { status: "degraded", service: "order-service", checks: { bus: down } },
    },
    {
      given: "a database that is silent",
      health: { database: silent },
      data: {
        status: "degraded",
        service: "order-service",
        checks: { database: { status: "down", detail: "no answer within 1000 ms" } },
      },
    },
    { given: "nothing to ask", health: {}, data: { status: "up", service: "order-service", checks: {} } },
  ])("with $given", async ({ health, data }) => {
    expect(await ask("/health", { health })).toMatchObject({ status: 200, body: { data } });
  });

  test("is ready when what it needs is up, whatever else is down", async () => {
    const health = { database: { ...up, readiness: true }, bus: refused };
    const { status, body } = await ask("/health/ready", { health });
    expect([status, body.data]).toEqual([
      200,
      { status: "up", service: "order-service", checks: { database: { status: "up" } } },
    ]);
  });

  test("is not ready when what it needs is down, and says no addresses", async () => {
    const { status, body, type } = await ask("/health/ready", {
      health: { database: { ...refused, readiness: true } },
    });
    expect([status, type]).toEqual([503, expect.stringContaining("application/problem+json")]);
    expect(body).toMatchObject({
      type: "/problems/not-ready",
      detail: "Does not answer: database.",
      checks: { database: down },
    });
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  test("is alive when everything is down", async () => {
    expect(await ask("/health/live", { health: { database: refused } })).toMatchObject({
      status: 200,
      body: { data: { status: "up" } },
    });
  });

  test("does not take time in which this process is held up for silence", async () => {
    const bus = {
      async check() {
        const answered = new Promise((resolve) => setTimeout(resolve, 1_100));
        const until = performance.now() + 1_300;
        while (performance.now() < until);
        await answered;
      },
    };
    expect((await ask("/health", { health: { bus } })).body.data.checks).toEqual({ bus: { status: "up" } });
  });

  test("is asked once by many probes at the same time", async () => {
    let asked = 0;
    const check = async () => {
      asked++;
    };
    const app = await orderApp({ health: { database: { check } } });
    await Promise.all([app.inject("/health"), app.inject("/health"), app.inject("/health")]);
    await app.close();
    expect(asked).toBe(1);
  });
});

describe("the request id", () => {
  test.each([
    { given: "a sane one", sent: "req-9f2c41d07e", kept: true },
    { given: "one with a space", sent: "req 1", kept: false },
    { given: "one with markup", sent: "<script>", kept: false },
    { given: "one that is too long", sent: "a".repeat(65), kept: false },
    { given: "an empty one", sent: "", kept: false },
  ])("of a caller that sends $given", async ({ sent, kept }) => {
    const app = await orderApp();
    const answered = await app.inject({ url: "/health/live", headers: { "x-request-id": sent } });
    await app.close();

    const id = answered.headers["x-request-id"];
    expect(answered.json().meta.requestId).toBe(id);
    if (kept) expect(id).toBe(sent);
    else expect(id).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  test.each([
    "/api/v1/baskets",
    "/api/v1/orders/%zz",
    `/api/v1/orders/${orderId}`,
  ])("stands in the problem of %s too", async (url) => {
    const app = await orderApp();
    const answered = await app.inject({ url });
    await app.close();
    expect(answered.json().requestId).toBe(answered.headers["x-request-id"]);
  });
});

test("a handler learns who calls", async () => {
  const app = await orderApp();
  const answered = await app.inject({
    method: "POST",
    url: "/api/v1/orders",
    headers: { ...adasHeaders, "idempotency-key": "ada-1" },
    payload: { items: [{ sku: "TEA-100", quantity: 2 }] },
  });
  await app.close();
  expect(answered.json().data.seen.caller).toEqual(ada);
});

test("an answer keeps null, properties beyond the schema, and numbers as they are", async () => {
  const order = {
    orderId,
    status: "confirmed",
    totalAmount: null,
    reason: null,
    customer: { firstName: "Ada", title: "Countess" },
    weight: 0.1,
  };
  const app = await orderApp({ replace: { getOrder: async (request) => answer(request, order) } });
  const answered = await app.inject({ url: `/api/v1/orders/${orderId}`, headers: adasHeaders });
  await app.close();
  expect(answered.json().data).toEqual(order);
});

test("metrics count requests by operation and status, and say nothing of paths", async () => {
  const app = await orderApp({ metrics: createMetrics("order-service") });
  for (const url of [`/api/v1/orders/${orderId}`, "/api/v1/orders/1", "/wp-admin"])
    await app.inject({ url, headers: adasHeaders });
  const { body, headers } = await app.inject("/metrics");
  await app.close();

  const counted = [...body.matchAll(/^http_server_request_duration_seconds_count\{(.*)\} (\d+)$/gm)].map(
    ([, labels, count]) => `${labels} ${count}`,
  );
  expect(headers["content-type"]).toContain("text/plain");
  expect(counted).toEqual([
    'service="order-service",operation="getOrder",status="200" 1',
    'service="order-service",operation="getOrder",status="404" 1',
    'service="order-service",operation="unknown",status="404" 1',
  ]);
  expect(body).toContain("process_resident_memory_bytes");
});

test.each([
  {
    answering: "as the contract says",
    order: { totalAmount: 450, reason: null, customer: null },
    mismatches: [],
  },
  {
    answering: "with a total as text",
    order: { totalAmount: "450", reason: null, customer: null },
    mismatches: ['getOrder answers 200: the body must be integer,null at "/data/totalAmount".'],
  },
  {
    answering: "without a reason",
    order: { totalAmount: null, customer: null },
    mismatches: [`getOrder answers 200: the body must have required property 'reason' at "/data".`],
  },
])("answers are held against the contract: $answering", async ({ order, mismatches }) => {
  const getOrder = async (request: { id: string }) =>
    answer(request, { orderId, status: "pending", ...order });
  const app = await orderApp({ replace: { getOrder } });
  const held = holdAnswersToContract(app, orderContract);
  await app.inject({ url: `/api/v1/orders/${orderId}`, headers: adasHeaders });
  await app.close();
  expect(held.mismatches).toEqual(mismatches);
});
