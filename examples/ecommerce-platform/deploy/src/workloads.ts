import { ports } from "./choices.ts";
import type { Call, Facts, Operation } from "./read-facts.ts";

/** A database with the role that owns it and nothing else. */
export interface OwnedDatabase {
  readonly name: string;
  readonly role: string;
  /** What the role's password is called where passwords are kept. */
  readonly passwordName: string;
}

/** One kind of process of the shop: a service, or the gateway. */
export interface Workload {
  readonly name: string;
  /** From the root of the platform. */
  readonly folder: string;
  readonly packageName: string;
  readonly isGateway: boolean;
  readonly database: OwnedDatabase | undefined;
  /** Whom it asks and for what. */
  readonly calls: readonly Call[];
  /** What clients may ask of it; of the gateway, what the services offer. */
  readonly operations: readonly Operation[];
  /** Where it answers probes and `/metrics`. */
  readonly probePort: number;
}

export const livePath = "/health/live";
export const readyPath = "/health/ready";

/** The services in the order of their names, then the gateway. Throws when a service has no probes. */
export function workloadsOf({ services }: Facts): Workload[] {
  return [...services.map(workloadOf), gatewayOf(services)];
}

function workloadOf({
  name,
  folder,
  database,
  calls,
  operations,
  probes,
}: Facts["services"][number]): Workload {
  for (const path of [livePath, readyPath]) {
    if (!probes.some((probe) => probe.path === path))
      throw new Error(`The contract of ${name} has no ${path}.`);
  }
  return {
    name,
    folder,
    packageName: `@shop/${name}`,
    isGateway: false,
    database: database === undefined ? undefined : owned(database),
    calls,
    operations,
    probePort: ports.http,
  };
}

/** As `npm run platform` names them: `order_db` is order_service's. */
function owned(database: string): OwnedDatabase {
  const stem = database.replace(/_db$/, "");
  return { name: database, role: `${stem}_service`, passwordName: `${stem.toUpperCase()}_DB_PASSWORD` };
}

function gatewayOf(services: Facts["services"]): Workload {
  const routed = services.filter(({ operations }) => operations.length > 0);
  return {
    name: "gateway",
    folder: "gateway",
    packageName: "@shop/gateway",
    isGateway: true,
    database: undefined,
    calls: routed.map(({ name, operations }) => ({ to: name, operations })),
    operations: routed.flatMap(({ operations }) => operations),
    probePort: ports.status,
  };
}

/** Who calls a workload, with what. */
export function callersOf(
  name: string,
  workloads: readonly Workload[],
): { readonly caller: Workload; readonly operations: readonly Operation[] }[] {
  return workloads.flatMap((caller) =>
    caller.calls.filter(({ to }) => to === name).map(({ operations }) => ({ caller, operations })),
  );
}
