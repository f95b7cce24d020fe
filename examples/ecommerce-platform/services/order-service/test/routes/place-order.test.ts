import { collectEvents } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OrderApp, openApp, type Person } from "../support/app.ts";
import { ada, grace, twoTeasAndAMug } from "../support/shop.ts";

let shop: OrderApp;

beforeAll(async () => {
  shop = await openApp();
});
beforeEach(async () => {
  await shop.database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, outbox");
  shop.inventory.failWith(undefined);
  shop.inventory.calls.length = 0;
  shop.auth.failWith(undefined);
  shop.users.failWith(undefined);
  shop.users.calls.length = 0;
});
afterAll(() => shop.close());

const body = { items: twoTeasAndAMug };

function place(what: { body?: unknown; key?: string | undefined; as?: Person } = {}) {
  const key = "key" in what ? what.key : "ada-1";
  return shop.send({
    method: "POST",
    url: "/api/v1/orders",
    body: what.body ?? body,
    as: what.as ?? ada,
    headers: key === undefined ? {} : { "idempotency-key": key },
  });
}

async function storedOrders() {
  return shop.database.db.selectFrom("orders").selectAll().execute();
}

describe("P1: Order Placement", () => {
  test("an order is accepted before stock is reserved, with the prices of inventory-service", async () => {
    const { status, json } = await place();

    expect(status).toBe(202);
    expect(json.data).toEqual({ orderId: expect.stringMatching(/^[0-9a-f-]{36}$/), status: "pending" });
    expect(json.meta?.requestId).toEqual(expect.any(String));
    expect(await storedOrders()).toMatchObject([
      {
        order_id: json.data?.orderId,
        user_id: ada.userId,
        status: "pending",
        total_amount: 2100,
        currency: "EUR",
      },
    ]);
    expect(await collectEvents(shop.database)).toMatchObject([
      {
        eventType: "order.created",
        data: {
          orderId: json.data?.orderId,
          customerEmail: ada.email,
          totalAmount: 2100,
          items: [
            { sku: "TEA-100", quantity: 2, unitPrice: 450 },
            { sku: "MUG-001", quantity: 1, unitPrice: 1200 },
          ],
        },
      },
    ]);
  });

  test("lines with the same sku are added up", async () => {
    await place({
      body: {
        items: [
          { sku: "TEA-100", quantity: 2 },
          { sku: "TEA-100", quantity: 3 },
        ],
      },
    });

    expect(await collectEvents(shop.database)).toMatchObject([
      { data: { items: [{ sku: "TEA-100", quantity: 5, unitPrice: 450 }], totalAmount: 2250 } },
    ]);
    expect(shop.inventory.calls).toHaveLength(1);
  });

  test.each([
    { given: "a million pieces in one line", lines: 1, quantity: 1_000_000 },
    { given: "a million pieces in each of 100 lines", lines: 100, quantity: 100_000_000 },
  ])("$given are taken", async ({ lines, quantity }) => {
    const items = Array(lines).fill({ sku: "TEA-100", quantity: 1_000_000 });
    expect((await place({ body: { items } })).status).toBe(202);

    expect(await collectEvents(shop.database)).toMatchObject([
      { data: { items: [{ sku: "TEA-100", quantity, unitPrice: 450 }], totalAmount: 450 * quantity } },
    ]);
  });

  test("the address in the events is that of the account, from the token", async () => {
    await place({ as: { ...ada, email: "ada.king@example.com" } });

    expect(await collectEvents(shop.database)).toMatchObject([
      { data: { customerEmail: "ada.king@example.com" } },
    ]);
  });

  test.each([
    { given: "no Idempotency-Key", key: undefined },
    { given: "an empty Idempotency-Key", key: "" },
    { given: "a key with spaces", key: "my order" },
    { given: "a key that is too long", key: "k".repeat(256) },
  ])("$given answers 400 and stores nothing", async ({ key }) => {
    const { status, json } = await place({ key });

    expect(status).toBe(400);
    expect(json).toMatchObject({ type: "/problems/bad-request", status: 400 });
    expect(await storedOrders()).toEqual([]);
  });

  test.each([
    { given: "a price", body: { items: [{ sku: "TEA-100", quantity: 1, unitPrice: 1 }] } },
    { given: "a total", body: { items: [{ sku: "TEA-100", quantity: 1 }], totalAmount: 1 } },
    { given: "a status", body: { items: [{ sku: "TEA-100", quantity: 1 }], status: "confirmed" } },
    { given: "another customer", body: { items: [{ sku: "TEA-100", quantity: 1 }], userId: grace.userId } },
    { given: "no items", body: { items: [] } },
    { given: "no list of items", body: {} },
    { given: "101 items", body: { items: Array(101).fill({ sku: "TEA-100", quantity: 1 }) } },
    { given: "nothing of a product", body: { items: [{ sku: "TEA-100", quantity: 0 }] } },
    { given: "less than nothing", body: { items: [{ sku: "TEA-100", quantity: -1 }] } },
    { given: "half a piece", body: { items: [{ sku: "TEA-100", quantity: 0.5 }] } },
    { given: "too many pieces", body: { items: [{ sku: "TEA-100", quantity: 1_000_001 }] } },
    { given: "a quantity in words", body: { items: [{ sku: "TEA-100", quantity: "2" }] } },
    { given: "a sku that is a path", body: { items: [{ sku: "../orders", quantity: 1 }] } },
    { given: "a list instead of an order", body: [] },
  ])("a body with $given answers 422 and stores nothing", async ({ body }) => {
    const { status, json } = await place({ body });

    expect(status).toBe(422);
    expect(json.errors?.length).toBeGreaterThan(0);
    expect(await storedOrders()).toEqual([]);
    expect(shop.inventory.calls).toEqual([]);
  });

  test("without a token, or with a revoked one, 401 is answered and nothing stored", async () => {
    const { authorization } = await shop.auth.bearer(ada);
    shop.auth.revoke(authorization.slice("Bearer ".length));

    for (const headers of [{}, { authorization }]) {
      const response = await shop.app.inject({
        method: "POST",
        url: "/api/v1/orders",
        headers: { ...headers, "idempotency-key": "ada-1" },
        payload: body,
      });
      expect(response.statusCode).toBe(401);
    }
    expect(await storedOrders()).toEqual([]);
  });
});

