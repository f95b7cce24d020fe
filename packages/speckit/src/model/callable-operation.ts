import type { NodePlace } from "./location.ts";

/** A JSON Schema 2020-12 that needs nothing around it: what it refers to stands in its own `$defs`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

export interface CallableParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly schema: JsonSchema;
  /** Of a parameter whose value is a document, such as `application/json`. */
  readonly mediaType: string | undefined;
  readonly style: string;
  readonly explode: boolean;
  /** Values that the contract gives as examples. */
  readonly examples: readonly unknown[];
}

/** One media type of a body. */
export interface BodyContent {
  readonly mediaType: string;
  /** Undefined when the contract does not describe it. */
  readonly schema: JsonSchema | undefined;
  readonly examples: readonly unknown[];
  /** Of `multipart/form-data`: the media type of each part, by property; the first where several are allowed. */
  readonly partTypes: Readonly<Record<string, string>>;
}

export interface RequestBody {
  readonly required: boolean;
  readonly contents: readonly BodyContent[];
}

export interface AnswerHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** An answer that the contract allows. */
export interface AllowedAnswer {
  /** `200`, `4XX`, `default`. */
  readonly status: string;
  readonly headers: readonly AnswerHeader[];
  /** Empty when the contract describes no body. */
  readonly contents: readonly BodyContent[];
  readonly at: NodePlace;
}

/** How a credential is sent. */
export interface CredentialPlace {
  readonly scheme: string;
  readonly kind: "bearer" | "basic" | "header" | "query" | "cookie" | "other";
  /** Of an API key: the name of the header, parameter or cookie. */
  readonly name: string;
}

/** An operation with everything that one needs to call it and to judge the answer. */
export interface CallableOperation {
  /** Upper case. */
  readonly method: string;
  /** As the contract writes it. */
  readonly path: string;
  /** What the first address in `servers` puts before the path: `/api/v1`; empty when nothing. */
  readonly basePath: string;
  readonly operationId: string | undefined;
  readonly parameters: readonly CallableParameter[];
  readonly body: RequestBody | undefined;
  readonly answers: readonly AllowedAnswer[];
  /** Sets of credentials of which one lets a request in; empty when none is needed. */
  readonly security: readonly (readonly CredentialPlace[])[];
  readonly at: NodePlace;
}

/** One event type with the schema of the whole message. */
export interface DescribedEvent {
  readonly event: string;
  readonly version: string | undefined;
  readonly schema: JsonSchema;
  readonly at: NodePlace;
}
