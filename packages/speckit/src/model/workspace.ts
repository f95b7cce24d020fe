import type { FieldRead } from "./code.ts";
import type { Config } from "./config.ts";
import type { Constitution } from "./constitution.ts";
import type {
  ApiContract,
  AsyncApiContract,
  AvroContract,
  Contract,
  EventContract,
  EventType,
  Operation,
  ReadingProblem,
} from "./contract.ts";
import type { Place } from "./location.ts";
import type { Manifest } from "./manifest.ts";
import type { Plan } from "./plan.ts";
import type { ServiceCode } from "./service-code.ts";
import type { Spellings } from "./service-names.ts";
import type { EventSection, OperationMention, Spec } from "./spec.ts";
import type { StaleReference } from "./summary.ts";
import type { TaskList } from "./task-list.ts";

/** A folder `specs/NNN-slug` with what stands in it. */
export interface Feature {
  readonly slug: string;
  readonly dir: string;
  readonly spec: Spec | undefined;
  readonly plan: Plan | undefined;
  readonly tasks: TaskList | undefined;
  /** quick-ref.md and ai-doc.md, when they exist. */
  readonly summaries: readonly string[];
  /** References of the two that lead nowhere; absent where they were not read. */
  readonly staleReferences?: readonly StaleReference[];
}

/** A database that a service is seen to use. */
export interface DatabaseUse {
  readonly name: string;
  /** Host and port; undefined when only the name is known. */
  readonly server: string | undefined;
  /** The variable of the environment that names it; undefined when a spec does. */
  readonly variable: string | undefined;
  readonly at: Place;
}

/** A contract that stands a second time in the tree. */
export interface ContractCopy {
  readonly of: ApiContract;
  readonly copy: ApiContract;
}

export interface Service {
  readonly name: string;
  /** Relative to the workspace root with `/`; `.` for a repository that is one service. */
  readonly dir: string;
  /** From CODEOWNERS or a catalog file. */
  readonly owner: string | undefined;
  /** Has source files. */
  readonly implemented: boolean;
  readonly features: readonly Feature[];
  readonly apis: readonly ApiContract[];
  /** Contracts that were made from one of `apis`, or are meant to say the same. */
  readonly copies: readonly ContractCopy[];
  readonly eventContracts: readonly EventContract[];
  /** Channels that the service sends to and receives from. */
  readonly asyncApis: readonly AsyncApiContract[];
  /** Shapes of messages that the service sends or receives. */
  readonly avros: readonly AvroContract[];
  readonly code: ServiceCode;
  readonly databases: readonly DatabaseUse[];
  /** package.json, go.mod and the like. */
  readonly manifests: readonly Manifest[];
}

/** All contracts of a service, of every format. */
export function contractsOf(
  service: Pick<Service, "apis" | "eventContracts" | "asyncApis" | "avros">,
): Contract[] {
  return [...service.apis, ...messageContractsOf(service)];
}

/** Contracts that speak of events. */
export function messageContractsOf({
  eventContracts,
  asyncApis,
  avros,
}: Pick<Service, "eventContracts" | "asyncApis" | "avros">): Contract[] {
  return [...eventContracts, ...asyncApis, ...avros];
}

export type Source = "spec" | "contract" | "code";

/** A place that shows why an edge or a channel's end is believed. */
export interface Evidence {
  readonly source: Source;
  readonly at: Place;
}

/** One service at one end of a channel. */
export interface ChannelEnd {
  readonly service: string;
  readonly evidence: readonly Evidence[];
  /** The block of the service's own spec, when it has one. */
  readonly section: EventSection | undefined;
}

/** An event type, seen from all services at once. */
export interface Channel {
  readonly event: string;
  readonly versions: readonly string[];
  /** The contracts' entries, with the service that publishes them. */
  readonly types: readonly { readonly service: string; readonly type: EventType }[];
  readonly producers: readonly ChannelEnd[];
  /** Services whose own documents say that they consume the event. */
  readonly consumers: readonly ChannelEnd[];
  /** Services that the producer's documents list as consumers. */
  readonly listed: readonly ChannelEnd[];
}

/** `from` depends on `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: "calls" | "event";
  /** What is used: an operation's last words or an event's name. */
  readonly label: string;
  readonly evidence: readonly Evidence[];
  /**
   * A document declares the dependency and names no operation, so any may be used, whatever code was seen to call: not every call can be seen. Only
   * for calls.
   */
  readonly mayUseAny: boolean;
  /** Operations of `to` that the dependency names, or that code calls. Only for calls. */
  readonly operations: readonly {
    readonly mention: OperationMention;
    readonly operation: Operation | undefined;
    /** Fields of its answer that the code reads. */
    readonly reads?: readonly FieldRead[] | undefined;
  }[];
}

/** What the tests of one service expect of another. */
export interface ConsumerExpectation {
  readonly consumer: string;
  readonly provider: string;
  readonly file: string;
  /** The contract of the provider that offers the same. */
  readonly api: ApiContract;
  /** Other contracts of the provider, which may offer the rest. */
  readonly others: readonly ApiContract[];
  /** Why the expectation, or a part of it, cannot be read. */
  readonly problems: readonly ReadingProblem[];
}

/** Everything read from a repository, linked. Built once, never changed. */
export interface Workspace {
  readonly config: Config;
  readonly constitution: Constitution | undefined;
  /** Sorted by name. */
  readonly services: readonly Service[];
  /** What documents call the services; see `serviceFinder`. */
  readonly names: Spellings;
  /** Features, plans and the like that belong to no service. */
  readonly features: readonly Feature[];
  /** Contracts outside of every service, such as `shared/contracts/events/common-events.json`. */
  readonly sharedContracts: readonly Contract[];
  readonly expectations: readonly ConsumerExpectation[];
  readonly channels: readonly Channel[];
  readonly edges: readonly Edge[];
  readonly problems: readonly ReadingProblem[];
  /** Paths of all files in the tree, relative to the root, sorted; undefined when documents were read without their tree. */
  readonly files: readonly string[] | undefined;
}
