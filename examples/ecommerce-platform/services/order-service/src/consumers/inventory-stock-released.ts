import type { OrderStore } from "../store/orders.ts";
import { onStock, type StockConsumer } from "./on-stock.ts";

interface StockReleased {
  readonly orderId: string;
}

/** The reservation ended without a sale: the order becomes rejected, if it is still pending. */
export function inventoryStockReleased(orders: OrderStore): StockConsumer<StockReleased> {
  const { prepare, handle } = onStock(orders, () => ({ kind: "stock-released" }));
  return { eventType: "inventory.stock.released", prepare, handle };
}
