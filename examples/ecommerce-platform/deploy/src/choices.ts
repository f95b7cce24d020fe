/**
 * What neither contracts nor catalog nor constitution say: where things listen, which images, how large. Everything else is read from them.
 */
export const ports = {
  /** Of services and of the gateway's clients. */
  http: 8080,
  /** Of the gateway's probes and metrics; services have theirs beside their operations. */
  status: 8081,
  postgresql: 5432,
  rabbitmq: 5672,
  redis: 6379,
  smtp: 1025,
  traces: 4318,
  /** Where Istio's agent hands on the metrics of a pod (https://istio.io/latest/docs/ops/integrations/prometheus/). */
  meshMetrics: 15020,
  meshControl: 15012,
} as const;

export const images = {
  node: "node:22.23.3-bookworm-slim",
  /** The major version that `npm run platform` brings; a test holds the two together. */
  postgresql: "postgres:18.1-bookworm",
  rabbitmq: "rabbitmq:4.1.4",
  redis: "redis:7.2.11-bookworm",
  mailpit: "axllent/mailpit:v1.27.10",
  kong: "kong:3.9.1",
  prometheus: "prom/prometheus:v3.5.0",
  blackboxExporter: "prom/blackbox-exporter:v0.27.0",
  grafana: "grafana/grafana:12.2.0",
  jaeger: "jaegertracing/jaeger:2.10.0",
} as const;

/** Nobody in any of the images; a number, so that Kubernetes can see that it is not root. */
export const user = 10_001;

/** Where images of the shop come from in production, and which. */
export const release = { registry: "registry.example.com/shop", version: "0.1.0" } as const;

export const cluster = {
  namespace: "shop",
  /** Other namespaces, and who in them. */
  ingress: "ingress-nginx",
  monitoring: "monitoring",
  mesh: "istio-system",
  /** Whose `x-forwarded-for` is believed: pods, and the sidecar, through which a request comes from 127.0.0.6. */
  trustedProxies: "127.0.0.6, 10.0.0.0/8",
  /** Where production's PostgreSQL, RabbitMQ, Redis and mail server are. */
  serversNetwork: "10.20.0.0/24",
  host: "shop.example.com",
} as const;

/** What a process may take. */
export interface Size {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
  /** Instances in production at most. */
  readonly most: number;
}

const usual: Size = { cpu: "100m", memory: "128Mi", memoryLimit: "256Mi", most: 6 };

const others: Readonly<Record<string, Size>> = {
  // argon2id takes 19 MiB and most of a core for each password.
  "auth-service": { cpu: "250m", memory: "192Mi", memoryLimit: "512Mi", most: 8 },
  "order-service": { ...usual, cpu: "250m", most: 8 },
  gateway: { ...usual, cpu: "250m", most: 8 },
};

export const sizeOf = (name: string): Size => others[name] ?? usual;
