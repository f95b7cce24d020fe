import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Histogram } from "prom-client";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { readTraceparent, type Tracing } from "../telemetry/tracing.ts";
import { noteState, stateKey, stateOf } from "./request-state.ts";

export interface ObserveParts {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** What supervisors and collectors ask every few seconds; a line for each would be most of the log. */
const probes = new Set(["getHealth", "getLiveness", "getReadiness", "metrics"]);

/**
 * Gives each request a span and a correlation, tells its id to the caller, and when it is answered writes one line and measures rate, errors
 * and duration by operation.
 */
export function observeRequests(app: FastifyInstance, { log, metrics, tracing }: ObserveParts): void {
  const measure = durations(metrics);
  app.decorateRequest(stateKey, null as never);

  app.addHook("onRequest", (request, reply, done) => {
    const span = tracing.start("request", {
      kind: "server",
      parent: readTraceparent(request.headers.traceparent),
    });
    const context = { requestId: request.id, traceparent: span.traceparent };
    noteState(request, { span, correlation: context, operation: undefined, caller: undefined });
    reply.header("x-request-id", request.id);
    done();
  });

  app.addHook("onResponse", (request, reply, done) => {
    const { span, operation = "unknown" } = stateOf(request) ?? {};
    measure(operation, reply.statusCode, reply.elapsedTime / 1000);
    span?.end({ attributes: { operation, "http.response.status_code": reply.statusCode } });
    if (!probes.has(operation)) writeLine(log, request, reply, operation);
    done();
  });
}

function writeLine(log: Logger, request: FastifyRequest, reply: FastifyReply, operation: string): void {
  const { requestId, traceparent } = stateOf(request)?.correlation ?? {};
  const { statusCode: status, elapsedTime } = reply;
  const line = {
    requestId,
    traceId: traceparent?.slice(3, 35),
    operation,
    method: request.method,
    path: harmlessPath(request.url),
    status,
    durationMs: Math.round(elapsedTime * 10) / 10,
  };
  log.info(line, "answered");
}

/** Names and ids. Addresses have an `@`, and access tokens are longer. */
const harmlessSegment = /^[\w.~-]{0,64}$/;

/** Without the query, and without what may be somebody's address or token: paths are whatever a stranger likes to write. */
function harmlessPath(url: string): string {
  const [path = ""] = url.split("?", 1);
  const segments = path.slice(0, 400).split("/");
  return segments.map((segment) => (harmlessSegment.test(segment) ? segment : "…")).join("/");
}

type Child = ReturnType<Histogram["labels"]>;

/** Looks the labels up once for each operation and status, which prom-client would join into a key each time. */
function durations(metrics: Metrics) {
  const histogram = metrics.histogram({
    name: "http_server_request_duration_seconds",
    help: "Requests by operation and status: rate, errors and duration.",
    labelNames: ["operation", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });
  const known = new Map<string, Map<number, Child>>();
  return (operation: string, status: number, seconds: number): void => {
    const ofOperation = known.get(operation) ?? new Map<number, Child>();
    const child = ofOperation.get(status) ?? histogram.labels(operation, String(status));
    known.set(operation, ofOperation.set(status, child));
    child.observe(seconds);
  };
}
