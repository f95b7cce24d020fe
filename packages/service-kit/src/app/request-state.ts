import type { FastifyRequest } from "fastify";
import type { Correlation } from "../telemetry/correlation.ts";
import type { TraceSpan } from "../telemetry/tracing.ts";
import type { Caller } from "./caller.ts";

/** What the kit notes about a request while it is served. */
export interface RequestState {
  readonly span: TraceSpan;
  readonly correlation: Correlation;
  /** The operationId; undefined while, or because, no operation of the contract was found. */
  operation: string | undefined;
  caller: Caller | undefined;
}

/** A symbol, so that no name of a service's own decorations can meet it. */
export const stateKey = Symbol("service-kit.request");

type Noted = FastifyRequest & { [stateKey]?: RequestState | null };

export function stateOf(request: FastifyRequest): RequestState | undefined {
  return (request as Noted)[stateKey] ?? undefined;
}

export function noteState(request: FastifyRequest, state: RequestState): void {
  (request as Noted)[stateKey] = state;
}
