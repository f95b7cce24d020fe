import type { Database } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OrderTables } from "../../src/store/migrations.ts";
import type { OrderStore } from "../../src/store/orders.ts";
import { findOrder, type ListPlace, listOrdersOf } from "../../src/store/read-orders.ts";
import { rememberUser } from "../../src/store/user-cache.ts";
import { ada, grace, openShop, pendingOrder } from "../support/shop.ts";

let database: Database<OrderTables>;
let orders: OrderStore;

beforeAll(async () => {
  ({ database, orders } = await openShop());
});
afterAll(() => database.close());

describe("P6: Order Reading, pages", () => {
  test("orders come newest first, each once, also where several were placed in the same millisecond", async () => {
    const moments = [1, 3, 2, 2, 2, 4].map((second) => new Date(`2026-11-23T10:10:0${second}Z`));
    const placed = await Promise.all(
      moments.map(async (orderDate) => ({
        orderDate,
        orderId: await pendingOrder({ database, orders }, { orderDate }),
      })),
    );
    await pendingOrder({ database, orders }, { customer: grace });

    const read: ListPlace[] = [];
    for (let after: ListPlace | undefined; ; after = read.at(-1)) {
      const page = await listOrdersOf(database.db, ada.userId, { after, limit: 2 });
      if (page.length === 0) break;
      read.push(...page.map(({ orderDate, orderId }) => ({ orderDate, orderId })));
    }

    const newestFirst = placed.toSorted(
      (one, other) =>
        other.orderDate.getTime() - one.orderDate.getTime() || (one.orderId < other.orderId ? 1 : -1),
    );
    expect(read).toEqual(newestFirst);
  });
});

describe("P6: Order Reading, names", () => {
  test.each([
    { given: "nothing was heard of", names: undefined, customer: undefined },
    {
      given: "the cache knows",
      names: { firstName: "Grace", lastName: "Hopper" },
      customer: { firstName: "Grace", lastName: "Hopper" },
    },
    { given: "deleted the profile", names: { firstName: null, lastName: null }, customer: null },
  ])("the customer whom $given is shown as $customer", async ({ names, customer }) => {
    await database.pool.query("TRUNCATE user_cache");
    if (names) await rememberUser(database.db, { ...names, userId: grace.userId, profileVersion: 1 });
    const orderId = await pendingOrder({ database, orders }, { customer: grace });

    expect((await findOrder(database.db, orderId))?.customer).toEqual(customer);
  });
});
