import type { EventConsumer } from "@speckit/service-kit";
import type { Happening } from "../domain/order-status.ts";
import type { OrderTables } from "../store/migrations.ts";
import type { OrderStore, Taken } from "../store/orders.ts";

interface AboutOrder {
  readonly orderId: string;
}

export type StockConsumer<Data extends AboutOrder> = EventConsumer<OrderTables, Data, Taken[]>;

/** What inventory-service tells of an order's stock moves the order on. Events that come together change their orders in one statement. */
export function onStock<Data extends AboutOrder>(
  orders: OrderStore,
  happeningOf: (data: Data) => Happening,
): Required<Pick<StockConsumer<Data>, "prepare" | "handle">> {
  return {
    async prepare(events, trx) {
      const happenings = events.map(({ data }) => ({ orderId: data.orderId, happening: happeningOf(data) }));
      return [...(await orders.changeMany(trx, happenings))];
    },
    async handle({ data: { orderId } }, trx, steps) {
      const index = steps.findIndex(({ owner }) => owner.orderId === orderId.toLowerCase());
      // Two events about one order can come together; each step is told of once.
      for (const taken of index < 0 ? [] : steps.splice(index, 1)) await orders.tell(trx, taken);
    },
  };
}
