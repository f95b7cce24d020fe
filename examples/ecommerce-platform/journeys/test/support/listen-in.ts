import { removeRabbitBus } from "@speckit/service-kit";
import { busOfShop, eventContracts } from "./bus-of-shop.ts";
import type { Shop } from "./open-shop.ts";

export interface HeardEvent {
  readonly eventId: string;
  readonly eventType: string;
}

export interface Listener {
  /** All events that went over the bus since, as they were published. */
  readonly heard: readonly HeardEvent[];
  stop(): Promise<void>;
}

/** Gets a copy of every event of a shop. */
export async function listenIn(shop: Shop): Promise<Listener> {
  const heard: HeardEvent[] = [];
  const ear = { consumer: "journeys", topics: eventContracts.events.map(({ topic }) => topic) };
  const bus = await busOfShop(shop, [ear]);
  await bus.subscribe({
    consumer: ear.consumer,
    concurrency: 1,
    handle: async ({ body }) => void heard.push(body as HeardEvent),
  });
  return {
    heard,
    async stop() {
      await bus.close();
      const { AMQP_URL: url, PLATFORM_PREFIX: prefix = "" } = shop.place.environment;
      if (url) await removeRabbitBus({ url, prefix, topology: [ear] });
    },
  };
}
