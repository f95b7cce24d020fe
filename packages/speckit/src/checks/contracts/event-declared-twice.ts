import { groupBy } from "../../model/group-by.ts";
import type { Check } from "../check.ts";

export const eventDeclaredTwice: Check = {
  id: "event-declared-twice",
  area: "events",
  severity: "error",
  title: "No service declares the same version of an event twice",
  why: "Consumers cannot know which of the two is true, and tools read only one of them.",
  fix: "Keep one of the two; give the other another version or another name.",

  *run({ services }) {
    for (const { name, eventContracts } of services) {
      const types = eventContracts.flatMap(({ events }) => events);
      for (const [first, ...others] of groupBy(
        types,
        ({ event, version }) => `${event} ${version}`,
      ).values()) {
        if (!first) continue;
        for (const { event, version, at } of others) {
          yield {
            // Another file may be a bundle or a copy of the first.
            severity: at.file === first.at.file ? "error" : "warning",
            message: `${name} declares '${event}'${version === undefined ? "" : ` in version '${version}'`} twice.`,
            at,
            related: [{ message: "declared first here", at: first.at }],
          };
        }
      }
    }
  },
};
