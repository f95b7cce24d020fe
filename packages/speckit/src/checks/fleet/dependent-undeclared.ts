import { serviceFinder } from "../../model/service-names.ts";
import type { Check } from "../check.ts";
import { serviceSpecsOf, specsOf } from "./fleet-view.ts";

export const dependentUndeclared: Check = {
  id: "dependent-undeclared",
  area: "dependencies",
  severity: "warning",
  title: "Every service named downstream says that it depends on this one",
  why: "One of the two documents is out of date, and nobody can tell whom a change would reach.",
  fix: "Add this service to the other's table of upstream services, or remove the row.",

  *run({ services, names, edges }) {
    const find = serviceFinder(services, names);
    const dependencies = new Set(edges.map(({ from, to }) => `${from} → ${to}`));
    for (const service of services) {
      for (const { service: name, at } of specsOf(service).flatMap(({ downstream }) => downstream)) {
        const dependent = find(name);
        if (!dependent || dependent === service || dependencies.has(`${dependent.name} → ${service.name}`))
          continue;
        const [spec] = serviceSpecsOf(dependent);
        if (!spec) continue;
        yield {
          message: `${service.name} names ${dependent.name} downstream, but the spec of ${dependent.name} neither names ${service.name} upstream nor consumes an event of it.`,
          at,
          related: [
            { message: `the spec of ${dependent.name}`, at: { file: spec.file, line: 1, column: 1 } },
          ],
        };
      }
    }
  },
};
