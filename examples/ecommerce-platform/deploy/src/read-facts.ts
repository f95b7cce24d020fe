import fs from "node:fs";
import path from "node:path";
import { readEventContracts } from "@speckit/service-kit";
import { askSpeckit } from "./run-speckit.ts";
import { readServiceLevels, type ServiceLevels } from "./service-levels.ts";

/** An operation of a contract. */
export interface Operation {
  readonly operationId: string;
  /** In capitals: `POST`. */
  readonly method: string;
  /** As the contract writes it: `/api/v1/orders/{orderId}`. */
  readonly path: string;
}

/** Requests from one service to another. */
export interface Call {
  readonly to: string;
  /** Those that spec or code name; never empty. */
  readonly operations: readonly Operation[];
}

export interface EventFlow {
  readonly event: string;
  readonly from: string;
  readonly to: string;
}

export interface ServiceFacts {
  readonly name: string;
  /** From the root of the platform: `services/order-service`. */
  readonly folder: string;
  /** Undefined when the service owns no data. */
  readonly database: string | undefined;
  /** What clients may ask for, in the order of their paths. */
  readonly operations: readonly Operation[];
  /** What supervisors ask for, in the order of their paths. */
  readonly probes: readonly Operation[];
  readonly calls: readonly Call[];
}

/** What the platform says of itself in contracts, specs, code and constitution. */
export interface Facts {
  /** In the order of their names. */
  readonly services: readonly ServiceFacts[];
  /** In the order of events, then of receivers. */
  readonly events: readonly EventFlow[];
  readonly levels: ServiceLevels;
}

interface Catalog {
  readonly services: readonly {
    readonly name: string;
    readonly dir: string;
    readonly endpoints: readonly Operation[];
    readonly data: readonly string[];
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: string }[];
}

/** Reads them below `root`, the folder with `services/` and `constitution.md`. Throws `SpeckitFailed`, `EventContractUnreadable`, `UnreadableServiceLevel`. */
export async function readFacts(root: string): Promise<Facts> {
  const catalog = await askSpeckit<Catalog>(root, "service-catalog", "--format", "json");
  const called = [...new Set(catalog.edges.filter(isCall).map(({ to }) => to))];
  const uses = new Map(
    await Promise.all(
      called.map(async (name) => [name, await usesOf(root, folderOf(catalog, name))] as const),
    ),
  );
  const constitution = fs.readFileSync(path.join(root, "constitution.md"), "utf8");
  return {
    services: catalog.services.map((service) => ({
      name: service.name,
      folder: service.dir,
      database: service.data.find((name) => name.endsWith("_db")),
      operations: service.endpoints.filter(isForClients).map(plain),
      probes: service.endpoints.filter((operation) => !isForClients(operation)).map(plain),
      calls: callsOf(service.name, catalog, uses),
    })),
    events: readEventContracts(root)
      .events.flatMap(({ type, producer, consumers }) =>
        consumers.map((to) => ({ event: type, from: producer, to })),
      )
      .sort((one, other) => compare(`${one.event} ${one.to}`, `${other.event} ${other.to}`)),
    levels: readServiceLevels("constitution.md", constitution),
  };
}

const isCall = ({ kind }: { readonly kind: string }) => kind === "calls";
/** The gateway routes what is below; the rest is for supervisors (docs/ARCHITECTURE.md, Answers). */
const isForClients = ({ path: of }: Operation) => of.startsWith("/api/");
const plain = ({ operationId, method, path: of }: Operation): Operation => ({
  operationId,
  method,
  path: of,
});
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const folderOf = ({ services }: Catalog, name: string) =>
  services.find((service) => service.name === name)?.dir ?? "";

/** Which operations of a service (`GET /api/v1/products/{sku}`) each caller uses. */
type Uses = ReadonlyMap<string, readonly string[]>;

async function usesOf(root: string, folder: string): Promise<Uses> {
  const contract = `${folder}/contracts/api-spec.yaml`;
  interface Impact {
    readonly affected: readonly { readonly service: string; readonly uses: readonly string[] }[];
  }
  const { affected } = await askSpeckit<Impact>(root, "impact", "--json", contract);
  return new Map(affected.map(({ service, uses }) => [service, uses]));
}

function callsOf(name: string, catalog: Catalog, uses: ReadonlyMap<string, Uses>): Call[] {
  return catalog.edges
    .filter((edge) => isCall(edge) && edge.from === name)
    .map(({ to }) => {
      const offered = catalog.services.find((service) => service.name === to)?.endpoints ?? [];
      const used = uses.get(to)?.get(name) ?? [];
      const named = offered.filter(({ method, path: of }) => used.includes(`${method} ${of}`));
      // Who names no operation may use any that clients may.
      return { to, operations: (named.length > 0 ? named : offered.filter(isForClients)).map(plain) };
    });
}
