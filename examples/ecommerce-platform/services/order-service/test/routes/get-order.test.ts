import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rememberUser } from "../../src/store/user-cache.ts";
import { type OrderApp, openApp } from "../support/app.ts";
import { ada, grace, pendingOrder } from "../support/shop.ts";

let shop: OrderApp;
let orderId: string;

beforeAll(async () => {
  shop = await openApp();
});
beforeEach(async () => {
  await shop.database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, user_cache");
  shop.users.failWith(undefined);
  shop.users.data.clear();
  shop.users.calls.length = 0;
  orderId = await pendingOrder(shop);
});
afterAll(() => shop.close());

describe("P6: Order Reading, one order", () => {
  test("shows status, lines, total and the customer's name", async () => {
    await rememberUser(shop.database.db, {
      ...ada,
      firstName: "Ada",
      lastName: "Lovelace",
      profileVersion: 1,
    });

    const { status, json } = await shop.send({ url: `/api/v1/orders/${orderId}` });

    expect(status).toBe(200);
    expect(json.data).toEqual({
      orderId,
      userId: ada.userId,
      status: "pending",
      reason: null,
      customer: { firstName: "Ada", lastName: "Lovelace" },
      items: [
        { sku: "TEA-100", quantity: 2, unitPrice: 450 },
        { sku: "MUG-001", quantity: 1, unitPrice: 1200 },
      ],
      totalAmount: 2100,
      currency: "EUR",
      orderDate: "2026-11-23T10:10:00.000Z",
      updatedAt: "2026-11-23T10:10:00.000Z",
    });
    expect(shop.users.calls).toEqual([]);
  });

  test.each([
    { who: "the customer", as: ada, status: 200 },
    { who: "an administrator", as: { ...grace, roles: ["customer", "administrator"] }, status: 200 },
    { who: "another customer", as: grace, status: 404 },
  ])("SC-005: $who gets $status", async ({ as, status }) => {
    expect((await shop.send({ url: `/api/v1/orders/${orderId}`, as })).status).toBe(status);
  });

  test("an administrator who no longer is one gets 404, whatever the token says", async () => {
    const as = {
      userId: "c0ffee00-0000-4000-8000-000000000001",
      email: "root@example.com",
      roles: ["administrator"],
    };
    shop.auth.setRoles(as.userId, ["customer"]);

    expect((await shop.send({ url: `/api/v1/orders/${orderId}`, as })).status).toBe(404);
  });

  test("somebody else's order and none at all cannot be told apart", async () => {
    const others = await shop.send({ url: `/api/v1/orders/${orderId}`, as: grace });
    const none = await shop.send({ url: "/api/v1/orders/00000000-0000-4000-8000-000000000000", as: grace });

    const { instance: _, requestId: __, ...told } = others.json as Record<string, unknown>;
    expect(none.json).toMatchObject(told);
  });

  test.each(["1", "7b1e4c92", "' OR 1=1 --"])("a malformed id (%s) answers 404", async (id) => {
    expect((await shop.send({ url: `/api/v1/orders/${encodeURIComponent(id)}` })).status).toBe(404);
  });
});

describe("Failure mode: No copy of a user's names", () => {
  test("user-service is asked with the caller's token", async () => {
    shop.users.data.set(`/api/v1/users/${ada.userId}`, { firstName: "Ada", lastName: "Lovelace" });

    const { json } = await shop.send({ url: `/api/v1/orders/${orderId}` });

    expect(json.data?.customer).toEqual({ firstName: "Ada", lastName: "Lovelace" });
    expect(shop.users.calls).toMatchObject([{ authorization: expect.stringMatching(/^Bearer ey/) }]);
  });

  test.each([
    "hang-up",
    500,
    404,
  ] as const)("P8: Outage During Placement: with user-service failing (%s) the order is shown without a name", async (failure) => {
    shop.users.failWith(failure);

    const { status, json } = await shop.send({ url: `/api/v1/orders/${orderId}` });

    expect(status).toBe(200);
    expect(json.data?.customer).toBeNull();
  });
});
