import path from "node:path";
import {
  createClient,
  createLogger,
  createMetrics,
  createTokenCheck,
  type Environment,
  openLogFile,
  optional,
  optionalNumber,
  type RunningService,
  requiredUrl,
  startTracing,
} from "@speckit/service-kit";
import { buildGateway } from "./app.ts";
import { limitsOf } from "./limits.ts";
import { readContracts, routesOf } from "./routes.ts";
import { buildStatusApp } from "./status-app.ts";
import { createUpstream, type Upstream } from "./upstream.ts";

const name = "gateway";
/** Longer than what services wait for one another, so that their own answer comes first. */
const answerTimeoutMs = 10_000;

/**
 * Starts the gateway. The contracts say which services there are, and `ORDER_URL` where order-service is. With `STATUS_PORT` it answers
 * probes and `/metrics` on a port of its own, which is not for clients.
 */
export async function serve(environment: Environment): Promise<RunningService> {
  const contracts = readContracts(contractsRoot(environment));
  const logFile = optional(environment, "LOG_FILE");
  const log = createLogger({
    service: name,
    level: optional(environment, "LOG_LEVEL") ?? "info",
    ...(logFile && { destination: openLogFile(logFile) }),
  });
  const metrics = createMetrics(name);
  const tracing = await startTracing({
    service: name,
    endpoint: optional(environment, "OTEL_EXPORTER_OTLP_ENDPOINT"),
  });
  const upstreams = new Map(
    contracts.map(({ service }) => [service, upstreamOf(service, environment)] as const),
  );
  const auth = createClient({
    name: "auth-service",
    baseUrl: urlOf("auth-service", environment),
    log,
    metrics,
  });
  const checkToken = createTokenCheck({
    auth,
    issuer: optional(environment, "TOKEN_ISSUER") ?? "auth-service",
    audience: optional(environment, "TOKEN_AUDIENCE") ?? "ecommerce-platform",
    log,
    metrics,
  });
  const app = buildGateway({
    routes: routesOf(contracts),
    upstreams,
    verifyToken: checkToken.verifyOnly,
    limits: limitsOf(environment),
    origins: listOf(optional(environment, "CORS_ORIGINS") ?? "*"),
    trustedProxies: listOf(optional(environment, "TRUSTED_PROXIES") ?? ""),
    log,
    metrics,
    tracing,
  });
  const host = optional(environment, "HOST") ?? "127.0.0.1";
  const statusPort = optional(environment, "STATUS_PORT");
  const status = statusPort === undefined ? undefined : buildStatusApp({ upstreams, metrics });
  await status?.listen({ host, port: Number(statusPort) });
  const url = await app.listen({ host, port: optionalNumber(environment, "PORT", 0) });
  log.info({ url }, "the gateway listens");

  let stopping: Promise<void> | undefined;
  const close = async () => {
    await app.close();
    await status?.close();
    await Promise.all([...upstreams.values()].map(({ pool }) => pool.close()));
    await auth.close();
    await tracing.stop();
  };
  return {
    name,
    url,
    app,
    stop() {
      stopping ??= close();
      return stopping;
    },
  };
}

function upstreamOf(service: string, environment: Environment): Upstream {
  return createUpstream({ service, url: urlOf(service, environment), timeoutMs: answerTimeoutMs });
}

/** `order-service` is at `ORDER_URL`. */
function urlOf(service: string, environment: Environment): string {
  const variable = `${service
    .replace(/-service$/, "")
    .replaceAll("-", "_")
    .toUpperCase()}_URL`;
  return requiredUrl(environment, variable, ["http"]);
}

function contractsRoot(environment: Environment): string {
  return optional(environment, "CONTRACTS_ROOT") ?? path.join(import.meta.dirname, "..", "..");
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
}
