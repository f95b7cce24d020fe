import type { CallableOperation } from "../../model/callable-operation.ts";
import { isNamed } from "../allowed-answers.ts";
import type { Carried, ContractRequest, Credentials } from "../exchange.ts";
import { type BodyDraft, bodyDrafts } from "./body-drafts.ts";
import { type ChosenParameters, parameterDrafts } from "./parameter-drafts.ts";
import { writeRequest } from "./write-request.ts";

/** What is known of the service that is called. */
export interface RequestOptions {
  /** The same seed gives the same requests. */
  readonly seed?: string | number | undefined;
  /** Values that parameters and properties of bodies have, by name; `placeOrder.sku` counts for one operation. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /** Values that may be of use: taken for parameters of the path and in bodies, where the schema allows them. */
  readonly learnt?: Readonly<Record<string, unknown>> | undefined;
}

/** What the drafts of one operation are made from. */
export interface DraftContext {
  readonly operation: CallableOperation;
  readonly seed: string;
  readonly givenFor: (name: string) => unknown;
  readonly learntFor: (name: string) => unknown;
}

interface RequestDraft {
  readonly kind: ContractRequest["kind"];
  readonly title: string;
  readonly parameters: ChosenParameters;
  readonly body: BodyDraft | undefined;
  readonly credentials?: Credentials;
  readonly isExample?: boolean;
  readonly isFormat?: boolean;
  readonly refusals?: readonly string[];
}

/**
 * The requests that hold an operation to its contract, valid ones first: examples of the contract, what is required alone, all that is optional;
 * then each boundary of its schemas; then each way to break them. Deterministic. Empty when no valid request can be made up.
 */
export function requestsFor(operation: CallableOperation, options: RequestOptions = {}): ContractRequest[] {
  const { seed = 1, values = {}, learnt = {} } = options;
  const context: DraftContext = {
    operation,
    seed: `${seed} ${operation.method} ${operation.path}`,
    givenFor: (name) => own(values, `${operation.operationId}.${name}`) ?? own(values, name),
    learntFor: (name) => own(learnt, name),
  };
  const parameters = parameterDrafts(context);
  const bodies = bodyDrafts(context);
  if (!parameters || !bodies) return [];
  const { required, all } = parameters;
  const drafts: RequestDraft[] = [
    ...bodies.valid.map((draft) => ({ ...draft, kind: "valid" as const, parameters: required(draft.title) })),
    { kind: "valid", title: allOptional, parameters: all(allOptional), body: bodies.fullest },
    ...parameters.boundary.map((draft) => ({ ...draft, kind: "boundary" as const, body: bodies.usual })),
    ...bodies.boundary.map((draft) => ({
      ...draft,
      kind: "boundary" as const,
      parameters: required(draft.title),
    })),
    ...parameters.invalid.map((draft) => ({ ...draft, kind: "invalid" as const, body: bodies.usual })),
    ...bodies.invalid.map((draft) => ({
      ...draft,
      kind: "invalid" as const,
      parameters: required(draft.title),
    })),
    ...uninvited(operation).map((draft) => ({
      ...draft,
      parameters: required(draft.title),
      body: bodies.usual,
    })),
  ];
  return unlike(drafts.map((draft) => finish(draft, operation)));
}

const allOptional = "all that is optional";

function own(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Requests that lack what the operation wants to see before it answers. */
function uninvited({ security }: CallableOperation) {
  if (security.length === 0 || security.flat().some(({ kind }) => kind === "other")) return [];
  const draft = { kind: "invalid" as const, refusals: ["401", "403"] };
  return [
    { ...draft, title: "no credentials", credentials: "left-out" as const },
    { ...draft, title: "credentials that nobody gave out", credentials: "broken" as const },
  ];
}

function finish(draft: RequestDraft, operation: CallableOperation): ContractRequest {
  const { kind, title, parameters, body, credentials = "sent", isExample = false, isFormat = false } = draft;
  return {
    ...writeRequest(operation, parameters, body),
    kind,
    title,
    credentials,
    isExample,
    isFormat,
    refusals: (draft.refusals ?? []).filter((status) => isNamed(operation, status)),
    carries: kind === "invalid" ? [] : [...carriedBy(parameters), ...carriedIn(body)],
  };
}

function carriedBy(parameters: ChosenParameters): Carried[] {
  return [...parameters].map(([{ name, in: where }, value]) => ({ name, in: where, value }));
}

function carriedIn(body: BodyDraft | undefined): Carried[] {
  const value = body && "value" in body ? body.value : undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value)
    .filter(([, member]) => typeof member !== "object")
    .map(([name, member]) => ({ name, in: "body", value: member }));
}

/** Of requests that look the same on the wire the first. */
function unlike(requests: readonly ContractRequest[]): ContractRequest[] {
  const key = ({ path, headers, body, credentials }: ContractRequest) =>
    JSON.stringify([path, headers, credentials, typeof body === "object" ? [...body] : body]);
  const first = new Map<string, ContractRequest>();
  for (const request of requests) if (!first.has(key(request))) first.set(key(request), request);
  return [...first.values()];
}
