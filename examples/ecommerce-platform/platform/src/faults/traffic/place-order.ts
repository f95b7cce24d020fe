import { randomUUID } from "node:crypto";
import { type Customer, expectStatus } from "./customer.ts";
import type { Ledger, Line } from "./ledger.ts";

/** Sends an order until it is accepted, or as many copies of it at once, all under one key; returns its id. */
export async function placeOrder(
  ledger: Ledger,
  customer: Customer,
  lines: readonly Line[],
  copies = 1,
): Promise<string> {
  const key = randomUUID();
  const ordered = { customer, lines, orderIds: new Set<string>(), cancelled: false };
  ledger.orders.set(key, ordered);
  const place = async () => {
    const answer = await customer.ask<{ orderId: string }>({
      method: "POST",
      path: "/api/v1/orders",
      key,
      body: { items: lines },
    });
    expectStatus(answer, [202], "an order");
    ordered.orderIds.add(answer.data.orderId);
    return answer.data.orderId;
  };
  const [orderId = ""] = await Promise.all(Array.from({ length: copies }, place));
  return orderId;
}

/** Places an order and cancels it at once, which succeeds unless it is settled before. */
export async function placeAndCancelOrder(
  ledger: Ledger,
  customer: Customer,
  lines: readonly Line[],
): Promise<void> {
  const orderId = await placeOrder(ledger, customer, lines);
  const answer = await customer.ask({ method: "POST", path: `/api/v1/orders/${orderId}/cancel` });
  expectStatus(answer, [200, 409], "a cancellation");
  for (const ordered of ledger.orders.values()) {
    if (ordered.orderIds.has(orderId)) ordered.cancelled = answer.status === 200;
  }
}
