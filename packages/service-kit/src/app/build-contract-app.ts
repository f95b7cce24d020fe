import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from "fastify";
import type { TokenCheck } from "../client/token-check.ts";
import type { Contract } from "../contract/contract.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { noTracing, type Tracing } from "../telemetry/tracing.ts";
import { asDeclared } from "./as-declared.ts";
import { answerClientError } from "./client-error.ts";
import { addContractRoutes } from "./contract-routes.ts";
import type { CredentialCheck } from "./guard.ts";
import type { Handlers } from "./handler.ts";
import { type HealthCheck, healthHandlers } from "./health.ts";
import { addHealthRoutes, healthOperations } from "./health-routes.ts";
import { readJsonBodies } from "./json-body.ts";
import { observeRequests } from "./observe-requests.ts";
import { readOtherBodies } from "./other-bodies.ts";
import { type Problem, problems } from "./problem.ts";
import { internalError, problemOf, sendProblem } from "./problem-answer.ts";
import { requestIdOf } from "./request-id.ts";
import { stateOf } from "./request-state.ts";

export interface ContractAppOptions {
  readonly contract: Contract;
  /** By operationId. Those of health need no handler: the kit has it. */
  readonly handlers: Handlers;
  /** Required as soon as the contract has an operation that asks for a token. */
  readonly checkToken?: TokenCheck | undefined;
  /** Required as soon as the contract has an operation that asks for other credentials: a key, a name with a password. */
  readonly checkCredentials?: CredentialCheck | undefined;
  /** What `getHealth` and `getReadiness` ask for, by name. */
  readonly health: Readonly<Record<string, HealthCheck>>;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Nothing is recorded unless it is given. */
  readonly tracing?: Tracing | undefined;
  /** Bytes of a body; 1 MiB unless said otherwise. */
  readonly bodyLimit?: number | undefined;
  /** What a handler may take, in milliseconds; 8000 unless said otherwise. */
  readonly handlerLimitMs?: number | undefined;
  /** Called before the routes exist, e.g. to register a parser for multipart bodies. */
  readonly configure?: ((app: FastifyInstance) => Promise<void> | void) | undefined;
}

const defaultBodyLimit = 1024 * 1024;
/** Gateways, and a process that ends, wait for 10 s. */
const defaultHandlerLimitMs = 8000;
/** From the first byte of a request to its last. */
const requestTimeoutMs = 30_000;

/**
 * Builds the app of a service from its contract: routes, validation, token check, health operations, `/metrics`, and problem details for
 * every error. Throws `ContractMismatch` unless operations and handlers have the same names.
 */
export async function buildContractApp(options: ContractAppOptions): Promise<FastifyInstance> {
  const { contract, log, metrics, tracing = noTracing, bodyLimit = defaultBodyLimit } = options;
  const { handlerLimitMs = defaultHandlerLimitMs } = options;
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // The kit writes one line itself; a logger for each request would cost more than the request.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
    genReqId: requestIdOf,
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    // What arrives while the app closes is still served.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      sendProblem(request, reply, problemOf(error) ?? internalError());
    },
  });

  observeRequests(app, { log, metrics, tracing });
  app.addHook("onRequest", (request, _reply, done) => done(earlyRefusal(request)));
  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, asDeclared(explain(log, error as Error, request), error, request, contract)),
  );
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problems.notFound()));
  // What is no JSON is read only where the service adds a parser.
  app.removeAllContentTypeParsers();
  readJsonBodies(app, ["application/json"]);
  await options.configure?.(app);

  const health = healthHandlers(contract.service, options.health);
  const handlers = { ...healthOperations(contract, health), ...options.handlers };
  const { checkToken, checkCredentials } = options;
  readOtherBodies(app, contract);
  addContractRoutes(app, { contract, handlers, checkToken, checkCredentials, handlerLimitMs });
  addHealthRoutes(app, health);
  addMetricsRoute(app, metrics);
  return app;
}

/** An unknown path needs no body read, and PostgreSQL keeps no U+0000 in text. */
function earlyRefusal({ is404, url }: FastifyRequest): Problem | undefined {
  if (is404) return problems.notFound();
  const at = url.indexOf("%00");
  if (at < 0) return undefined;
  const query = url.indexOf("?");
  const inQuery = query >= 0 && query < at;
  return inQuery ? problems.badRequest("A query parameter contains U+0000.") : problems.notFound();
}

function explain(log: Logger, error: Error, request: FastifyRequest): Problem {
  // Whoever hangs up in the middle of a body gets no answer; and to us it looks like any connection that was reset.
  if (request.raw.destroyed && !request.raw.complete)
    return problems.badRequest("The request did not arrive.");
  const problem = problemOf(error) ?? internalError();
  const { correlation, operation } = stateOf(request) ?? {};
  const noted = { ...correlation, operation };
  if (problem.status === 500) log.error({ ...noted, err: error }, "a handler failed");
  // Without the stack: while something is down, this is said at every request.
  else if (problem.status === 503)
    log.warn({ ...noted, reason: error.message }, "something needed does not answer");
  return problem;
}

function addMetricsRoute(app: FastifyInstance, metrics: Metrics): void {
  app.get("/metrics", async (request, reply) => {
    const state = stateOf(request);
    if (state) state.operation = "metrics";
    return reply.type(metrics.registry.contentType).send(await metrics.text());
  });
}
