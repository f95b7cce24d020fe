import type { ApiContract, Operation } from "./contract.ts";
import { writtenPathShape } from "./path-shape.ts";
import type { Service } from "./workspace.ts";

type Route = Service["code"]["routes"][number];

/** A route of a service's code, and the operations of its contracts that it answers. */
export interface MatchedRoute {
  readonly route: Route;
  readonly operations: readonly Operation[];
}

/** Pairs operations of a service's contracts with the routes of its code. */
export interface Matching {
  readonly routes: readonly MatchedRoute[];
  /** Every operation that the code should answer; webhooks are answered by consumers. */
  readonly offered: readonly Operation[];
  /** Operations that no route answers. */
  readonly unrouted: readonly Operation[];
}

/**
 * An operation is routed when the code answers at its path, with or without what the contract's servers put before it. A gateway may strip or add
 * a prefix that neither names, so when nothing fits as it is, endings of paths are compared.
 */
export function matchRoutes({ apis, code }: Service): Matching {
  const offered = apis.flatMap((api) =>
    api.operations.filter(({ webhook }) => !webhook).map((operation) => shaped(api, operation)),
  );
  const routes = code.routes.map((route) => ({ route, shape: writtenPathShape(route.path) }));
  const exact = match(offered, routes, (path, shapes) => shapes.includes(path));
  if (exact.routes.some(({ operations }) => operations.length > 0) || offered.length === 0) return exact;
  return match(offered, routes, (path, shapes) =>
    shapes.some((shape) => path !== "" && shape !== "" && (path.endsWith(shape) || shape.endsWith(path))),
  );
}

interface ShapedOperation {
  readonly operation: Operation;
  readonly shapes: readonly string[];
}

function shaped({ basePaths }: ApiContract, operation: Operation): ShapedOperation {
  return { operation, shapes: ["", ...basePaths].map((base) => writtenPathShape(base + operation.path)) };
}

function match(
  offered: readonly ShapedOperation[],
  routes: readonly { readonly route: Route; readonly shape: string }[],
  fits: (path: string, shapes: readonly string[]) => boolean,
): Matching {
  const matched = routes.map(({ route, shape }) => ({
    route,
    operations: offered
      .filter(({ operation: { method } }) => route.method === "ANY" || route.method === method)
      .filter(({ shapes }) => fits(shape, shapes))
      .map(({ operation }) => operation),
  }));
  const routed = new Set(matched.flatMap(({ operations }) => operations));
  const all = offered.map(({ operation }) => operation);
  return { routes: matched, offered: all, unrouted: all.filter((operation) => !routed.has(operation)) };
}
