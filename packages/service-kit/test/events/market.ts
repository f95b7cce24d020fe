import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type DomainEvent, type Envelope, readEventContracts } from "../../src/index.ts";

/** A fleet in which order-service tells inventory-service and notification-service of orders. */
const marketFolder = fileURLToPath(new URL("../fixtures/market", import.meta.url));
export const contracts = readEventContracts(marketFolder);

/** What the services of the market keep: which orders they have seen. */
export interface Tables {
  seen: { order_id: string };
}
export const migrations = [{ id: "001-seen", sql: "CREATE TABLE seen (order_id uuid NOT NULL)" }];

export function orderCreated(orderId: string = randomUUID()): DomainEvent {
  return { type: "order.created", data: { orderId, items: [{ sku: "TEA-100", quantity: 2 }] } };
}

/** As it is on the wire. */
export function envelope(
  { type, version = "v1", data }: DomainEvent,
  eventId: string = randomUUID(),
): Envelope {
  return { eventId, eventType: type, eventVersion: version, timestamp: "2026-11-23T10:00:00.000Z", data };
}
