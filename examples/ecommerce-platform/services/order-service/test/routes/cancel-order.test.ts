import { collectEvents } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Happening } from "../../src/domain/order-status.ts";
import { type OrderApp, openApp, type Person } from "../support/app.ts";
import { ada, grace, pendingOrder, reservationId } from "../support/shop.ts";

let shop: OrderApp;
let orderId: string;

beforeAll(async () => {
  shop = await openApp();
});
beforeEach(async () => {
  await shop.database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, outbox");
  orderId = await pendingOrder(shop);
});
afterAll(() => shop.close());

const cancel = (as: Person = ada) =>
  shop.send({ method: "POST", url: `/api/v1/orders/${orderId}/cancel`, as });

const happen = (happening: Happening) =>
  shop.database.transaction((trx) => shop.orders.change(trx, orderId, happening));

const reserved: Happening = { kind: "stock-reserved", reservationId, expiresAt: "2099-01-01T00:00:00Z" };
const typesOf = async () => (await collectEvents(shop.database)).map(({ eventType }) => eventType);

describe("P5: Order Cancellation", () => {
  test("a pending order is cancelled and a later reservation does not change it", async () => {
    const { status, json } = await cancel();
    await happen(reserved);

    expect(status).toBe(200);
    expect(json.data).toMatchObject({ orderId, status: "cancelled", reason: "cancelled-by-customer" });
    expect(json.data?.updatedAt).not.toBe(json.data?.orderDate);
    expect(await collectEvents(shop.database)).toMatchObject([
      {
        eventType: "order.cancelled",
        data: { orderId, reason: "cancelled-by-customer", customerEmail: ada.email },
      },
    ]);
    expect((await shop.send({ url: `/api/v1/orders/${orderId}` })).json.data?.status).toBe("cancelled");
  });

  test("an id in capital letters cancels the same order, and that is told", async () => {
    const { status } = await shop.send({
      method: "POST",
      url: `/api/v1/orders/${orderId.toUpperCase()}/cancel`,
      as: ada,
    });

    expect(status).toBe(200);
    expect(await typesOf()).toEqual(["order.cancelled"]);
  });

  test("a cancelled order answers 200 again, and that is told once", async () => {
    const answers = [await cancel(), await cancel(), ...(await Promise.all([cancel(), cancel(), cancel()]))];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await typesOf()).toEqual(["order.cancelled"]);
  });

  test.each<{ status: string; happening: Happening }>([
    { status: "confirmed", happening: reserved },
    { status: "rejected", happening: { kind: "stock-rejected", reason: "insufficient-stock" } },
  ])("an order that is $status answers 409 and stays so", async ({ status, happening }) => {
    await happen(happening);

    const answer = await cancel();

    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      type: "/problems/order-settled",
      title: "Order settled",
      detail: `The order is ${status} and can no longer be cancelled.`,
      instance: `/api/v1/orders/${orderId}/cancel`,
    });
    expect(await typesOf()).toEqual([`order.${status}`]);
  });

  test.each([
    { who: "an administrator", as: { ...grace, roles: ["administrator"] }, status: 200 },
    { who: "another customer", as: grace, status: 404 },
  ])("SC-005: $who gets $status", async ({ as, status }) => {
    expect((await cancel(as)).status).toBe(status);
    expect(await typesOf()).toEqual(status === 200 ? ["order.cancelled"] : []);
  });

  test("the address in the event stays that of the account that placed the order", async () => {
    await cancel({ ...grace, roles: ["administrator"] });

    expect(await collectEvents(shop.database)).toMatchObject([
      { data: { userId: ada.userId, customerEmail: ada.email } },
    ]);
  });

  test("an order that nobody placed answers 404", async () => {
    orderId = "00000000-0000-4000-8000-000000000000";

    expect((await cancel()).status).toBe(404);
  });

  test("Failure mode: Cancellation against confirmation: one holds, and both learn which", async () => {
    for (let round = 0; round < 10; round++) {
      orderId = await pendingOrder(shop);
      const [answer, step] = await Promise.all([cancel(), happen(reserved)]);

      const { json } = await shop.send({ url: `/api/v1/orders/${orderId}` });
      expect(json.data?.status).toBe(step ? "confirmed" : "cancelled");
      expect(answer.status).toBe(step ? 409 : 200);
    }
  });
});
