import type { Check } from "../check.ts";
import { eventContractsOf } from "./contracts-of.ts";

export const eventWithoutSchema: Check = {
  id: "event-without-schema",
  area: "events",
  severity: "warning",
  title: "Every event has a schema",
  why: "Consumers have to guess what the event carries, and a change of it can never be seen.",
  fix: "Add a 'schema' with the properties of the message.",

  *run(workspace) {
    for (const { events } of eventContractsOf(workspace)) {
      for (const { event, hasSchema, description, at } of events) {
        if (hasSchema) continue;
        // Words are something that a consumer can start from.
        yield description === undefined
          ? { message: `The event '${event}' has neither a schema nor a description.`, at }
          : { message: `The event '${event}' has no schema, only a description.`, at, severity: "info" };
      }
    }
  },
};
