import type { EventSection } from "../../model/spec.ts";
import { open, plain } from "../setup/plain.ts";
import { schemaOfField } from "./known-fields.ts";

/** A contract of events in the microservices form, from what the specification says of each. */
export function eventSkeletons(sections: readonly EventSection[]): string {
  return `${JSON.stringify({ events: sections.map(eventOf) }, null, 2)}\n`;
}

function eventOf({ event, trigger, payload, consumers }: EventSection) {
  const version = /\.(v\d+)$/.exec(event)?.[1] ?? "v1";
  const when =
    trigger && !trigger.includes("[NEEDS") ? plain(trigger, 300).replace(/^When\b/, "when") : undefined;
  return {
    eventType: event,
    version,
    description: when ? `Published ${when}` : open(`When is ${event} published?`),
    schema: {
      type: "object",
      required: ["eventId", "eventType", "eventVersion", "timestamp", "data"],
      properties: {
        eventId: { type: "string", format: "uuid" },
        eventType: { type: "string", const: event },
        eventVersion: { type: "string", const: version },
        timestamp: { type: "string", format: "date-time" },
        data: dataOf(event, payload),
      },
    },
    consumers: consumers.map(({ text }) => text).filter((name) => /^[\w.-]+$/.test(name)),
  };
}

function dataOf(event: string, payload: EventSection["payload"]) {
  const listed = (payload ?? []).flatMap(({ text }) => /^`?([A-Za-z_$][\w$-]*)/.exec(text.trim())?.[1] ?? []);
  const names = [...new Set(listed)];
  if (names.length === 0)
    return { type: "object", description: open(`Which properties does ${event} carry?`) };
  return {
    type: "object",
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, schemaOfField(name)])),
  };
}
