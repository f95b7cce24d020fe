import type { Check } from "../check.ts";
import { specsOf } from "./documents-of.ts";

export const eventWithoutErrorHandling: Check = {
  id: "event-without-error-handling",
  area: "content",
  severity: "warning",
  title: "Every consumed event says what happens when it cannot be processed",
  why: "An event that fails and is neither retried nor set aside is lost, or blocks all that follow.",
  fix: "Add '**Error Handling:**' with the number of retries and where the event goes afterwards.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { consumes } of specsOf(workspace)) {
      for (const { event, errorHandling, at } of consumes) {
        if (errorHandling === undefined) {
          yield { message: `It is not said what happens when '${event}' cannot be processed.`, at };
        }
      }
    }
  },
};
