import { expect, test } from "vitest";
import { openApp } from "./support/app.ts";
import { breakableDatabase } from "./support/breakable-database.ts";
import { pendingOrder, shopOn } from "./support/shop.ts";

test("Failure mode: Database down: every operation answers 503, the service is alive and not ready, until it is back", async () => {
  const { database, cut, mend } = await breakableDatabase();
  const shop = await openApp(Promise.resolve(shopOn(database)));
  const orderId = await pendingOrder(shop);
  const answers = async () => {
    const all = await Promise.all([
      shop.send({ url: "/api/v1/orders" }),
      shop.send({ url: `/api/v1/orders/${orderId}` }),
      shop.send({
        method: "POST",
        url: "/api/v1/orders",
        headers: { "idempotency-key": "ada-1" },
        body: { items: [{ sku: "TEA-100", quantity: 1 }] },
      }),
      shop.send({ method: "POST", url: `/api/v1/orders/${orderId}/cancel` }),
    ]);
    return all.map(({ status }) => status);
  };
  const health = async (url: string) => (await shop.app.inject({ url })).statusCode;

  await cut();
  expect(await answers()).toEqual([503, 503, 503, 503]);
  expect(await health("/health/live")).toBe(200);
  expect(await health("/health")).toBe(200);
  expect(await health("/health/ready")).toBe(503);

  await mend();
  expect(await health("/health/ready")).toBe(200);
  expect(await answers()).toEqual([200, 200, 202, 200]);
  await shop.close();
});
