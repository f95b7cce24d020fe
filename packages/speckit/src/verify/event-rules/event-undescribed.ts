import { descriptionOf, typeOfEvent } from "../events.ts";
import type { EventRule } from "./event-rule.ts";

export const eventUndescribed: EventRule = {
  id: "event-undescribed",
  severity: "error",
  title: "Every event that is sent is described",
  why: "What no contract describes nobody can receive safely, and no check sees it change.",
  fix: "Describe the event in a contract of the service that sends it, or correct its eventType.",

  *run(recorded, known) {
    for (const event of recorded) {
      if (descriptionOf(event, known)) continue;
      const named = typeOfEvent(event);
      yield {
        message: named
          ? `'${named.event}' was sent, and no contract describes it.`
          : "A message was sent that does not say by eventType which event it is.",
        at: event.at,
      };
    }
  },
};
