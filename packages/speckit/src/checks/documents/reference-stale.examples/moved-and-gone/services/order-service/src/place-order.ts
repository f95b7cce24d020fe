import { randomUUID } from "node:crypto";

/** Places an order, or says why not. */
export function placeOrder(sku: string, quantity: number) {
  return quantity > 0 ? { id: randomUUID(), sku, quantity } : undefined;
}
