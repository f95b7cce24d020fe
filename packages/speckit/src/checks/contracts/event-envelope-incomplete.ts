import type { EventField, EventType } from "../../model/contract.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { eventContractsOf } from "./contracts-of.ts";

/** What a message needs around its data, each under the names that it goes by; CloudEvents has its own. */
const parts: Readonly<Record<string, RegExp>> = {
  eventId: /^(?:event|message)?_?id$/i,
  eventType: /^(?:(?:event|message)_?)?(?:type|name)$|^event$/i,
  eventVersion: /^(?:(?:event|schema|spec|data)_?)?version$|^dataschema$/i,
  timestamp:
    /^(?:timestamp|time|(?:event_?)?(?:time|date)|(?:occurred|emitted|published|created|sent)_?(?:at|on))$/i,
  data: /^(?:data|payload|body|detail)$/i,
};
/** An object that may hold any of them. */
const holder = /^(?:meta_?data|meta|headers?|envelope|attributes)$/i;

export const eventEnvelopeIncomplete: Check = {
  id: "event-envelope-incomplete",
  area: "events",
  severity: "warning",
  title: "Every event has an id, a type, a version, a time and its data",
  why: "Consumers recognise repeated, old and unknown messages by these, so they have to be in every message.",
  fix: "Add the missing properties to the schema, or refer to the envelope that your events share.",

  *run(workspace) {
    for (const { events } of eventContractsOf(workspace)) {
      for (const type of events) {
        const missing = missingParts(type);
        if (missing.length === 0) continue;
        // A schema without any of them describes the data alone; how it travels is said elsewhere, if at all.
        const isBare = missing.length >= Object.keys(parts).length - 1;
        yield {
          severity: isBare ? "info" : "warning",
          message: `The messages of '${type.event}' have no ${listing(missing, 5)}.`,
          at: { ...type.at, pointer: `${type.at.pointer}/schema` },
        };
      }
    }
  },
};

function missingParts({ envelope }: EventType): string[] {
  if (!envelope || Object.keys(parts).every((part) => envelope.some(({ name }) => name === part))) return [];
  if (envelope.some(({ name }) => holder.test(name))) return [];
  const has = (pattern: RegExp) => envelope.some(({ name }: EventField) => pattern.test(name));
  return Object.entries(parts).flatMap(([name, pattern]) => (has(pattern) ? [] : [name]));
}
