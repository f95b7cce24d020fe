import { expect, test } from "vitest";
import { createShowOrders } from "../src/show-orders.ts";
import type { Customer, StoredOrder } from "../src/store/read-orders.ts";
import { ada, grace } from "./support/shop.ts";

const caller = { ...ada, roles: ["administrator"], sessionId: "s-1", token: "token-of-ada" };

const order: StoredOrder = {
  orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
  userId: ada.userId,
  status: "confirmed",
  reason: null,
  items: [{ sku: "TEA-100", quantity: 2, unitPrice: 450 }],
  totalAmount: 900,
  currency: "EUR",
  orderDate: new Date("2026-11-23T10:10:00Z"),
  updatedAt: new Date("2026-11-23T10:10:01Z"),
  customer: undefined,
};

function usersWith(names: Record<string, Customer>) {
  const asked: string[] = [];
  const show = createShowOrders(async (userId, token) => {
    asked.push(`${userId} with ${token}`);
    return names[userId] ?? null;
  });
  return { show, asked };
}

test("P6: Order Reading: an order is shown as the contract says", async () => {
  const { show } = usersWith({});

  expect(await show([order], caller)).toEqual([
    {
      ...order,
      customer: null,
      orderDate: "2026-11-23T10:10:00.000Z",
      updatedAt: "2026-11-23T10:10:01.000Z",
    },
  ]);
});

test.each([
  {
    given: "names that are known",
    customer: { firstName: "Ada", lastName: "Byron" },
    shown: { firstName: "Ada", lastName: "Byron" },
    asks: 0,
  },
  { given: "a deleted profile", customer: null, shown: null, asks: 0 },
  {
    given: "a user of whom nothing was heard",
    customer: undefined,
    shown: { firstName: "Ada", lastName: "Lovelace" },
    asks: 1,
  },
])("Failure mode: No copy of a user's names: $given leads to $asks questions", async ({
  customer,
  shown,
  asks,
}) => {
  const { show, asked } = usersWith({ [ada.userId]: { firstName: "Ada", lastName: "Lovelace" } });

  expect(await show([{ ...order, customer }], caller)).toMatchObject([{ customer: shown }]);
  expect(asked).toHaveLength(asks);
});

test("a page asks once for each user of whom nothing was heard, with the caller's token", async () => {
  const { show, asked } = usersWith({ [ada.userId]: { firstName: "Ada", lastName: "Lovelace" } });

  const shown = await show([order, order, { ...order, userId: grace.userId }], caller);

  expect(shown.map((one) => (one as { customer: unknown }).customer)).toEqual([
    { firstName: "Ada", lastName: "Lovelace" },
    { firstName: "Ada", lastName: "Lovelace" },
    null,
  ]);
  expect(asked).toEqual([`${ada.userId} with token-of-ada`, `${grace.userId} with token-of-ada`]);
});
