import type { Check } from "../check.ts";
import { specsOf } from "./documents-of.ts";

export const eventWithoutIdempotency: Check = {
  id: "event-without-idempotency",
  area: "content",
  severity: "warning",
  title: "Every consumed event says how a second delivery is recognised",
  why: "Message buses deliver at least once: without this the same event takes effect twice.",
  fix: "Add '**Idempotency:**' with what tells a second delivery from the first, such as the id of the event.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { consumes } of specsOf(workspace)) {
      for (const { event, idempotency, at } of consumes) {
        if (idempotency === undefined) {
          yield { message: `It is not said what happens when '${event}' is delivered twice.`, at };
        }
      }
    }
  },
};
