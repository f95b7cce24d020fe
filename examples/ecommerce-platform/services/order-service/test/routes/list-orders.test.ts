import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OrderApp, openApp } from "../support/app.ts";
import { ada, grace, pendingOrder } from "../support/shop.ts";

let shop: OrderApp;

beforeAll(async () => {
  shop = await openApp();
});
beforeEach(async () => {
  await shop.database.pool.query("TRUNCATE orders, order_lines, idempotency_keys, user_cache");
  shop.users.calls.length = 0;
});
afterAll(() => shop.close());

async function placeFive(): Promise<string[]> {
  const ids: string[] = [];
  for (const second of [1, 2, 3, 4, 5]) {
    ids.push(await pendingOrder(shop, { orderDate: new Date(`2026-11-23T10:10:0${second}Z`) }));
  }
  return ids;
}

async function pages(limit: number): Promise<string[][]> {
  const read: string[][] = [];
  for (let cursor = ""; ; ) {
    const { status, json } = await shop.send({ url: `/api/v1/orders?limit=${limit}${cursor}` });
    expect(status).toBe(200);
    read.push((json.data ?? []).map(({ orderId }) => String(orderId)));
    if (!json.meta?.nextCursor) return read;
    cursor = `&cursor=${encodeURIComponent(json.meta.nextCursor)}`;
  }
}

describe("P6: Order Reading, lists", () => {
  test.each([
    { limit: 2, sizes: [2, 2, 1] },
    { limit: 5, sizes: [5] },
    { limit: 4, sizes: [4, 1] },
    { limit: 100, sizes: [5] },
  ])("five orders in pages of $limit come newest first, each once", async ({ limit, sizes }) => {
    const placed = await placeFive();

    const read = await pages(limit);

    expect(read.map((page) => page.length)).toEqual(sizes);
    expect(read.flat()).toEqual(placed.toReversed());
  });

  test("an order that is placed meanwhile moves nothing on the pages that follow", async () => {
    const placed = await placeFive();
    const first = await shop.send({ url: "/api/v1/orders?limit=2" });
    await pendingOrder(shop, { orderDate: new Date("2026-11-23T11:00:00Z") });

    const second = await shop.send({ url: `/api/v1/orders?limit=2&cursor=${first.json.meta?.nextCursor}` });

    expect(second.json.data?.map(({ orderId }) => orderId)).toEqual([placed[2], placed[1]]);
  });

  test("without a limit twenty are shown", async () => {
    await Promise.all(Array.from({ length: 21 }, () => pendingOrder(shop)));

    const { json } = await shop.send({ url: "/api/v1/orders" });

    expect(json.data).toHaveLength(20);
    expect(json.meta?.nextCursor).toEqual(expect.any(String));
  });

  test("SC-005: orders of others are not listed, not even for administrators", async () => {
    await pendingOrder(shop, { customer: grace });

    for (const as of [ada, { ...ada, roles: ["administrator"] }]) {
      const { json } = await shop.send({ url: "/api/v1/orders", as });
      expect(json).toMatchObject({ data: [], meta: { nextCursor: null } });
    }
  });

  test("a page asks user-service once for a name that nobody told", async () => {
    await placeFive();
    shop.users.data.set(`/api/v1/users/${ada.userId}`, { firstName: "Ada", lastName: "Lovelace" });

    const { json } = await shop.send({ url: "/api/v1/orders" });

    expect(json.data?.map(({ customer }) => customer)).toEqual(
      Array(5).fill({ firstName: "Ada", lastName: "Lovelace" }),
    );
    expect(shop.users.calls).toHaveLength(1);
  });
});

describe("P6: Order Reading, wrong pages", () => {
  const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");

  test.each([
    { given: "a limit of nothing", query: "limit=0" },
    { given: "a limit above 100", query: "limit=101" },
    { given: "a limit that is no number", query: "limit=many" },
    { given: "a cursor that nobody wrote", query: "cursor=next" },
    { given: "a cursor of another list", query: `cursor=${cursor("TEA-100")}` },
    { given: "a cursor with another time", query: `cursor=${cursor("yesterday", ada.userId)}` },
    {
      given: "a cursor beyond the calendar",
      query: `cursor=${cursor("-271821-04-20T00:00:00.000Z", ada.userId)}`,
    },
    {
      given: "a cursor with another order",
      query: `cursor=${cursor("2026-11-23T10:10:00.000Z", "' OR 1=1 --")}`,
    },
  ])("$given answers 400", async ({ query }) => {
    const { status, json } = await shop.send({ url: `/api/v1/orders?${query}` });

    expect(status).toBe(400);
    expect(json.type).toBe("/problems/bad-request");
  });
});
