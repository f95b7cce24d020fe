import type { FastifyReply, FastifyRequest, RouteGenericInterface } from "fastify";

/**
 * Serves one operation; what it resolves to is the body of the answer. Parameters and body have been held against the contract before it is
 * called, so `Route` says what the contract says: `Handler<{ Params: { orderId: string } }>`.
 */
export type Handler<Route extends RouteGenericInterface = RouteGenericInterface> = (
  request: FastifyRequest<Route>,
  reply: FastifyReply,
) => Promise<unknown>;

/** Handlers by operationId; `never` lets one table hold handlers of different routes. */
export type Handlers = Readonly<Record<string, (request: never, reply: FastifyReply) => Promise<unknown>>>;
