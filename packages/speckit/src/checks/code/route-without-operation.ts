import { isOperational } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { matchRoutes } from "./route-shapes.ts";

export const routeWithoutOperation: Check = {
  id: "route-without-operation",
  area: "api",
  severity: "warning",
  title: "The contract describes every route of the code",
  why: "What no contract describes nobody can rely on, and no check sees it change.",
  fix: "Describe the route in the contract, or remove it.",

  *run({ services }) {
    for (const service of services) {
      if (service.apis.length === 0) continue;
      const { routes } = matchRoutes(service);
      // Where no route at all is described, the contract is of something else.
      if (!routes.some(({ isDescribed }) => isDescribed)) continue;
      for (const { route, isDescribed } of routes) {
        const { method, path, at } = route;
        if (isDescribed || isOperational(path) || /\{rest\}$|\*/.test(path)) continue;
        if (method === "OPTIONS" || method === "HEAD") continue;
        const name = method === "ANY" ? path : `${method} ${path}`;
        yield {
          message: `${service.name} answers ${name}, which its contract does not describe.`,
          at,
          service: service.name,
        };
      }
    }
  },
};
