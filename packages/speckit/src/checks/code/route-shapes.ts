import type { ApiContract, Operation } from "../../model/contract.ts";
import { writtenPathShape } from "../../model/path-shape.ts";
import type { Service } from "../../model/workspace.ts";

type Route = Service["code"]["routes"][number];

/** Pairs operations of a service's contracts with the routes of its code. */
export interface Matching {
  readonly operations: readonly { readonly operation: Operation; readonly isRouted: boolean }[];
  readonly routes: readonly { readonly route: Route; readonly isDescribed: boolean }[];
}

/**
 * An operation is routed when the code answers at its path, with or without what the contract's servers put before it. A gateway may strip or add
 * a prefix that neither names, so when nothing fits as it is, endings of paths are compared.
 */
export function matchRoutes({ apis, code }: Service): Matching {
  const operations = apis.flatMap((api) =>
    api.operations.filter(({ webhook }) => !webhook).map((operation) => ({ api, operation })),
  );
  const exact = match(operations, code.routes, (path, shapes) => shapes.includes(path));
  if (exact.operations.some(({ isRouted }) => isRouted) || operations.length === 0) return exact;
  return match(operations, code.routes, (path, shapes) =>
    shapes.some((shape) => path !== "" && shape !== "" && (path.endsWith(shape) || shape.endsWith(path))),
  );
}

function match(
  operations: readonly { readonly api: ApiContract; readonly operation: Operation }[],
  routes: readonly Route[],
  fits: (path: string, shapes: readonly string[]) => boolean,
): Matching {
  const described = operations.map(({ api, operation }) => ({
    operation,
    shapes: ["", ...api.basePaths].map((base) => writtenPathShape(base + operation.path)),
  }));
  const isSame = (route: Route, { operation, shapes }: (typeof described)[number]) =>
    (route.method === "ANY" || route.method === operation.method) &&
    fits(writtenPathShape(route.path), shapes);
  return {
    operations: described.map((one) => ({
      operation: one.operation,
      isRouted: routes.some((route) => isSame(route, one)),
    })),
    routes: routes.map((route) => ({ route, isDescribed: described.some((one) => isSame(route, one)) })),
  };
}
