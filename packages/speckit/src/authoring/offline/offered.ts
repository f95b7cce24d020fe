import { offeredOperations } from "../../catalog/catalog.ts";
import type { Operation } from "../../model/contract.ts";
import { isHealth } from "../../model/operation-purpose.ts";
import type { Service } from "../../model/workspace.ts";

/** What a draft needs to know of an operation. */
export type DraftOperation = Pick<
  Operation,
  "method" | "path" | "operationId" | "summary" | "responses" | "security" | "publicByChoice"
>;

/** The operations that callers come for: those of the contracts; without any contract the routes of the code, of which no more is known. */
export function offeredBy(service: Service): DraftOperation[] {
  if (service.apis.length > 0) return offeredOperations(service);
  const routes = service.code.routes.filter(({ path }) => !isHealth(path));
  const found = routes.map(
    ({ method, path }): DraftOperation => ({
      // Where the code does not tell methods apart a caller reads.
      method: method === "ANY" ? "GET" : method,
      path,
      operationId: undefined,
      summary: undefined,
      responses: [],
      security: [],
      publicByChoice: false,
    }),
  );
  return [...new Map(found.map((one) => [`${one.method} ${one.path}`, one])).values()];
}
