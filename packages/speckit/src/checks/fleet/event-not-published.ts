import type { Severity } from "../../model/finding.ts";
import { serviceFinder } from "../../model/service-names.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { didYouMean, suggester } from "../nearest.ts";
import { isAlone } from "./fleet-view.ts";

export const eventNotPublished: Check = {
  id: "event-not-published",
  area: "events",
  severity: "error",
  title: "Every event that is consumed is published",
  why: "The consumer waits for messages that never come.",
  fix: "Correct the event's name or its source, or add the event to the publisher's spec and contract.",

  *run(workspace) {
    const { services, names, channels } = workspace;
    const find = serviceFinder(services, names);
    const suggest = suggester(
      channels.filter(({ producers }) => producers.length > 0).map(({ event }) => event),
    );
    for (const { event, producers, consumers } of channels) {
      for (const { service, section } of consumers) {
        if (!section) continue;
        const { from, at } = section;
        const source = from === undefined ? undefined : find(from);
        // A source that does not exist is the mistake, and is said elsewhere.
        if (from !== undefined && !source) continue;
        if (producers.length === 0) {
          const who = source ? `${source.name} does not publish it` : "nobody publishes it";
          const severity: Severity = isAlone(workspace) ? "info" : source ? "error" : "warning";
          yield {
            severity,
            message: `${service} consumes '${event}', but ${who}.${didYouMean(suggest(event))}`,
            at,
          };
        } else if (source && !producers.some((producer) => producer.service === source.name)) {
          const actual = listing(producers.map((producer) => producer.service));
          yield {
            severity: "warning",
            message: `${service} consumes '${event}' from ${source.name}, but ${actual} publishes it.`,
            at,
          };
        }
      }
    }
  },
};
