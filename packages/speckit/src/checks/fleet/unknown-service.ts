import { groupBy } from "../../model/group-by.ts";
import type { Location } from "../../model/location.ts";
import { serviceFinder } from "../../model/service-names.ts";
import type { Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { didYouMean, suggester } from "../nearest.ts";
import { fleetNaming, isAlone, specsOf } from "./fleet-view.ts";

export const unknownService: Check = {
  id: "unknown-service",
  area: "dependencies",
  severity: "error",
  title: "All dependencies exist",
  why: "The service relies on something that nobody here builds or runs.",
  fix: "Correct the name, or add the service with a spec of its own; mark a system of somebody else as external.",

  *run(workspace) {
    const { services, names } = workspace;
    const find = serviceFinder(services, names);
    const isOurs = fleetNaming(workspace);
    const suggest = suggester(services.map(({ name }) => name));
    for (const service of services) {
      const unknown = namedBy(service).filter(({ name }) => !find(name));
      for (const [name, [first, ...others]] of groupBy(unknown, (mention) => mention.name)) {
        const suggestion = suggest(name);
        if (!first || (suggestion === undefined && !isOurs(name))) continue;
        const where = isAlone(workspace) ? "is not in this repository" : "does not exist";
        yield {
          severity: isAlone(workspace) ? "info" : "error",
          message: `${service.name} depends on '${name}', which ${where}.${didYouMean(suggestion)}`,
          at: first.at,
          related: others.map(({ at }) => ({ message: "named here too", at })),
        };
      }
    }
  },
};

function namedBy(service: Service): { name: string; at: Location }[] {
  return specsOf(service).flatMap(({ upstream, consumes }) => [
    ...upstream.map(({ service: name, at }) => ({ name, at })),
    ...consumes.flatMap(({ from, at }) => (from === undefined ? [] : [{ name: from, at }])),
  ]);
}
