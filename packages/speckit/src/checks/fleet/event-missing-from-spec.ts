import type { Check } from "../check.ts";
import { serviceSpecsOf } from "./fleet-view.ts";

export const eventMissingFromSpec: Check = {
  id: "event-missing-from-spec",
  area: "events",
  severity: "warning",
  title: "Every event of a contract is in the service's spec",
  why: "Nobody can say when the event is published and what for, so nobody dares to change it.",
  fix: "Describe the event below 'Events Published' in the spec, or remove it from the contract.",

  *run({ services }) {
    for (const service of services) {
      const specs = serviceSpecsOf(service);
      if (specs.length === 0) continue;
      const described = new Set(specs.flatMap(({ publishes }) => publishes.map(({ event }) => event)));
      const reported = new Set<string>();
      for (const { event, at } of service.eventContracts.flatMap(({ events }) => events)) {
        if (described.has(event) || reported.has(event)) continue;
        reported.add(event);
        yield {
          // A spec that lists no event at all leaves them to the contract.
          severity: described.size > 0 ? "warning" : "info",
          message: `The contract of ${service.name} publishes '${event}', which no spec of it mentions.`,
          at,
          related: specs
            .slice(0, 1)
            .map(({ file }) => ({ message: "the spec", at: { file, line: 1, column: 1 } })),
        };
      }
    }
  },
};
