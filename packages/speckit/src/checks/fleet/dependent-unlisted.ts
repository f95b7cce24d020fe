import { groupBy } from "../../model/group-by.ts";
import { serviceFinder } from "../../model/service-names.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { specsOf } from "./fleet-view.ts";

export const dependentUnlisted: Check = {
  id: "dependent-unlisted",
  area: "dependencies",
  severity: "warning",
  title: "Every service that calls another one stands in that one's table of downstream services",
  why: "Whoever changes the service asks those in its table, and the one that is not there breaks.",
  fix: "Add the service to the table of downstream services.",

  *run({ services, names, edges }) {
    const find = serviceFinder(services, names);
    const callers = groupBy(
      edges.filter(({ kind }) => kind === "calls"),
      ({ to }) => to,
    );
    for (const service of services) {
      const rows = specsOf(service).flatMap(({ downstream }) => downstream);
      const [first] = rows;
      // A row such as "all services" names everybody.
      if (!first || rows.some((row) => /^\W*(?:all|any|every|most|other)\b/i.test(row.service))) continue;
      const named = new Set(rows.map((row) => find(row.service)?.name));
      const missing = (callers.get(service.name) ?? []).filter(({ from }) => !named.has(from));
      if (missing.length === 0) continue;
      yield {
        message: `The table of downstream services of ${service.name} lacks ${listing(missing.map(({ from }) => from))}.`,
        at: first.at,
        related: missing.flatMap(({ from, evidence }) =>
          evidence.slice(0, 1).map(({ at }) => ({ message: `${from} depends on ${service.name}`, at })),
        ),
      };
    }
  },
};
