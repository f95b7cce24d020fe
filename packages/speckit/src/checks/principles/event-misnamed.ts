import type { Place } from "../../model/location.ts";
import type { Channel } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { eventNamePattern } from "./event-name-pattern.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

export const eventMisnamed: Check = {
  id: "event-misnamed",
  area: "principles",
  severity: "warning",
  title: "Every event is named as the constitution says",
  why: "Consumers subscribe by patterns and find events by their names; one that is named otherwise is overlooked.",
  fix: "Publish the event under a name of the agreed form, beside the old one until no consumer listens to that any more.",

  *run(workspace) {
    const principles = principlesOf(workspace, "event-naming");
    const [principle] = principles;
    if (!principle) return;
    const tests = principles.map(({ pattern }) => eventNamePattern(pattern));
    const wanted = principles.map(({ pattern }) => `'${pattern}'`).join(" or ");
    for (const channel of workspace.channels) {
      const at = placeOf(channel);
      if (!at || tests.some((keeps) => keeps(channel.event))) continue;
      yield {
        message: `The event '${channel.event}' is not named as ${wanted}.`,
        at,
        related: [statementOf(principle)],
      };
    }
  },
};

/** Where the name is given by whoever publishes the event; what others call it follows from that. */
function placeOf({ types, producers }: Channel): Place | undefined {
  const [type] = types;
  if (type) return { ...type.type.at, pointer: `${type.type.at.pointer}/eventType` };
  return producers[0]?.evidence[0]?.at;
}
