import { randomUUID } from "node:crypto";
import type { Bus, BusMessage, Delivery } from "../../src/index.ts";

export const ofOrder = (orderId: string, topic = "events.order.created"): BusMessage => ({
  id: randomUUID(),
  topic,
  body: { orderId },
  headers: { "x-request-id": `req-${orderId}` },
});
export const ordersOf = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ body }) => (body as { orderId: string }).orderId);
export const collect = async (bus: Bus, consumer = "inventory-service", concurrency = 1) => {
  const deliveries: Delivery[] = [];
  const subscription = await bus.subscribe({
    consumer,
    concurrency,
    handle: async (delivery) => void deliveries.push(delivery),
  });
  return { deliveries, ...subscription };
};
/** Fails with what `errors` say, one for each attempt, and is fine afterwards. */
export const failing = async (bus: Bus, errors: readonly Error[], concurrency = 1) => {
  const attempts: { attempt: number; at: number }[] = [];
  await bus.subscribe({
    consumer: "inventory-service",
    concurrency,
    async handle({ attempt }) {
      attempts.push({ attempt, at: performance.now() });
      const error = errors[attempts.length - 1];
      if (error) throw error;
    },
  });
  return attempts;
};
export const depthOf = async (bus: Bus, consumer = "inventory-service") =>
  (await bus.depths()).find((depth) => depth.consumer === consumer);
