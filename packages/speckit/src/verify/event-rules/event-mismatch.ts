import { descriptionOf } from "../events.ts";
import { type SchemaError, schemaErrors } from "../schema/schema-errors.ts";
import type { EventRule } from "./event-rule.ts";

export const eventMismatch: EventRule = {
  id: "event-mismatch",
  severity: "error",
  title: "Events are as their schemas say",
  why: "Consumers are written from the schema; an event that differs from it ends in their dead-letter queues.",
  fix: "Send the event as the schema says, or correct the schema.",

  *run(recorded, known) {
    for (const event of recorded) {
      const described = descriptionOf(event, known);
      if (!described) continue;
      for (const error of schemaErrors(described.schema, event.value))
        yield {
          message: `'${described.event}' was sent ${saying(error)}.`,
          at: described.at,
          related: [{ message: "recorded here", at: event.at }],
          key: `${described.event} ${error.path.replace(/\[\d+\]/g, "[]")} ${error.message.replace(/^is .*?, (?=and |which )/s, "")}`,
        };
    }
  },
};

function saying({ path, message }: SchemaError): string {
  return path === "" ? `as something that ${message}` : `with ${path}, which ${message}`;
}
