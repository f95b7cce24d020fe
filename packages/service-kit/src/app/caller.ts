import type { FastifyRequest } from "fastify";
import { stateOf } from "./request-state.ts";

/** Who calls, as their access token says and auth-service has just confirmed. */
export interface Caller {
  readonly userId: string;
  /** The address of the account. */
  readonly email: string;
  /** What holds now, not when the token was made. */
  readonly roles: readonly string[];
  readonly sessionId: string;
  /** The access token itself, to call other services with. */
  readonly token: string;
}

/** The caller of a secured operation. Throws on an operation that anybody may call. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = stateOf(request)?.caller;
  if (!caller) throw new Error(`${request.routeOptions.url} is not secured, so nobody knows who calls it.`);
  return caller;
}
