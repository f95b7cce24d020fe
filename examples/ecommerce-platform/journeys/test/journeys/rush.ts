import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, type Line, order, pagesOf, put } from "../support/person.ts";

const skus = ["RUSH-1", "RUSH-2", "RUSH-3"];
const orderCount = 400;
const stock = 100;

/** More orders at once than there is stock for. */
export function rush(shop: () => Shop): void {
  test(`of ${orderCount} orders at once over stock for ${stock} exactly ${stock} are confirmed, and each is written about once`, async () => {
    const administrator = await shop().administrator();
    const product = { name: "Last one", unitPrice: 100, currency: "EUR", available: stock };
    for (const sku of skus) await administrator.does(`/api/v1/products/${sku}`, put(product));
    const ada = await shop().newCustomer();
    // Each names the products in another order, so that locks are asked for in every order there is.
    const itemsOf = (at: number) =>
      skus.map((_, index) => ({ sku: skus[(index + at) % 3] ?? "", quantity: 1 }));
    const orders = await Promise.all(Array.from({ length: orderCount }, (_, at) => insist(ada, itemsOf(at))));

    const counts = async () => {
      const pages = await pagesOf<{ status: string }>(ada.does, "/api/v1/orders?limit=100");
      const all = pages.flat().map(({ status }) => status);
      return Object.fromEntries(
        [...new Set(all)].map((status) => [status, all.filter((one) => one === status).length]),
      );
    };
    const expected = { confirmed: stock, rejected: orderCount - stock };
    await expect.poll(counts, { timeout: 60_000, interval: 200 }).toEqual(expected);
    for (const sku of skus) expect(await shop().available(sku)).toBe(0);

    const subjects = async () => (await shop().mailsTo(ada.email)).map(({ Subject }) => Subject);
    await expect
      .poll(async () => (await subjects()).length, { timeout: 60_000, interval: 200 })
      .toBe(orderCount);
    const about = (await subjects()).map((subject) => orders.find((order) => subject.includes(order)));
    expect(new Set(about)).toEqual(new Set(orders));
  }, 180_000);
}

/** Where the machine is too busy for so many at once, some are told to come back; with the same key, as the contract has it. */
async function insist(customer: Customer, items: readonly Line[]): Promise<string> {
  const request = order(items);
  for (;;) {
    const { status, data } = await customer.does<{ orderId: string }>("/api/v1/orders", request);
    if (status === 202) return data.orderId;
    expect([503, 504]).toContain(status);
    await pause(100);
  }
}
