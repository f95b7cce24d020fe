import type { Operation } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import { isHealth } from "../model/operation-purpose.ts";
import { type Channel, contractsOf, type Edge, type Service, type Workspace } from "../model/workspace.ts";
import { callCycles } from "./call-cycles.ts";
import { endpointWords } from "./endpoint-words.ts";

/** What the fleet is made of and how it hangs together. Everything is sorted, so the same fleet gives the same catalog. */
export interface Catalog {
  /** Sorted by name. */
  readonly services: readonly CatalogService[];
  /** Sorted by from, to, kind, label; `to` may be a service that does not exist. */
  readonly edges: readonly Edge[];
  /** Sorted by event. */
  readonly events: readonly CatalogEvent[];
  /** Services that call each other in a circle; see `callCycles`. */
  readonly cycles: readonly (readonly string[])[];
}

/** `Service`: neither endpoints nor events are known yet. */
export type ServiceType = "API Service" | "Event-Driven Service" | "Service";

export interface CatalogService {
  readonly name: string;
  readonly type: ServiceType;
  /** Relative to the workspace root; `.` when the repository is the service. */
  readonly dir: string;
  readonly owner: string | undefined;
  readonly implemented: boolean;
  /** Health operations included; sorted by path, then method. */
  readonly endpoints: readonly Pick<Operation, "method" | "path" | "operationId" | "summary">[];
  /** The endpoints that callers come for, in the contract's order and in a few words each. */
  readonly offer: { readonly count: number; readonly words: readonly string[] };
  readonly publishes: readonly { readonly event: string; readonly version: string | undefined }[];
  /** One entry for each producer; `from` is undefined when nobody is known to publish the event. */
  readonly consumes: readonly { readonly event: string; readonly from: string | undefined }[];
  readonly dependsOn: readonly string[];
  readonly dependents: readonly string[];
  readonly data: readonly OwnedData[];
  readonly documents: readonly ServiceDocument[];
}

/** An entity, and the database it lives in when the spec says so; or a database of which no entity is known. */
export interface OwnedData {
  readonly entity: string | undefined;
  readonly store: string | undefined;
}

export interface ServiceDocument {
  readonly kind: "spec" | "quick-ref" | "contract";
  readonly file: string;
}

export interface CatalogEvent {
  readonly event: string;
  readonly versions: readonly string[];
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
  /** Services that only the producer names as consumers. */
  readonly listed: readonly string[];
}

/** Builds the catalog of a workspace. Pure; linear in services, operations, events and edges. */
export function buildCatalog({ services, channels, edges }: Workspace): Catalog {
  const published = groupBy(channels.flatMap(publications), ({ service }) => service);
  const consumed = groupBy(channels.flatMap(subscriptions), ({ service }) => service);
  const upstream = groupBy(edges, ({ from }) => from);
  const downstream = groupBy(edges, ({ to }) => to);
  return {
    services: services.map((service): CatalogService => {
      const { name, dir, owner, implemented } = service;
      const served = servedOperations(service);
      const offered = offeredOperations(service);
      const publishes = (published.get(name) ?? []).map(({ event, version }) => ({ event, version }));
      const consumes = (consumed.get(name) ?? []).map(({ event, from }) => ({ event, from }));
      return {
        name,
        type: typeOf(offered, publishes.length + consumes.length),
        dir,
        owner,
        implemented,
        endpoints: [...served].sort((a, b) => compareText(a.path, b.path) || compareText(a.method, b.method)),
        offer: { count: offered.length, words: endpointWords(offered) },
        publishes,
        consumes,
        dependsOn: uniqueSorted((upstream.get(name) ?? []).map(({ to }) => to)),
        dependents: uniqueSorted((downstream.get(name) ?? []).map(({ from }) => from)),
        data: dataOf(service),
        documents: documentsOf(service),
      };
    }),
    edges,
    events: channels.map(eventOf),
    cycles: callCycles(edges),
  };
}

/** The operations that callers come for: every service has health operations, so they tell nothing about this one. */
export function offeredOperations(service: Service): Operation[] {
  return servedOperations(service).filter(({ path }) => !isHealth(path));
}

/** Webhooks are calls that a service makes, so they are no endpoints of it. An operation in two contracts counts once. */
function servedOperations({ apis }: Service): Operation[] {
  const operations = apis.flatMap((api) => api.operations).filter(({ webhook }) => !webhook);
  return [
    ...new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation])).values(),
  ];
}

function typeOf(offered: readonly Operation[], eventCount: number): ServiceType {
  if (offered.length > 0) return "API Service";
  return eventCount > 0 ? "Event-Driven Service" : "Service";
}

/** One entry for each version; an event that only a spec tells of has none. */
function publications({ event, types, producers }: Channel) {
  return producers.flatMap(({ service }) => {
    const versions = types.filter((entry) => entry.service === service).map(({ type }) => type.version);
    const known: (string | undefined)[] = uniqueSorted(versions.filter((version) => version !== undefined));
    return (known.length > 0 ? known : [undefined]).map((version) => ({ service, event, version }));
  });
}

function subscriptions({ event, producers, consumers }: Channel) {
  return consumers.flatMap(({ service, section }) => {
    const known: (string | undefined)[] = producers.map((producer) => producer.service);
    return (known.length > 0 ? known : [section?.from]).map((from) => ({ service, event, from }));
  });
}

function eventOf({ event, versions, producers, consumers, listed }: Channel): CatalogEvent {
  const names = (ends: Channel["consumers"]) => ends.map(({ service }) => service);
  const known = new Set(names(consumers));
  return {
    event,
    versions,
    producers: names(producers),
    consumers: names(consumers),
    listed: names(listed).filter((name) => !known.has(name)),
  };
}

/** A database that some entity's store names already, in whatever words, is not listed once more. */
function dataOf({ features, databases }: Service): OwnedData[] {
  const entities = features.flatMap(({ spec }) => spec?.entities ?? []);
  const byEntity = new Map(entities.map(({ entity, store }) => [entity, { entity, store }]));
  const stores = entities.flatMap(({ store }) => store ?? []);
  const others = uniqueSorted(databases.map(({ name }) => name));
  const unnamed = others.filter((name) => !stores.some((store) => store.includes(name)));
  return [...byEntity.values(), ...unnamed.map((store) => ({ entity: undefined, store }))];
}

/** What one reads to use the service: not its plans and tasks. */
function documentsOf(service: Service): ServiceDocument[] {
  const specs = service.features.flatMap(({ spec }) => (spec ? [spec.file] : []));
  const quickRefs = service.features
    .flatMap(({ summaries }) => summaries)
    .filter((file) => /(?:^|\/)quick-ref\.md$/.test(file));
  const contracts = contractsOf(service).map(({ file }) => file);
  return [
    ...specs.map((file) => ({ kind: "spec" as const, file })),
    ...quickRefs.map((file) => ({ kind: "quick-ref" as const, file })),
    ...contracts.map((file) => ({ kind: "contract" as const, file })),
  ];
}

function uniqueSorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}
