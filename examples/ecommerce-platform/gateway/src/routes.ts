import { type Dirent, readdirSync } from "node:fs";
import path from "node:path";
import { type Contract, type Operation, readContract } from "@speckit/service-kit";

/** One operation of a service, as the gateway serves it. */
export interface Route {
  readonly service: string;
  readonly operation: Operation;
  /** In Fastify's form: `/api/v1/orders/:orderId`. */
  readonly url: string;
  readonly takesBody: boolean;
  readonly bodyLimitBytes: number;
}

const mebibyte = 1024 * 1024;
/** What a multipart body adds to the image: boundaries, and the headers of its parts. */
const multipartOverheadBytes = 64 * 1024;

/** All contracts below `services/` of the folder, in the order of their names. */
export function readContracts(contractsRoot: string): Contract[] {
  const services = path.join(contractsRoot, "services");
  return readdirSync(services, { withFileTypes: true })
    .filter((entry: Dirent) => entry.isDirectory())
    .map(({ name }) => readContract(path.join(services, name, "contracts", "api-spec.yaml"), name))
    .sort((one, other) => one.service.localeCompare(other.service));
}

/** Everything that contracts promise below `/api/`. Probes are for supervisors, who reach the services themselves. */
export function routesOf(contracts: readonly Contract[]): Route[] {
  return contracts.flatMap(({ service, operations }) =>
    [...operations.values()]
      .filter((operation) => operation.path.startsWith("/api/"))
      .map((operation) => ({
        service,
        operation,
        url: operation.path.replace(/\{([^}]+)\}/g, ":$1"),
        takesBody: operation.mediaTypes.length > 0,
        bodyLimitBytes: bodyLimitOf(operation),
      })),
  );
}

function bodyLimitOf({ mediaTypes }: Operation): number {
  return mediaTypes.includes("multipart/form-data") ? 2 * mebibyte + multipartOverheadBytes : mebibyte;
}
