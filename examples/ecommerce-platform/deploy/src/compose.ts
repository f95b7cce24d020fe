import { images, ports } from "./choices.ts";
import { composeServers } from "./compose-servers.ts";
import { askHealth } from "./dockerfile.ts";
import { type Place, passwordsIn, serversOf, variablesOf } from "./environment.ts";
import { type GeneratedFile, header } from "./generated-file.ts";
import { readyPath, type Workload } from "./workloads.ts";
import { yamlText } from "./yaml-text.ts";

/** Everything on one machine, for trying it and for demonstrations. Kong is the door, so the gateway is not needed. */
export function composeFile(services: readonly Workload[]): GeneratedFile {
  const value = {
    name: "shop",
    services: {
      ...Object.fromEntries(services.map((each) => [each.name, service(each)])),
      kong: kong(services),
      ...composeServers(services),
    },
    networks: { default: { ipam: { config: [{ subnet: network }] } } },
    volumes: { postgresql: {}, rabbitmq: {}, prometheus: {}, grafana: {} },
  };
  const [first = ""] = services.map(({ name }) => `/services/${name}`);
  const why = {
    [`${first}/depends_on`]:
      "Started after what it needs is healthy; the services it calls are those of its contract and specs.",
    [`${first}/init`]:
      "Passes signals on from the first moment: as process 1, node would not hear a stop before it has started.",
    [`${first}/stop_grace_period`]: "A service finishes what it began within 10 seconds.",
    "/services/kong/environment/KONG_ADMIN_LISTEN":
      "Its routes are a file. Nobody changes them while it runs.",
    "/services/postgresql/healthcheck":
      "While it makes databases it listens on its socket only, so 127.0.0.1 waits for them too.",
    "/services/rabbitmq/hostname": "RabbitMQ keeps its data under the name of its host.",
    "/services/redis/command":
      "No revocation may be evicted. Nothing is saved: auth-service fills it again from its database.",
    "/networks/default/ipam":
      "Fixed, so that auth-service can be told whose x-forwarded-for to believe. SHOP_NETWORK is another when this one is taken.",
  };
  const text = yamlText(header("The shop on one machine: services, Kong, servers and telemetry."), {
    value,
    why,
  });
  return { path: "deploy/compose.yaml", text: withExplainedPasswords(text) };
}

/** Compose defines the network itself, so it can also say who is in it. */
const network = "$" + "{SHOP_NETWORK:-172.28.5.0/24}";

const oneMachine: Place = { trustedProxies: network, tracesHost: "jaeger", demo: true };

/** Instead of an empty password, docker compose says what to do. */
function withExplainedPasswords(text: string): string {
  return text.replaceAll(
    /\$\{([A-Z_]+)\}/g,
    (_, name) => `\${${name}:?is made by npm run secrets -w @shop/deploy}`,
  );
}

const hardened = {
  init: true,
  read_only: true,
  cap_drop: ["ALL"],
  security_opt: ["no-new-privileges:true"],
};

function service(workload: Workload) {
  const { name, folder, calls, probePort } = workload;
  const needs = [
    ...serversOf(workload).filter((server) => server !== "mailpit"),
    ...calls.map(({ to }) => to),
  ];
  return {
    image: `shop/${name}:\${SHOP_VERSION:-dev}`,
    build: { context: "../../..", dockerfile: `examples/ecommerce-platform/${folder}/Dockerfile` },
    environment: Object.fromEntries(
      variablesOf(workload, oneMachine).map((variable) => [variable.name, variable.value]),
    ),
    depends_on: Object.fromEntries(needs.map((needed) => [needed, { condition: "service_healthy" }])),
    healthcheck: {
      test: ["CMD", "node", "-e", askHealth(probePort, readyPath)],
      interval: "5s",
      timeout: "3s",
      retries: 3,
      start_period: "60s",
    },
    restart: "unless-stopped",
    ...hardened,
    stop_grace_period: "30s",
  };
}

function kong(services: readonly Workload[]) {
  return {
    image: images.kong,
    environment: {
      KONG_DATABASE: "off",
      KONG_DECLARATIVE_CONFIG: "/kong/kong.yml",
      KONG_ADMIN_LISTEN: "off",
      KONG_STATUS_LISTEN: "0.0.0.0:8100",
      KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES: "resty.http",
      KONG_PROXY_ACCESS_LOG: "/dev/stdout",
      KONG_PROXY_ERROR_LOG: "/dev/stderr",
    },
    volumes: ["./kong.yml:/kong/kong.yml:ro"],
    ports: [`127.0.0.1:${ports.http}:8000`],
    depends_on: Object.fromEntries(
      services
        .filter(({ operations }) => operations.length > 0)
        .map(({ name }) => [name, { condition: "service_healthy" }]),
    ),
    healthcheck: { test: ["CMD", "kong", "health"], interval: "10s", timeout: "5s", retries: 3 },
    restart: "unless-stopped",
  };
}

/** All passwords that compose.yaml asks for. */
export const passwordsOfCompose = (services: readonly Workload[]) => [
  ...new Set(passwordsIn(JSON.stringify([...services.map(service), composeServers(services)]))),
];
