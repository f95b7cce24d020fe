import type { Happening } from "../domain/order-status.ts";
import type { OrderStore } from "../store/orders.ts";
import { onStock, type StockConsumer } from "./on-stock.ts";

interface StockRejected {
  readonly orderId: string;
  readonly reason: Extract<Happening, { kind: "stock-rejected" }>["reason"];
}

/** The items cannot all be had: a pending order becomes rejected, a confirmed one whose stock is lost becomes cancelled. */
export function inventoryStockRejected(orders: OrderStore): StockConsumer<StockRejected> {
  const { prepare, handle } = onStock<StockRejected>(orders, ({ reason }) => ({
    kind: "stock-rejected",
    reason,
  }));
  return { eventType: "inventory.stock.rejected", prepare, handle };
}
