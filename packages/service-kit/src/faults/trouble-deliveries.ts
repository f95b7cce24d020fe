import { setTimeout as pause } from "node:timers/promises";
import type { Bus } from "../bus/bus.ts";

/** Message of a parent process: from now on this share of messages (0 to 1) is doubled, and as many come late and out of order. */
export interface TroubleDeliveries {
  readonly kind: "trouble-deliveries";
  readonly share: number;
}

const longestDelayMs = 300;
let share = 0;

const struck = () => Math.random() < share;

/** A bus that does what its contract allows and a calm server hardly ever does; as good as the bus itself until somebody asks for trouble. */
export function troubled(bus: Bus): Bus {
  return {
    ...bus,
    publish(messages) {
      return bus.publish(share === 0 ? messages : shuffled([...messages, ...messages.filter(struck)]));
    },
    subscribe(subscription) {
      return bus.subscribe({
        ...subscription,
        async handle(delivery) {
          if (struck()) await pause(longestDelayMs * Math.random());
          const copies = struck() ? [delivery, delivery] : [delivery];
          // At the same moment, as two consumers may have it when one is believed to be dead.
          const outcomes = await Promise.allSettled(copies.map((copy) => subscription.handle(copy)));
          for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
        },
      });
    },
  };
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

if (process.env.FAULTS === "on" && process.send) {
  process.on("message", (message: Partial<TroubleDeliveries>) => {
    if (message?.kind === "trouble-deliveries") share = message.share ?? 0;
  });
  process.channel?.unref();
}
