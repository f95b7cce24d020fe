import {
  answerClientError,
  authenticate,
  internalError,
  type Logger,
  type Metrics,
  observeRequests,
  problemOf,
  problems,
  requestIdOf,
  sendProblem,
  stateOf,
  type TokenCheck,
  type Tracing,
} from "@speckit/service-kit";
import { type FastifyInstance, fastify, type onRequestHookHandler } from "fastify";
import { allowOrigins } from "./cors.ts";
import { forward } from "./forward.ts";
import { type Limits, limitRate } from "./limits.ts";
import { bodyTooLarge } from "./problems.ts";
import { isPlainTarget } from "./request-target.ts";
import type { Route } from "./routes.ts";
import type { Upstream } from "./upstream.ts";

export interface GatewayParts {
  readonly routes: readonly Route[];
  /** By the name of the service. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly verifyToken: TokenCheck["verifyOnly"];
  readonly limits: Limits;
  /** Origins whose pages may call; `*` is all. */
  readonly origins: readonly string[];
  /** Addresses of proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** From the first byte of a request to its last. */
const requestTimeoutMs = 30_000;
const longestParameter = 200;

/** The app of the gateway. It knows contracts and nothing of what they are about. */
export function buildGateway(parts: GatewayParts): FastifyInstance {
  const { log, routes, upstreams } = parts;
  const app = fastify({
    logger: false,
    genReqId: requestIdOf,
    exposeHeadRoutes: false,
    requestTimeout: requestTimeoutMs,
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    routerOptions: { maxParamLength: longestParameter },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply.header("x-request-id", request.id), problemOf(error) ?? internalError());
    },
  });
  // Bodies are handed on unread.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _body, done) => done(null));
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problems.notFound()));
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error as Error);
    if (!problem) log.error({ err: error, requestId: request.id }, "the gateway failed");
    return sendProblem(request, reply, problem ?? internalError());
  });

  closeWhatFallsIdle(app);
  observeRequests(app, parts);
  allowOrigins(app, parts.origins, routes);
  app.addHook("onRequest", refuseTricks);
  app.addHook("onRequest", limitRate(parts.limits.all));
  for (const route of routes) {
    const upstream = upstreams.get(route.service);
    if (!upstream) throw new Error(`Nobody says where ${route.service} is.`);
    app.route({
      method: route.operation.method as "GET",
      url: route.url,
      onRequest: guardsOf(route, parts),
      handler: (request, reply) => forward(request, reply, route, upstream),
    });
  }
  return app;
}

/** What servers may read differently from one another is nobody's path. */
const refuseTricks: onRequestHookHandler = (request, _reply, done) => {
  const target = request.raw.url ?? "";
  if (isPlainTarget(target)) return done();
  done(target.startsWith("/") ? problems.notFound() : problems.badRequest("The request target is no path."));
};

function guardsOf(route: Route, { limits, verifyToken }: GatewayParts) {
  const rate = limits.operations[route.operation.operationId];
  return [
    noteOperation(route),
    ...(rate ? [limitRate(rate)] : []),
    ...(route.operation.secured ? [authenticate(verifyToken)] : []),
    ...(route.takesBody ? [refuseLargeBody(route)] : []),
  ];
}

function noteOperation({ operation }: Route): onRequestHookHandler {
  return (request, _reply, done) => {
    const state = stateOf(request);
    if (state) state.operation = operation.operationId;
    done();
  };
}

/** What says beforehand that it is too large need not be sent. */
function refuseLargeBody({ bodyLimitBytes }: Route): onRequestHookHandler {
  return (request, _reply, done) => {
    const announced = Number(request.headers["content-length"] ?? 0);
    done(announced > bodyLimitBytes ? bodyTooLarge() : undefined);
  };
}

/** Requests that were begun may take as long; then their connections are cut. */
const graceMs = 5000;

/** A connection whose answer was still under way when the server began to close is idle only later, and would be waited for. */
function closeWhatFallsIdle(app: FastifyInstance): void {
  app.addHook("preClose", (done) => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
    const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
    app.server.once("close", () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
    done();
  });
}
