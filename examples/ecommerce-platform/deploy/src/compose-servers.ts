import { images } from "./choices.ts";
import { password } from "./environment.ts";
import type { Workload } from "./workloads.ts";

/** Without persistence: auth-service keeps revocations in its database, and fills a Redis that has forgotten them. */
export const redisCommand = (requirepass: string) => [
  "redis-server",
  "--requirepass",
  requirepass,
  "--maxmemory-policy",
  "noeviction",
  "--save",
  "",
];

/** The servers that the shop stands on, and what watches it. */
export function composeServers(services: readonly Workload[]) {
  return {
    postgresql: {
      image: images.postgresql,
      environment: {
        POSTGRES_PASSWORD: password("POSTGRES_PASSWORD"),
        ...Object.fromEntries(
          services.flatMap(({ database }) =>
            database ? [[database.passwordName, password(database.passwordName)]] : [],
          ),
        ),
      },
      volumes: [
        "postgresql:/var/lib/postgresql",
        "./servers/init-postgresql.sh:/docker-entrypoint-initdb.d/init-postgresql.sh:ro",
      ],
      healthcheck: {
        test: ["CMD", "pg_isready", "--host=127.0.0.1", "--username=postgres"],
        interval: "3s",
        timeout: "3s",
        retries: 10,
        start_period: "60s",
      },
      restart: "unless-stopped",
      stop_grace_period: "60s",
    },
    rabbitmq: {
      image: images.rabbitmq,
      // RabbitMQ keeps its data under the name of its host.
      hostname: "rabbitmq",
      environment: { RABBITMQ_DEFAULT_USER: "shop", RABBITMQ_DEFAULT_PASS: password("RABBITMQ_PASSWORD") },
      volumes: ["rabbitmq:/var/lib/rabbitmq"],
      healthcheck: {
        test: ["CMD", "rabbitmq-diagnostics", "--quiet", "check_port_connectivity"],
        interval: "10s",
        timeout: "10s",
        retries: 6,
        start_period: "60s",
      },
      restart: "unless-stopped",
      stop_grace_period: "60s",
    },
    redis: {
      image: images.redis,
      environment: { REDISCLI_AUTH: password("REDIS_PASSWORD") },
      command: redisCommand(password("REDIS_PASSWORD")),
      healthcheck: { test: ["CMD", "redis-cli", "ping"], interval: "3s", timeout: "3s", retries: 5 },
      restart: "unless-stopped",
    },
    mailpit: {
      image: images.mailpit,
      ports: ["127.0.0.1:8025:8025"],
      restart: "unless-stopped",
    },
    prometheus: {
      image: images.prometheus,
      command: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
      volumes: ["./prometheus:/etc/prometheus:ro", "prometheus:/prometheus"],
      ports: ["127.0.0.1:9090:9090"],
      restart: "unless-stopped",
    },
    "blackbox-exporter": {
      image: images.blackboxExporter,
      command: ["--config.file=/etc/blackbox/blackbox.yml"],
      volumes: ["./prometheus/blackbox.yml:/etc/blackbox/blackbox.yml:ro"],
      restart: "unless-stopped",
    },
    grafana: {
      image: images.grafana,
      environment: {
        GF_SECURITY_ADMIN_PASSWORD: password("GRAFANA_PASSWORD"),
        GF_ANALYTICS_REPORTING_ENABLED: "false",
        GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
      },
      volumes: [
        "./grafana/provisioning:/etc/grafana/provisioning:ro",
        "./grafana/dashboards:/var/lib/grafana/dashboards:ro",
        "grafana:/var/lib/grafana",
      ],
      ports: ["127.0.0.1:3000:3000"],
      restart: "unless-stopped",
    },
    jaeger: {
      image: images.jaeger,
      ports: ["127.0.0.1:16686:16686"],
      restart: "unless-stopped",
    },
  };
}
