import { nameOf } from "../../model/operation-purpose.ts";
import { matchRoutes } from "../../model/route-matching.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";

export const operationWithoutRoute: Check = {
  id: "operation-without-route",
  area: "api",
  severity: "warning",
  title: "The code answers every operation of the contract",
  why: "Consumers who rely on the contract get a 404.",
  fix: "Add the route, or take the operation out of the contract until it is built.",

  *run({ services }) {
    for (const service of services) {
      const { routes, offered, unrouted: missing } = matchRoutes(service);
      if (routes.length === 0 || missing.length === 0) continue;
      // Most missing: the routes are rather made in a way that is not read.
      if (missing.length * 2 > offered.length && offered.length > 2) {
        const [first] = missing;
        yield {
          severity: "info",
          message: `Of ${offered.length} operations the code of ${service.name} was seen to answer ${offered.length - missing.length}; not ${listing(missing.map(nameOf))}.`,
          at: first?.at ?? { file: service.dir, line: 1, column: 1 },
          service: service.name,
        };
        continue;
      }
      for (const operation of missing)
        yield {
          message: `No route of ${service.name} answers ${nameOf(operation)}.`,
          at: operation.at,
          service: service.name,
        };
    }
  },
};
