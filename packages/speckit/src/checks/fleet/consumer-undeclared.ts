import { groupBy } from "../../model/group-by.ts";
import type { Place } from "../../model/location.ts";
import { serviceFinder } from "../../model/service-names.ts";
import type { Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { hasServiceSpec, serviceSpecsOf, specsOf } from "./fleet-view.ts";

export const consumerUndeclared: Check = {
  id: "consumer-undeclared",
  area: "consumers",
  severity: "warning",
  title: "Every listed consumer says itself that it consumes the event",
  why: "The publisher counts on a consumer that does not know of the event, so one of the two documents is wrong.",
  fix: "Add the event below 'Events Consumed' in the consumer's spec, or take the consumer off the list.",

  *run({ services, names, channels }) {
    const find = serviceFinder(services, names);
    const consumersOf = new Map(
      channels.map(({ event, consumers }) => [event, new Set(consumers.map(({ service }) => service))]),
    );
    for (const publisher of services) {
      const claims = claimsOf(publisher)
        .filter(({ event, name }) => !consumersOf.get(event)?.has(name))
        .flatMap(({ name, event, at }) => {
          const consumer = find(name);
          const isDenied =
            consumer && hasServiceSpec(consumer) && !consumersOf.get(event)?.has(consumer.name);
          return isDenied ? [{ consumer, event, at }] : [];
        });
      for (const [consumer, group] of groupBy(claims, (claim) => claim.consumer)) {
        const [first] = group;
        if (!first || consumer === publisher) continue;
        const events = [...new Set(group.map(({ event }) => `'${event}'`))];
        yield {
          message: `${publisher.name} lists ${consumer.name} as consumer of ${listing(events)}, but the spec of ${consumer.name} does not say so.`,
          at: first.at,
          related: serviceSpecsOf(consumer)
            .slice(0, 1)
            .map(({ file }) => ({
              message: `the spec of ${consumer.name}`,
              at: { file, line: 1, column: 1 },
            })),
        };
      }
    }
  },
};

/** Whom a publisher names as consumers, its contracts first. */
function claimsOf(publisher: Service): { name: string; event: string; at: Place }[] {
  const claims: { name: string; event: string; at: Place }[] = [];
  for (const { events } of publisher.eventContracts) {
    for (const { event, consumers } of events) {
      for (const { service: name, at } of consumers) claims.push({ name, event, at });
    }
  }
  for (const { publishes } of specsOf(publisher)) {
    for (const { event, consumers } of publishes) {
      for (const { text: name, at } of consumers) claims.push({ name, event, at });
    }
  }
  return claims;
}
