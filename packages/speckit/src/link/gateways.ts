import type { Operation } from "../model/contract.ts";
import { isOperational } from "../model/operation-purpose.ts";
import { writtenPathShape } from "../model/path-shape.ts";
import { normalise } from "../model/service-names.ts";
import type { Service } from "../model/workspace.ts";

const gatewayName = /(?:^|-)(?:gateway|gw|bff|edge|proxy)(?:-|$)/;

/** An operation of a gateway, and the one behind it. */
export interface Forwarding {
  readonly to: string;
  readonly offered: Operation;
  readonly behind: Operation;
}

/**
 * What a service that is called a gateway passes on: operations that it offers under the method and path of one other service. What several
 * offer, such as health, is its own.
 */
export function forwardingsOf(gateway: Service, services: readonly Service[]): Forwarding[] {
  if (!gatewayName.test(normalise(gateway.name))) return [];
  const behind = new Map<string, { to: string; operation: Operation } | undefined>();
  for (const { name, apis } of services) {
    if (name === gateway.name) continue;
    for (const [key, operation] of operationsByKey(apis)) {
      const known = behind.get(key);
      behind.set(key, behind.has(key) && known?.to !== name ? undefined : { to: name, operation });
    }
  }
  return [...operationsByKey(gateway.apis)].flatMap(([key, offered]) => {
    const found = isOperational(offered.path) ? undefined : behind.get(key);
    return found ? [{ to: found.to, offered, behind: found.operation }] : [];
  });
}

function operationsByKey(apis: Service["apis"]): Map<string, Operation> {
  return new Map(
    apis.flatMap(({ operations, basePaths }) =>
      operations.map((operation) => [
        `${operation.method} ${writtenPathShape((basePaths[0] ?? "") + operation.path)}`,
        operation,
      ]),
    ),
  );
}
