import { randomUUID } from "node:crypto";
import { type Delivery, type Envelope, startConsumers, topicOf } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { orderConsumers } from "../../src/app.ts";
import { ada, contracts, openShop, reservationId, type Shop } from "./shop.ts";

/** The data of each event that order-service consumes, as its producer sends it. */
export const eventData = {
  "user.profile.created": {
    userId: ada.userId,
    email: "ada@lovelace.example",
    firstName: "Ada",
    lastName: "Byron",
    accountEmail: ada.email,
    profileVersion: 1,
  },
  "user.profile.updated": {
    userId: ada.userId,
    email: "ada@lovelace.example",
    firstName: "Ada",
    lastName: "Lovelace",
    status: "active",
    profileVersion: 2,
  },
  "inventory.stock.reserved": {
    orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
    reservationId,
    items: [{ sku: "TEA-100", quantity: 2 }],
    expiresAt: "2099-01-01T00:00:00Z",
  },
  "inventory.stock.rejected": {
    orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
    reason: "insufficient-stock",
    unavailableItems: [{ sku: "TEA-100", requested: 2, available: 1 }],
  },
  "inventory.stock.released": {
    orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
    reservationId,
    items: [{ sku: "TEA-100", quantity: 2 }],
    reason: "expired",
    releasedAt: "2026-11-23T10:25:00Z",
  },
} as const;

export type ConsumedEvent = keyof typeof eventData;

/** An event of another service, with some of its data said otherwise. */
export function event(eventType: ConsumedEvent, data: object = {}): Envelope {
  return {
    eventId: randomUUID(),
    eventType,
    eventVersion: "v1",
    timestamp: "2026-11-23T10:10:01Z",
    data: { ...eventData[eventType], ...data },
  };
}

/** The consumers of order-service on a real database. Each delivery is handled when `deliver` resolves; there is no bus. */
export async function openConsumers(): Promise<
  Shop & { deliver(envelope: Envelope): Promise<void>; close(): Promise<void> }
> {
  const { database, orders } = await openShop();
  let handle: ((delivery: Delivery) => Promise<void>) | undefined;
  const running = await startConsumers({
    service: "order-service",
    database,
    bus: {
      async subscribe(subscription) {
        handle = subscription.handle;
        return { stop: async () => {} };
      },
    },
    contracts,
    consumers: orderConsumers(orders),
    log: silentLog(),
    metrics: testMetrics(),
  });
  return {
    database,
    orders,
    async deliver(envelope) {
      const topic = topicOf(envelope.eventType);
      await handle?.({ id: envelope.eventId, topic, body: envelope, headers: {}, attempt: 1 });
    },
    async close() {
      await running.stop();
      await database.close();
    },
  };
}
