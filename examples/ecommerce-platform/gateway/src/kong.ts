import fs from "node:fs";
import path from "node:path";
import type { Contract } from "@speckit/service-kit";
import { dump } from "js-yaml";
import { limitsOf } from "./limits.ts";
import { type Route, routesOf } from "./routes.ts";

/** Where services listen in a cluster, at the host of their name. */
const servicePort = 8080;
const answerTimeoutMs = 10_000;
const connectTimeoutMs = 2000;

const header = `# Kong does what the gateway of the platform does, for those who run Kong already.
# Written by gateway/src/write-kong.ts from the contracts: change those, and write it again with \`npm run kong -w @shop/gateway\`.
# Kong needs KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES=resty.http for the token check.

`;

/**
 * The declarative configuration of Kong (format 3.0) with the routes, limits and checks of the gateway.
 * Source: https://docs.konghq.com/gateway/latest/production/deployment-topologies/db-less-and-declarative-config/
 */
export function kongConfiguration(contracts: readonly Contract[]): string {
  const routes = routesOf(contracts);
  const requireToken = post(script("require-token").replace("VALIDATE_URL", validateUrl(routes)));
  const services = contracts.map(({ service }) => ({
    name: service,
    host: service,
    port: servicePort,
    protocol: "http",
    connect_timeout: connectTimeoutMs,
    read_timeout: answerTimeoutMs,
    write_timeout: answerTimeoutMs,
    retries: 0,
    routes: routes
      .filter((route) => route.service === service)
      .map((route) => kongRoute(route, requireToken)),
  }));
  const configuration = {
    _format_version: "3.0",
    services,
    upstreams: contracts.map(({ service }) => upstream(service)),
    routes: [preflights(routes)],
    plugins: pluginsForAll(routes),
  };
  return header + dump(configuration, { lineWidth: -1 });
}

function kongRoute({ operation, bodyLimitBytes }: Route, requireToken: object) {
  const { limit } = limitsOf({}).operations[operation.operationId] ?? {};
  const plugins = [
    ...(limit === undefined ? [] : [rateLimit({ minute: limit })]),
    ...(bodyLimitBytes === usualLimitBytes ? [] : [sizeLimit(bodyLimitBytes)]),
    ...(operation.secured ? [requireToken] : []),
  ];
  return {
    name: operation.operationId,
    methods: [operation.method],
    paths: [pathPattern(operation.path)],
    strip_path: false,
    preserve_host: false,
    protocols: ["http", "https"],
    ...(plugins.length > 0 && { plugins }),
  };
}

/** Kong reads a path that begins with `~` as a regular expression. */
const pathPattern = (contractPath: string) =>
  `~${contractPath.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`;

/** Ten failures in a row take a service out; it comes back when it says that it is alive. */
function upstream(service: string) {
  return {
    name: service,
    targets: [{ target: `${service}:${servicePort}`, weight: 100 }],
    healthchecks: {
      passive: { type: "http", unhealthy: { tcp_failures: 10, timeouts: 10, http_failures: 0 } },
      active: {
        type: "http",
        http_path: "/health/live",
        healthy: { interval: 2, successes: 1 },
        unhealthy: { interval: 2, tcp_failures: 0, timeouts: 0, http_failures: 0 },
      },
    },
  };
}

/** What browsers ask beforehand is answered here and by the plugin `cors`, whatever the operation would want to see. */
function preflights(routes: readonly Route[]) {
  return {
    name: "preflights",
    methods: ["OPTIONS"],
    paths: [...new Set(routes.map(({ operation }) => pathPattern(operation.path)))],
    protocols: ["http", "https"],
    plugins: [{ name: "request-termination", config: { status_code: 204 } }],
  };
}

const usualLimitBytes = 1024 * 1024;

function pluginsForAll(routes: readonly Route[]) {
  return [
    { name: "pre-function", config: { access: [script("refuse-tricks")] } },
    {
      name: "correlation-id",
      config: { header_name: "x-request-id", generator: "uuid", echo_downstream: true },
    },
    {
      name: "cors",
      config: {
        origins: ["*"],
        methods: [...new Set(routes.map(({ operation }) => operation.method))].sort(),
        headers: ["authorization", "content-type", "idempotency-key", "x-request-id", "traceparent"],
        exposed_headers: ["x-request-id", "retry-after", "location"],
        max_age: 600,
        credentials: false,
      },
    },
    rateLimit({ second: limitsOf({}).all.limit }),
    sizeLimit(usualLimitBytes),
    post(),
    { name: "prometheus", config: { status_code_metrics: true, latency_metrics: true } },
  ];
}

const rateLimit = (limits: { second: number } | { minute: number }) => ({
  name: "rate-limiting",
  config: { ...limits, policy: "local", limit_by: "ip" },
});

const sizeLimit = (bytes: number) => ({
  name: "request-size-limiting",
  config: { allowed_payload_size: bytes, size_unit: "bytes", require_content_length: false },
});

/** Runs after the limits, and makes problems of what is refused. A plugin of a route replaces the one for all, so both do that. */
const post = (access?: string) => ({
  name: "post-function",
  config: {
    ...(access !== undefined && { access: [access] }),
    header_filter: [script("problem-header")],
    body_filter: [script("problem-body")],
  },
});

function script(name: string): string {
  return fs.readFileSync(path.join(import.meta.dirname, "..", "kong", `${name}.lua`), "utf8");
}

function validateUrl(routes: readonly Route[]): string {
  const validate = routes.find(({ operation }) => operation.operationId === "validateToken");
  if (!validate) throw new Error("No contract has the operation validateToken, so nobody can judge tokens.");
  return `http://${validate.service}:${servicePort}${validate.operation.path}`;
}
