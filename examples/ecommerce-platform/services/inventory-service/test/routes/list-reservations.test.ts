import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseExpired } from "../../src/release-expired.ts";
import { type App, openApp } from "../support/app.ts";
import { type Inventory, minuteMs, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
let app: App;
const [expired = "", rejected = "", sold = "", live = ""] = Array.from({ length: 4 }, () => randomUUID());

beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
  await inventory.stock({ "TEA-100": 10 });
  await inventory.handle(orders.created(expired, [{ sku: "TEA-100", quantity: 1 }]));
  inventory.advance(16 * minuteMs);
  await releaseExpired(inventory);
  for (const [orderId, quantity] of [
    [rejected, 11],
    [sold, 2],
    [live, 3],
  ] as const) {
    inventory.advance(1);
    await inventory.handle(orders.created(orderId, [{ sku: "TEA-100", quantity }]));
  }
  await inventory.handle(orders.confirmed(sold));
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

const orderIdsOf = (body: { data: readonly { orderId: string }[] }) =>
  body.data.map(({ orderId }) => orderId);
const list = (query = "") =>
  app.send<{ orderId: string }[]>({ url: `/api/v1/reservations${query}`, as: "administrator" });

describe("P3: Stock Reservation: an administrator sees what is held", () => {
  test("newest first, with items and status", async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(orderIdsOf(body)).toEqual([live, sold, rejected, expired]);
    expect(body.data[0]).toEqual({
      reservationId: expect.any(String),
      orderId: live,
      status: "live",
      items: [{ sku: "TEA-100", quantity: 3 }],
      expiresAt: new Date(inventory.clock().getTime() + 15 * minuteMs).toISOString(),
      createdAt: inventory.clock().toISOString(),
      updatedAt: inventory.clock().toISOString(),
    });
    expect(body.data[2]).toMatchObject({ status: "rejected", items: [], expiresAt: null });
  });

  test.each([
    { query: `?orderId=${sold}`, shown: [sold] },
    { query: "?status=live", shown: [live] },
    { query: "?status=rejected", shown: [rejected] },
    { query: `?status=live&orderId=${sold}`, shown: [] },
  ])("$query shows what matches", async ({ query, shown }) => {
    expect(orderIdsOf((await list(query)).body)).toEqual(shown);
  });

  test("following nextCursor shows each once", async () => {
    const first = await list("?limit=3");
    const second = await list(`?limit=3&cursor=${first.body.meta.nextCursor}`);
    expect([...orderIdsOf(first.body), ...orderIdsOf(second.body)]).toEqual([live, sold, rejected, expired]);
    expect(second.body.meta.nextCursor).toBeNull();
  });

  test.each([
    "?status=gone",
    "?orderId=7",
    "?limit=0",
    "?cursor=nobody-wrote-this",
    `?cursor=${Buffer.from('["yesterday","7"]').toString("base64url")}`,
  ])("%s answers 400", async (query) => {
    expect((await list(query)).status).toBe(400);
  });

  test.each([
    { as: "customer", status: 403 },
    { as: undefined, status: 401 },
  ] as const)("$as sees nothing: $status", async ({ as, status }) => {
    expect((await app.send({ url: "/api/v1/reservations", as })).status).toBe(status);
  });
});

test("P7: Reservation Expiry: what expired is shown as released, with what it held", async () => {
  const { body } = await list("?status=released");
  expect(body.data).toMatchObject([
    { orderId: expired, status: "released", items: [{ sku: "TEA-100", quantity: 1 }] },
  ]);
});
