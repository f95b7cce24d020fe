import type { NodePlace, Place } from "./location.ts";

/** What could not be read or is against the format's own rules; each `rule` has a check of that name. */
export interface ReadingProblem {
  readonly rule: string;
  readonly message: string;
  readonly at: Place;
  readonly severity?: "error" | "warning" | "info" | undefined;
  readonly fix?: string | undefined;
}

export interface ParameterFact {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** Names of headers are the same in upper and lower case (RFC 9110). */
export function isSameParameter(a: ParameterFact, b: ParameterFact): boolean {
  if (a.in !== b.in) return false;
  return a.name === b.name || (a.in === "header" && a.name.toLowerCase() === b.name.toLowerCase());
}

export interface ResponseFact {
  /** `200`, `4XX`, `default`. */
  readonly status: string;
  readonly mediaTypes: readonly string[];
  /** Where it is described: behind a `$ref` that is a place which many operations may share. */
  readonly at: NodePlace;
}

/** One method of one path, or one webhook. */
export interface Operation {
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly webhook: boolean;
  readonly operationId: string | undefined;
  readonly summary: string | undefined;
  readonly described: boolean;
  readonly tagged: boolean;
  readonly deprecated: boolean;
  readonly parameters: readonly ParameterFact[];
  readonly requestMediaTypes: readonly string[];
  readonly responses: readonly ResponseFact[];
  /** Names of the security schemes that can let a request in; empty when none is asked for. */
  readonly security: readonly string[];
  /** `security: []`, at the operation or for the whole document: public on purpose. */
  readonly publicByChoice: boolean;
  /** JSON bodies of the request and the responses that have no schema. */
  readonly schemaless: readonly NodePlace[];
  readonly at: NodePlace;
}

/** What the engine needs to know of an OpenAPI document without its schemas. */
export interface ApiContract {
  readonly kind: "openapi";
  readonly file: string;
  /** `3.0`, `3.1`, …: the specification's minor version. */
  readonly specification: string;
  readonly title: string | undefined;
  readonly version: string | undefined;
  readonly operations: readonly Operation[];
  /** What the addresses in `servers` put before every path: `/api/v1`; empty when they add nothing. */
  readonly basePaths: readonly string[];
  /** Of each security scheme: name, and what it is in the constitution's words (`http bearer JWT`). */
  readonly securitySchemes: readonly { readonly name: string; readonly description: string }[];
  /** Parts that tools ask for and that are missing: licence, servers, description. */
  readonly undocumented: readonly { readonly what: string; readonly at: NodePlace }[];
  readonly problems: readonly ReadingProblem[];
  /** Files that `$ref`s lead to. */
  readonly references: readonly string[];
}

export interface EventField {
  readonly name: string;
  readonly required: boolean;
  readonly at: NodePlace;
}

/** One event type that a service publishes, as its contract says. */
export interface EventType {
  readonly event: string;
  readonly version: string | undefined;
  readonly description: string | undefined;
  readonly consumers: readonly { readonly service: string; readonly at: NodePlace }[];
  readonly hasSchema: boolean;
  /** Properties of the message itself: the envelope. Undefined when there is no schema. */
  readonly envelope: readonly EventField[] | undefined;
  /** Properties of `data`, which is what the event is about. Undefined when the schema does not say. */
  readonly payload: readonly EventField[] | undefined;
  /** The `const` of `eventType`, when there is one. */
  readonly constantType: string | undefined;
  /** The `const` of `eventVersion` or `version`, when there is one. */
  readonly constantVersion: string | undefined;
  readonly at: NodePlace;
}

/** A file of event types in the microservices form: `{ "events": [ … ] }`. */
export interface EventContract {
  readonly kind: "events";
  readonly file: string;
  readonly events: readonly EventType[];
  readonly problems: readonly ReadingProblem[];
  readonly references: readonly string[];
}

/** One channel that an application uses, and in which direction. */
export interface ChannelUse {
  /** Where messages go: the name that services share. */
  readonly address: string;
  readonly role: "sends" | "receives";
  /** Names of the messages, as the document gives them. */
  readonly messages: readonly string[];
  readonly at: NodePlace;
}

/** An AsyncAPI document: the channels of one application. */
export interface AsyncApiContract {
  readonly kind: "asyncapi";
  readonly file: string;
  /** `2.6`, `3.0`. */
  readonly specification: string;
  readonly title: string | undefined;
  /** As the specification means it; see `asyncapi.pointOfView` for version 2. */
  readonly uses: readonly ChannelUse[];
  readonly problems: readonly ReadingProblem[];
  readonly references: readonly string[];
}

/** An Avro schema, the shape of one message. Says nothing about who sends it. */
export interface AvroContract {
  readonly kind: "avro";
  readonly file: string;
  /** With its namespace; undefined when the schema has no name. */
  readonly name: string | undefined;
  readonly problems: readonly ReadingProblem[];
  readonly references: readonly string[];
}

/** What the tests of a service say of the API of another: a copy of its contract, or the part that they rely on. */
export interface Expectation {
  readonly kind: "expectation";
  readonly file: string;
  readonly api: ApiContract;
}

export type Contract = ApiContract | EventContract | AsyncApiContract | AvroContract;

const kinds: ReadonlySet<string> = new Set<Contract["kind"]>(["openapi", "events", "asyncapi", "avro"]);

export function isContractKind(kind: string): kind is Contract["kind"] {
  return kinds.has(kind);
}
