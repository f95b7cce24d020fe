import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { pagesOf, put } from "../support/person.ts";

const cup = { name: "Cup", unitPrice: 450, currency: "EUR", available: 20 };

/** What can be bought. To be called before anybody orders. */
export function products(shop: () => Shop): void {
  describe("products", () => {
    test("are there from the beginning, for everybody", async () => {
      const { status, data, body } = await shop().somebody().asks<unknown>("/api/v1/products");
      const price = { unitPrice: expect.any(Number), currency: "EUR", name: expect.any(String) };
      expect(status).toBe(200);
      expect(data).toEqual([
        { ...price, sku: "MUG-001", available: 5 },
        { ...price, sku: "TEA-100", available: 1000 },
      ]);
      expect(body.meta).toHaveProperty("nextCursor", null);
    });

    test("are shown one by one", async () => {
      const { asks } = shop().somebody();
      expect(await asks("/api/v1/products/TEA-100")).toMatchObject({ status: 200, data: { sku: "TEA-100" } });
      expect((await asks("/api/v1/products/TEA-101")).status).toBe(404);
    });

    test("are saved by the administrator and by nobody else", async () => {
      const path = "/api/v1/products/CUP-007";
      const administrator = await shop().administrator();
      const ada = await shop().newCustomer();
      expect((await ada.does(path, put(cup))).status).toBe(403);
      expect((await ada.asks(path, put(cup))).status).toBe(401);
      expect((await ada.asks(path)).status).toBe(404);

      expect((await administrator.does(path, put(cup))).status).toBe(201);
      expect((await ada.asks(path)).data).toEqual({ sku: "CUP-007", ...cup });
      expect((await administrator.does(path, put({ ...cup, unitPrice: 500 }))).status).toBe(200);
      expect((await ada.asks(path)).data).toMatchObject({ unitPrice: 500 });
    });

    test.each([
      { given: "a price with cents after a point", change: { unitPrice: 4.5 } },
      { given: "a price below nothing", change: { unitPrice: -1 } },
      { given: "a price as text", change: { unitPrice: "450" } },
      { given: "less than nothing in stock", change: { available: -1 } },
      { given: "no currency of ISO 4217", change: { currency: "euro" } },
      { given: "an unknown property", change: { discount: 10 } },
    ])("are not saved with $given", async ({ change }) => {
      const administrator = await shop().administrator();
      const { status } = await administrator.does("/api/v1/products/CUP-008", put({ ...cup, ...change }));
      expect(status).toBe(422);
    });

    test("come in pages", async () => {
      const { asks } = shop().somebody();
      const pages = await pagesOf<{ sku: string }>(asks, "/api/v1/products?limit=1");
      expect(pages.map((page) => page.length)).toEqual([1, 1, 1]);
      expect(pages.flat().map(({ sku }) => sku)).toEqual(["CUP-007", "MUG-001", "TEA-100"]);
      expect((await asks("/api/v1/products?limit=0")).status).toBe(400);
      expect((await asks("/api/v1/products?cursor=tea")).status).toBe(400);
    });
  });
}
