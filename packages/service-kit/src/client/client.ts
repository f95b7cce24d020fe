import CircuitBreaker from "opossum";
import { Pool } from "undici";
import { correlation } from "../telemetry/correlation.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { noTracing, type Tracing } from "../telemetry/tracing.ts";
import { DependencyUnavailable } from "./dependency-unavailable.ts";
import { createTurns, NoTurn } from "./turns.ts";
import { within } from "./within.ts";

/** What another service answered; never a status of 500 or above. */
export interface ClientAnswer<Body = unknown> {
  readonly status: number;
  /** The JSON of the answer; undefined when there is none. Believed, not checked. */
  readonly body: Body;
}

export interface CallOptions {
  /** An access token to present. */
  readonly token?: string;
}

/** Calls one other service. Request id and `traceparent` of the current request go along. */
export interface Client {
  readonly name: string;
  /** Throws `DependencyUnavailable`; encode what comes from callers (`encodeURIComponent`). */
  get<Body = unknown>(path: string, options?: CallOptions): Promise<ClientAnswer<Body>>;
  post<Body = unknown>(path: string, body: unknown, options?: CallOptions): Promise<ClientAnswer<Body>>;
  /** Throws unless the service says that it is alive. The circuit breaker is not asked, so that it shows what is the case. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface ClientOptions {
  /** The name of the other service: `inventory-service`. */
  readonly name: string;
  /** `http://127.0.0.1:8083` */
  readonly baseUrl: string;
  /** For the whole call, from connecting to the last byte; 2000 unless said otherwise. Waiting for other calls of ours does not count. */
  readonly timeoutMs?: number;
  /** Calls under way at once, 64 unless said otherwise; more wait for their turn. */
  readonly callsAtOnce?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
}

interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly token?: string | undefined;
}

/** A rush waits here rather than at the other service, where it would use up its time for the call; longer than this nobody waits gladly. */
const longestWaitMs = 4000;

/** Nobody answers more than this to a call between services. */
const largestAnswerBytes = 4 * 1024 * 1024;

/**
 * Opens connections to another service, on demand. After half of at least ten calls within five seconds went wrong, calls fail at once for a
 * second, then one is tried: a service that hangs must not hang those that call it.
 */
export function createClient(options: ClientOptions): Client {
  const { name, log, metrics, timeoutMs = 2000, callsAtOnce = 64 } = options;
  const pool = new Pool(options.baseUrl, {
    connections: callsAtOnce,
    pipelining: 1,
    maxResponseSize: largestAnswerBytes,
  });
  const send = sender(pool, options, timeoutMs);
  const breaker = new CircuitBreaker(send, {
    name,
    // `send` has its own limit, which also ends the call itself.
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 10,
    rollingCountTimeout: 5000,
    rollingCountBuckets: 5,
    rollingPercentilesEnabled: false,
    resetTimeout: 1000,
  });
  breaker.on("open", () => log.warn({ dependency: name }, "calls fail at once for a while"));
  breaker.on("close", () => log.info({ dependency: name }, "calls go out again"));
  const measure = durations(metrics, name);
  const inTurn = createTurns(callsAtOnce, longestWaitMs);

  const callNow = async <Body>(what: Call): Promise<ClientAnswer<Body>> => {
    const startedAt = performance.now();
    try {
      const answer = await breaker.fire(what);
      measure(String(answer.status), startedAt);
      return answer as ClientAnswer<Body>;
    } catch (error) {
      measure("unavailable", startedAt);
      if (error instanceof DependencyUnavailable) throw error;
      throw new DependencyUnavailable(name, "is left alone for a while", error);
    }
  };
  const call = async <Body>(what: Call): Promise<ClientAnswer<Body>> => {
    try {
      return await inTurn(() => callNow<Body>(what));
    } catch (error) {
      throw error instanceof NoTurn ? new DependencyUnavailable(name, error.message) : error;
    }
  };

  return {
    name,
    get: (path, { token } = {}) => call({ method: "GET", path, token }),
    post: (path, body, { token } = {}) => call({ method: "POST", path, body: JSON.stringify(body), token }),
    async check() {
      await send({ method: "GET", path: "/health/live" });
    },
    async close() {
      breaker.shutdown();
      await pool.close();
    },
  };
}

function sender(pool: Pool, { name, tracing = noTracing }: ClientOptions, timeoutMs: number) {
  return async (call: Call): Promise<ClientAnswer> => {
    const { requestId, traceparent: parent } = correlation.current();
    const span = tracing.start(`call ${name}`, { kind: "client", parent });
    try {
      const answer = await within(timeoutMs, (signal) => request(pool, call, { requestId, ...span }, signal));
      if (answer.status >= 500) throw new DependencyUnavailable(name, `answered ${answer.status}`);
      span.end({ attributes: { "http.response.status_code": answer.status } });
      return answer;
    } catch (error) {
      span.end({ error });
      throw error instanceof DependencyUnavailable
        ? error
        : new DependencyUnavailable(name, reasonOf(error), error);
    }
  };
}

async function request(
  pool: Pool,
  { method, path, body, token }: Call,
  { requestId, traceparent }: { requestId: string | undefined; traceparent: string | undefined },
  signal: AbortSignal,
): Promise<ClientAnswer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (requestId !== undefined) headers["x-request-id"] = requestId;
  if (traceparent !== undefined) headers.traceparent = traceparent;
  const response = await pool.request({ method, path, headers, body: body ?? null, signal });
  const text = await response.body.text();
  return { status: response.statusCode, body: text === "" ? undefined : JSON.parse(text) };
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "answered with something that is no JSON";
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? `failed: ${message}` : `failed: ${code}`;
}

function durations(metrics: Metrics, target: string) {
  const histogram = metrics.histogram({
    name: "http_client_request_duration_seconds",
    help: "Calls to other services by what came of them.",
    labelNames: ["target", "outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
  });
  return (outcome: string, startedAt: number) =>
    histogram.observe({ target, outcome }, (performance.now() - startedAt) / 1000);
}
