import type { ApiContract, EventContract } from "../../model/contract.ts";
import type { Workspace } from "../../model/workspace.ts";

/** The HTTP contracts of all services, and those that all services share. */
export function apisOf({ services, sharedContracts }: Workspace): ApiContract[] {
  return [
    ...services.flatMap(({ apis }) => apis),
    ...sharedContracts.filter((contract) => contract.kind === "openapi"),
  ];
}

/** The event contracts of all services, and those that all services share. */
export function eventContractsOf({ services, sharedContracts }: Workspace): EventContract[] {
  return [
    ...services.flatMap(({ eventContracts }) => eventContracts),
    ...sharedContracts.filter((contract) => contract.kind === "events"),
  ];
}
