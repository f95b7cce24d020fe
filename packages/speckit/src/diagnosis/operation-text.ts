import type { Operation } from "../model/contract.ts";
import { nameOf } from "../model/operation-purpose.ts";
import type { Service } from "../model/workspace.ts";

/** For evidence: `POST /api/v1/orders of order-service`. */
export function operationText({ service, operation }: { service: Service; operation: Operation }): string {
  return `${nameOf(operation)} of ${service.name}`;
}
