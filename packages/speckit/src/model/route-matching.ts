import type { NamedPlace } from "./code.ts";
import type { ApiContract, Operation } from "./contract.ts";
import { isOperational } from "./operation-purpose.ts";
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
  /** Handlers that stand among those of operations, and are called after none. */
  readonly stray: readonly NamedPlace[];
}

/**
 * An operation is routed when a handler is called after its operationId, or when the code answers at its path, with or without what the contract's
 * servers put before it. A gateway may strip or add a prefix that neither names, so when nothing fits as it is, endings of paths are compared.
 */
export function matchRoutes(service: Service): Matching {
  const offered = service.apis.flatMap((api) =>
    api.operations.filter(({ webhook }) => !webhook).map((operation) => shaped(api, operation)),
  );
  const handled = matchHandlers(
    service,
    offered.map(({ operation }) => operation),
  );
  const routes = matchPaths(service, offered);
  const routed = new Set([...handled.routes, ...routes].flatMap(({ operations }) => operations));
  const all = offered.map(({ operation }) => operation);
  return {
    routes: [...handled.routes, ...routes],
    offered: all,
    unrouted: all.filter(
      (operation) => !routed.has(operation) && !(handled.bound && isOperational(operation.path)),
    ),
    stray: handled.stray,
  };
}

interface MatchedHandlers {
  readonly routes: readonly MatchedRoute[];
  /** Handlers come by operationId; what binds them to the contract may answer for health and the like itself. */
  readonly bound: boolean;
  readonly stray: readonly NamedPlace[];
}

function matchHandlers({ code }: Service, offered: readonly Operation[]): MatchedHandlers {
  const byName = new Map(
    offered.flatMap((operation) => namesOf(operation).map((name) => [name, operation] as const)),
  );
  const tables = code.handlerTables.map(({ handlers }) => ({
    known: handlers.flatMap(({ name, at }) => {
      const operation = byName.get(name);
      return operation ? [{ operation, at }] : [];
    }),
    others: handlers.filter(({ name }) => !byName.has(name)),
  }));
  return {
    routes: tables.flatMap(({ known }) =>
      known.map(({ operation, at }) => ({
        route: { method: operation.method, path: operation.path, at },
        operations: [operation],
      })),
    ),
    bound: tables.some(({ known }) => known.length > 0),
    // Where most names mean no operation, the object is of something else.
    stray: tables.flatMap(({ known, others }) => (known.length > others.length ? others : [])),
  };
}

/** The operationId; of one that leads into a module, `orders.place_order`, the function's own name too. */
function namesOf({ operationId }: Operation): string[] {
  if (operationId === undefined) return [];
  const last = operationId.split(".").at(-1) ?? "";
  return last === operationId ? [operationId] : [operationId, last];
}

interface ShapedOperation {
  readonly operation: Operation;
  readonly shapes: readonly string[];
}

function shaped({ basePaths }: ApiContract, operation: Operation): ShapedOperation {
  return { operation, shapes: ["", ...basePaths].map((base) => writtenPathShape(base + operation.path)) };
}

function matchPaths({ code }: Service, offered: readonly ShapedOperation[]): MatchedRoute[] {
  const routes = code.routes.map((route) => ({ route, shape: writtenPathShape(route.path) }));
  const exact = match(offered, routes, (path, shapes) => shapes.includes(path));
  if (exact.some(({ operations }) => operations.length > 0) || offered.length === 0) return exact;
  return match(offered, routes, (path, shapes) =>
    shapes.some((shape) => path !== "" && shape !== "" && (path.endsWith(shape) || shape.endsWith(path))),
  );
}

function match(
  offered: readonly ShapedOperation[],
  routes: readonly { readonly route: Route; readonly shape: string }[],
  fits: (path: string, shapes: readonly string[]) => boolean,
): MatchedRoute[] {
  return routes.map(({ route, shape }) => ({
    route,
    operations: offered
      .filter(({ operation: { method } }) => route.method === "ANY" || route.method === method)
      .filter(({ shapes }) => fits(shape, shapes))
      .map(({ operation }) => operation),
  }));
}
