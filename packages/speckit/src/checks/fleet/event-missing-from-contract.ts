import type { Check } from "../check.ts";
import { specsOf } from "./fleet-view.ts";

export const eventMissingFromContract: Check = {
  id: "event-missing-from-contract",
  area: "events",
  severity: "warning",
  title: "Every event of a spec is in the service's contract",
  why: "Consumers build against the contract, and there the event does not exist.",
  fix: "Add the event to the contract, or take it out of the spec.",

  *run({ services, sharedContracts }) {
    const shared = new Set(
      sharedContracts.flatMap((contract) =>
        contract.kind === "events" ? contract.events.map(({ event }) => event) : [],
      ),
    );
    for (const service of services) {
      // Specs come first: a service without any contract has simply not got that far.
      if (service.eventContracts.length === 0 && service.apis.length === 0) continue;
      const types = new Set(service.eventContracts.flatMap(({ events }) => events.map(({ event }) => event)));
      for (const { publishes } of specsOf(service)) {
        for (const { event, at } of publishes) {
          if (types.has(event) || shared.has(event)) continue;
          yield {
            message: `The spec of ${service.name} publishes '${event}', which no contract of it has.`,
            at,
          };
        }
      }
    }
  },
};
