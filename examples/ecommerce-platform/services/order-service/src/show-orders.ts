import type { Caller } from "@speckit/service-kit";
import type { AskUser } from "./ask-user.ts";
import type { Customer, StoredOrder } from "./store/read-orders.ts";

/** Orders as the contract shows them, each with the customer's name where there is one. */
export type ShowOrders = (orders: readonly StoredOrder[], caller: Caller) => Promise<object[]>;

export function createShowOrders(askUser: AskUser): ShowOrders {
  return async (orders, { token }) => {
    const strangers = new Set(
      orders.filter(({ customer }) => customer === undefined).map(({ userId }) => userId),
    );
    const answers = await Promise.all(
      [...strangers].map(async (userId) => [userId, await askUser(userId, token)] as const),
    );
    const names = new Map(answers);
    return orders.map((order) => showOrder(order, order.customer ?? names.get(order.userId) ?? null));
  };
}

function showOrder(order: StoredOrder, customer: Customer | null): object {
  return {
    ...order,
    customer,
    orderDate: order.orderDate.toISOString(),
    updatedAt: order.updatedAt.toISOString(),
  };
}
