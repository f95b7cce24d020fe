import { isOperational } from "../../model/operation-purpose.ts";
import { matchRoutes } from "../../model/route-matching.ts";
import type { Check } from "../check.ts";

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
      const { routes, stray } = matchRoutes(service);
      // Where no route at all is described, the contract is of something else.
      if (routes.every(({ operations }) => operations.length === 0)) continue;
      for (const { name, at } of stray)
        yield {
          message: `${service.name} has a handler '${name}', and its contract no operation of that name.`,
          at,
          service: service.name,
          fix: "Correct the name to the operationId that it is meant for, or describe the operation in the contract.",
        };
      for (const { route, operations } of routes) {
        const { method, path, at } = route;
        if (operations.length > 0 || isOperational(path) || /\{rest\}$|\*/.test(path)) continue;
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
