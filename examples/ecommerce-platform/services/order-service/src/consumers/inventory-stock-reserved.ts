import type { OrderStore } from "../store/orders.ts";
import { onStock, type StockConsumer } from "./on-stock.ts";

interface StockReserved {
  readonly orderId: string;
  readonly reservationId: string;
  readonly expiresAt: string;
}

/** All items are reserved: the order becomes confirmed, if it is pending and the reservation still holds. */
export function inventoryStockReserved(orders: OrderStore): StockConsumer<StockReserved> {
  const { prepare, handle } = onStock<StockReserved>(orders, ({ reservationId, expiresAt }) => ({
    kind: "stock-reserved",
    reservationId,
    expiresAt,
  }));
  return { eventType: "inventory.stock.reserved", prepare, handle };
}
