import type { DependencyRow, OperationMention } from "../../model/spec.ts";
import type { Service, Workspace } from "../../model/workspace.ts";
import { domainOf } from "../offline/words.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { PlannedUpstream } from "./service-plan.ts";

/** The services that the specifications of a service depend on, each once. */
export function planUpstream(
  rows: readonly DependencyRow[],
  { services }: Workspace,
  contracts: ContractReader,
): PlannedUpstream[] {
  const names = [...new Set(rows.map(({ service }) => service))];
  const tokens = names.find((name) => /auth|identity/i.test(name));
  return names.map((name) => {
    const own = rows.filter(({ service }) => service === name);
    const known = services.find((service) => service.name === name);
    return {
      service: name,
      failureMode: own.find(({ failureMode }) => failureMode !== undefined)?.failureMode,
      // The one variable that service-kit reads itself: whoever checks tokens is there.
      variable: name === tokens ? "AUTH_URL" : `${domainOf(name).toUpperCase().replace(/\W+/g, "_")}_URL`,
      checksTokens: name === tokens,
      operations: known
        ? mentioned(
            known,
            own.flatMap(({ operations }) => operations),
            contracts,
          )
        : [],
    };
  });
}

function mentioned(
  { apis }: Service,
  mentions: readonly OperationMention[],
  contracts: ContractReader,
): PlannedUpstream["operations"] {
  const is = (mention: OperationMention, method: string, path: string, id: string | undefined) =>
    (mention.operationId !== undefined && mention.operationId === id) ||
    (mention.path === path && (mention.method === undefined || mention.method === method));
  return apis.flatMap(({ file, operations }) =>
    operations
      .filter(({ method, path, operationId }) =>
        mentions.some((mention) => is(mention, method, path, operationId)),
      )
      .map((operation) => ({ operation, callable: contracts.operation(file, operation) })),
  );
}
