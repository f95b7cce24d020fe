import { cluster, ports } from "./choices.ts";
import type { Workload } from "./workloads.ts";

/** A variable of a process. */
export interface Variable {
  readonly name: string;
  /** `${NAME}` stands for a password, which `npm run secrets` thinks up. */
  readonly value: string;
  /** Whether it is nobody else's business. In a cluster such variables come from a Secret. */
  readonly secret: boolean;
}

/** What differs between one machine and a cluster. */
export interface Place {
  /** Whose `x-forwarded-for` is believed. */
  readonly trustedProxies: string;
  readonly tracesHost: string;
  /** Whether there are products to try it with. */
  readonly demo: boolean;
}

export const inCluster: Place = {
  trustedProxies: cluster.trustedProxies,
  tracesHost: `jaeger.${cluster.monitoring}`,
  demo: false,
};

/** A password by its name. */
export const password = (name: string) => `\${${name}}`;

/** The names of passwords in a text. */
export const passwordsIn = (text: string) =>
  [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = ""]) => name);

/**
 * The variables that a process starts with, beside those of its image (HOST, PORT, CONTRACTS_ROOT). Servers and services are called the same
 * everywhere, so that an address is the same text on one machine and in a cluster.
 */
export function variablesOf(workload: Workload, place: Place): Variable[] {
  const { database, isGateway, calls } = workload;
  return [
    ...(database
      ? [
          secret(
            "DATABASE_URL",
            `postgres://${database.role}:${password(database.passwordName)}@postgresql:${ports.postgresql}/${database.name}`,
          ),
        ]
      : []),
    // service-kit opens the bus for every service, also for one that only declares what others receive.
    ...(isGateway
      ? []
      : [secret("AMQP_URL", `amqp://shop:${password("RABBITMQ_PASSWORD")}@rabbitmq:${ports.rabbitmq}`)]),
    ...calls.map(({ to }) => open(urlVariable(to), `http://${to}:${ports.http}`)),
    ...(own[workload.name]?.(place) ?? []),
    open("OTEL_EXPORTER_OTLP_ENDPOINT", `http://${place.tracesHost}:${ports.traces}`),
  ];
}

/** `order-service` is at `ORDER_URL`. */
const urlVariable = (service: string) =>
  `${service
    .replace(/-service$/, "")
    .replaceAll("-", "_")
    .toUpperCase()}_URL`;

const open = (name: string, value: string): Variable => ({ name, value, secret: false });
const secret = (name: string, value: string): Variable => ({ name, value, secret: true });

/** What only one of them wants to know. */
const own: Readonly<Record<string, (place: Place) => readonly Variable[]>> = {
  "auth-service": ({ trustedProxies }) => [
    secret("AUTH_SECRET", password("AUTH_SECRET")),
    secret("REDIS_URL", `redis://:${password("REDIS_PASSWORD")}@redis:${ports.redis}`),
    open("ADMIN_EMAIL", "admin@example.com"),
    secret("ADMIN_PASSWORD", password("ADMIN_PASSWORD")),
    open("TRUSTED_PROXIES", trustedProxies),
  ],
  "inventory-service": ({ demo }) => (demo ? [open("SEED_DEMO", "on")] : []),
  // In production the address holds a password.
  "notification-service": () => [
    secret("SMTP_URL", `smtp://mailpit:${ports.smtp}`),
    open("MAIL_FROM", "The shop <shop@example.com>"),
  ],
  gateway: ({ trustedProxies }) => [open("TRUSTED_PROXIES", trustedProxies)],
};

/** Servers by the scheme of the addresses that lead to them. */
export const servers = { postgres: "postgresql", amqp: "rabbitmq", redis: "redis", smtp: "mailpit" } as const;
export type Server = (typeof servers)[keyof typeof servers];

/** Which servers a process talks to, as its variables say. */
export function serversOf(workload: Workload): Server[] {
  return variablesOf(workload, inCluster).flatMap(({ value }) => {
    const scheme = /^([a-z]+):\/\//.exec(value)?.[1];
    return servers[scheme as keyof typeof servers] ?? [];
  });
}
