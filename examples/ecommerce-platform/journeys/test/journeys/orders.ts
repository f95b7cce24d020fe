import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, order, pagesOf, post, put } from "../support/person.ts";
import { withProfile } from "./profiles.ts";

const tea = { sku: "TEA-100", quantity: 1 };
const orderAt = (orderId: string) => `/api/v1/orders/${orderId}`;
const cancel = (customer: Customer, orderId: string) =>
  customer.does(`${orderAt(orderId)}/cancel`, { method: "POST" });

/** Placing and reading orders. */
export function orders(shop: () => Shop): void {
  describe("an order", () => {
    test("is accepted as pending and becomes confirmed, with prices of the shop", async () => {
      const ada = await shop().newCustomer();
      const [before, price] = [await shop().available("TEA-100"), await priceOf(shop(), "TEA-100")];
      const { status, data } = await ada.does<{ orderId: string }>(
        "/api/v1/orders",
        order([{ sku: "TEA-100", quantity: 3 }]),
      );
      expect({ status, data }).toEqual({
        status: 202,
        data: { orderId: expect.any(String), status: "pending" },
      });
      await shop().settles(ada, data.orderId, "confirmed");
      expect((await ada.does(orderAt(data.orderId))).data).toMatchObject({
        orderId: data.orderId,
        userId: ada.userId,
        items: [{ sku: "TEA-100", quantity: 3, unitPrice: price }],
        totalAmount: 3 * price,
        currency: "EUR",
      });
      expect(await shop().available("TEA-100")).toBe(before - 3);
    });

    test("keeps the price at which it was placed", async () => {
      const [administrator, ada] = [await shop().administrator(), await shop().newCustomer()];
      const mat = { name: "Mat", unitPrice: 300, currency: "EUR", available: 9 };
      await administrator.does("/api/v1/products/MAT-002", put(mat));
      const orderId = await ada.orders([{ sku: "MAT-002", quantity: 2 }]);
      await shop().settles(ada, orderId, "confirmed");
      await administrator.does("/api/v1/products/MAT-002", put({ ...mat, unitPrice: 999 }));
      expect((await ada.does(orderAt(orderId))).data).toMatchObject({ totalAmount: 600 });
    });

    test.each([
      { given: "a price of the customer's own", body: { items: [{ ...tea, unitPrice: 1 }] } },
      { given: "a total", body: { items: [tea], totalAmount: 1 } },
      { given: "a status", body: { items: [tea], status: "confirmed" } },
      { given: "another customer", body: { items: [tea], userId: randomUUID() } },
      { given: "nothing in it", body: { items: [] } },
      { given: "no items", body: {} },
      { given: "nothing of a product", body: { items: [{ ...tea, quantity: 0 }] } },
      { given: "half a product", body: { items: [{ ...tea, quantity: 0.5 }] } },
      { given: "less than nothing", body: { items: [{ ...tea, quantity: -1 }] } },
      { given: "a number as text", body: { items: [{ ...tea, quantity: "1" }] } },
    ])("with $given answers 422", async ({ body }) => {
      const ada = await shop().newCustomer();
      const request = post(body, { "idempotency-key": randomUUID() });
      expect((await ada.does("/api/v1/orders", request)).status).toBe(422);
      expect((await ada.does("/api/v1/orders")).data).toEqual([]);
    });

    test("that cannot be read answers 400, without a token 401", async () => {
      const ada = await shop().newCustomer();
      const key = { "idempotency-key": randomUUID() };
      expect((await ada.does("/api/v1/orders", post('{"items":[', key))).status).toBe(400);
      expect((await ada.asks("/api/v1/orders", order([tea]))).status).toBe(401);
      expect((await ada.asks("/api/v1/orders")).status).toBe(401);
    });

    test("of something that the shop does not know ends rejected", async () => {
      const ada = await shop().newCustomer();
      const orderId = await ada.orders([tea, { sku: "COFFEE-1", quantity: 1 }]);
      await shop().settles(ada, orderId, "rejected");
      await shop().mailArrives(ada.email, `Order ${orderId} rejected`);
    });

    test("is all or nothing", async () => {
      const ada = await shop().newCustomer();
      const [teas, mugs] = [await shop().available("TEA-100"), await shop().available("MUG-001")];
      const orderId = await ada.orders([tea, { sku: "MUG-001", quantity: mugs + 1 }]);
      await shop().settles(ada, orderId, "rejected");
      expect(await shop().available("TEA-100")).toBe(teas);
      expect(await shop().available("MUG-001")).toBe(mugs);
    });
  });

  describe("an Idempotency-Key", () => {
    test("has to be there", async () => {
      const ada = await shop().newCustomer();
      expect((await ada.does("/api/v1/orders", post({ items: [tea] }))).status).toBe(400);
    });

    test("used again gives the same order, with another body 422, and of another customer another order", async () => {
      const [ada, grace] = [await shop().newCustomer(), await shop().newCustomer()];
      const key = randomUUID();
      const first = await ada.does("/api/v1/orders", order([tea], key));
      const again = await ada.does("/api/v1/orders", order([tea], key));
      expect(again).toMatchObject({ status: 202, data: first.data });
      expect((await ada.does("/api/v1/orders", order([{ ...tea, quantity: 2 }], key))).status).toBe(422);
      expect((await ada.does("/api/v1/orders")).data).toHaveLength(1);
      const hers = await grace.does("/api/v1/orders", order([tea], key));
      expect(hers.status).toBe(202);
      expect(hers.data.orderId).not.toBe(first.data.orderId);
    });

    test("used 50 times at once makes one order", async () => {
      const ada = await shop().newCustomer();
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => ada.does("/api/v1/orders", order([tea], key))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect(new Set(answers.map(({ data }) => data.orderId)).size).toBe(1);
      expect((await ada.does("/api/v1/orders")).data).toHaveLength(1);
    });
  });

  describe("a cancellation", () => {
    test("ends a pending order and gives its stock back, also when it is repeated", async () => {
      const ada = await shop().newCustomer();
      const before = await shop().available("TEA-100");
      const orderId = await whileNothingIsReserved(shop(), async () => {
        const placed = await ada.orders([tea]);
        expect(await cancel(ada, placed)).toMatchObject({ status: 200, data: { status: "cancelled" } });
        return placed;
      });
      expect((await cancel(ada, orderId)).status).toBe(200);
      await shop().mailArrives(ada.email, `Order ${orderId} cancelled`);
      await expect.poll(() => shop().available("TEA-100"), { timeout: 30_000 }).toBe(before);
      expect((await ada.does(orderAt(orderId))).data.status).toBe("cancelled");
    });

    test("comes too late for an order that is confirmed or rejected", async () => {
      const ada = await shop().newCustomer();
      const [good, bad] = [await ada.orders([tea]), await ada.orders([{ sku: "COFFEE-1", quantity: 1 }])];
      await shop().settles(ada, good, "confirmed");
      await shop().settles(ada, bad, "rejected");
      expect((await cancel(ada, good)).status).toBe(409);
      expect((await cancel(ada, bad)).status).toBe(409);
    });
  });

  describe("orders", () => {
    test("are shown to their customer and to administrators only", async () => {
      const [ada, grace] = [await shop().newCustomer(), await shop().newCustomer()];
      const orderId = await ada.orders([tea]);
      expect((await grace.does(orderAt(orderId))).status).toBe(404);
      expect((await cancel(grace, orderId)).status).toBe(404);
      expect((await grace.does("/api/v1/orders")).data).toEqual([]);
      expect((await ada.does(orderAt(randomUUID()))).status).toBe(404);
      expect((await ada.does(orderAt("7"))).status).toBe(404);
      const administrator = await shop().administrator();
      expect((await administrator.does(orderAt(orderId))).status).toBe(200);
    });

    test("come in pages, newest first", async () => {
      const ada = await shop().newCustomer();
      const placed: string[] = [];
      for (let count = 0; count < 5; count++) placed.unshift(await ada.orders([tea]));
      const pages = await pagesOf<{ orderId: string }>(ada.does, "/api/v1/orders?limit=2");
      expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(pages.flat().map(({ orderId }) => orderId)).toEqual(placed);
      expect((await ada.does("/api/v1/orders?cursor=tea")).status).toBe(400);
      expect((await ada.does("/api/v1/orders?limit=x")).status).toBe(400);
    });

    test("say who placed them, once there is a profile", async () => {
      const ada = await shop().newCustomer();
      const orderId = await ada.orders([tea]);
      expect((await ada.does(orderAt(orderId))).data.customer).toBeNull();
      await withProfile(ada);
      const customer = async () => (await ada.does(orderAt(orderId))).data.customer;
      await expect.poll(customer, { timeout: 30_000 }).toEqual({ firstName: "Ada", lastName: "Lovelace" });
    });
  });
}

async function priceOf(shop: Shop, sku: string): Promise<number> {
  return (await shop.somebody().asks<{ unitPrice: number }>(`/api/v1/products/${sku}`)).data.unitPrice;
}

/** Keeps inventory-service from reserving: what would be a race between customer and stock has one outcome. */
export async function whileNothingIsReserved<Result>(
  { platform }: Shop,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: platform.servers.databaseUrls.get("inventory-service") });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE products IN EXCLUSIVE MODE");
    return await work();
  } finally {
    await client.end();
  }
}
