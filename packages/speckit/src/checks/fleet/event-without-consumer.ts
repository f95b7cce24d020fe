import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { hasServiceSpec } from "./fleet-view.ts";

export const eventWithoutConsumer: Check = {
  id: "event-without-consumer",
  area: "consumers",
  severity: "warning",
  title: "Every published event has a consumer",
  why: "An event that nobody receives is either dead code or a consumer that was forgotten.",
  fix: "Add the event to the spec of the service that needs it, or stop publishing it.",

  *run({ services, channels }) {
    // Who consumes what stands in specs: before the first one exists nothing is known about it.
    if (!services.some(hasServiceSpec)) return;
    for (const { event, producers, consumers, listed } of channels) {
      const [first] = producers.flatMap(({ evidence }) => evidence);
      if (!first || consumers.length > 0 || listed.length > 0) continue;
      const who = listing(producers.map(({ service }) => service));
      yield { message: `No service consumes '${event}', which ${who} publishes.`, at: first.at };
    }
  },
};