describe("P2: Repeated Placement", () => {
  test("the same key and body answers with the same order and makes no second one", async () => {
    const first = await place();
    const second = await place({
      body: { items: body.items.map(({ sku, quantity }) => ({ quantity, sku })) },
    });

    expect(second.status).toBe(202);
    expect(second.json.data).toEqual(first.json.data);
    expect(await storedOrders()).toHaveLength(1);
    expect(await collectEvents(shop.database)).toHaveLength(1);
  });

  test("the same order is answered also when it has ended meanwhile", async () => {
    const first = await place();
    const orderId = String(first.json.data?.orderId);
    await shop.database.transaction((trx) => shop.orders.change(trx, orderId, { kind: "stock-released" }));

    expect((await place()).json.data).toEqual({ orderId, status: "pending" });
  });

  test("the same key and another body answers 422", async () => {
    await place();
    const { status, json } = await place({ body: { items: [{ sku: "TEA-100", quantity: 1 }] } });

    expect(status).toBe(422);
    expect(json).toMatchObject({
      type: "/problems/idempotency-key-reused",
      title: "Idempotency key reused",
      detail: "This Idempotency-Key was used with another body.",
      instance: "/api/v1/orders",
    });
    expect(await storedOrders()).toHaveLength(1);
  });

  test("two customers may use the same key", async () => {
    const hers = await place();
    const other = await place({ as: grace, body: { items: [{ sku: "TEA-100", quantity: 1 }] } });

    expect(other.status).toBe(202);
    expect(other.json.data?.orderId).not.toBe(hers.json.data?.orderId);
  });

  test("SC-001: fifty requests with one key at once make one order, and all get its id", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => place()));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ json }) => json.data?.orderId)).size).toBe(1);
    expect(await storedOrders()).toHaveLength(1);
    expect(await collectEvents(shop.database)).toHaveLength(1);
  });
});

describe("P7: Unknown Product", () => {
  test("the order is accepted and ends rejected, and nothing is to be reserved for it", async () => {
    const { status, json } = await place({ body: { items: [{ sku: "TEA-999", quantity: 1 }] } });

    expect(status).toBe(202);
    expect(json.data?.status).toBe("pending");
    const read = await shop.send({ url: `/api/v1/orders/${json.data?.orderId}` });
    expect(read.json.data).toMatchObject({
      status: "rejected",
      reason: "unknown-sku",
      totalAmount: null,
      currency: null,
      items: [{ sku: "TEA-999", quantity: 1, unitPrice: null }],
    });
    expect(await collectEvents(shop.database)).toMatchObject([
      { eventType: "order.rejected", data: { reason: "unknown-sku" } },
    ]);
  });

  test("prices in two currencies end rejected as well", async () => {
    await place({
      body: {
        items: [
          { sku: "TEA-100", quantity: 1 },
          { sku: "CUP-US1", quantity: 1 },
        ],
      },
    });

    expect(await collectEvents(shop.database)).toMatchObject([
      { eventType: "order.rejected", data: { reason: "mixed-currencies" } },
    ]);
  });
});

describe("P8: Outage During Placement", () => {
  test.each([
    { given: "inventory-service answers with errors", failure: 500 },
    { given: "inventory-service hangs up", failure: "hang-up" },
  ] as const)("$given: 503, nothing is stored, and the same key works later", async ({ failure }) => {
    shop.inventory.failWith(failure);
    const { status, json } = await place();

    expect(status).toBe(503);
    expect(json.type).toBe("/problems/service-unavailable");
    expect(await storedOrders()).toEqual([]);
    expect(await collectEvents(shop.database)).toEqual([]);

    shop.inventory.failWith(undefined);
    expect((await place()).status).toBe(202);
  });

  test("a repetition is answered while inventory-service is down, another body is refused", async () => {
    const first = await place();
    shop.inventory.failWith("hang-up");

    const second = await place();
    expect(second.status).toBe(202);
    expect(second.json.data).toEqual(first.json.data);
    expect((await place({ body: { items: [{ sku: "TEA-100", quantity: 1 }] } })).status).toBe(422);
  });

  test("auth-service is down: 503 and nothing is stored", async () => {
    shop.auth.failWith(500);

    expect((await place()).status).toBe(503);
    expect(await storedOrders()).toEqual([]);
  });

  test("Failure mode: Message bus down: the order is accepted, and its event waits in the outbox", async () => {
    // There is no bus at all here: accepting an order takes the database, and prices.
    expect((await place()).status).toBe(202);
    expect(await collectEvents(shop.database)).toHaveLength(1);
  });

  test("user-service is down: the order is accepted, and nobody asks", async () => {
    shop.users.failWith("hang-up");

    expect((await place()).status).toBe(202);
    expect(shop.users.calls).toEqual([]);
  });
});
