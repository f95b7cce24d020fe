import type { EventConsumer } from "@speckit/service-kit";
import type { OrderSummary } from "../domain/mail-text.ts";
import type { NotificationTables } from "../store/migrations.ts";
import { keepSummaries } from "../store/order-summaries.ts";

interface OrderCreated {
  readonly orderId: string;
  readonly items: OrderSummary["lines"];
  readonly totalAmount: number;
  readonly currency: string;
  readonly orderDate: string;
}

/** An order was placed: its lines are kept for later mails. */
export function orderCreated(): EventConsumer<NotificationTables, OrderCreated> {
  return {
    eventType: "order.created",
    async prepare(events, trx) {
      const summaries = events.map(({ data: { items, ...order } }) => ({
        ...order,
        lines: items.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice })),
      }));
      await keepSummaries(trx, summaries);
    },
    // All lines were kept at once; there is nothing left to do for each.
    async handle() {},
  };
}
