import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { buildContractApp } from "../app/build-contract-app.ts";
import type { CredentialCheck } from "../app/guard.ts";
import type { Handlers } from "../app/handler.ts";
import type { HealthCheck } from "../app/health.ts";
import { type Client, createClient } from "../client/client.ts";
import { createTokenCheck, type TokenCheck } from "../client/token-check.ts";
import { readContract } from "../contract/contract.ts";
import type { Migration } from "../database/migration.ts";
import type { Database } from "../database/open-database.ts";
import type { EventConsumer } from "../events/consumers.ts";
import type { Outbox } from "../events/outbox.ts";
import { openLogFile } from "../telemetry/log-file.ts";
import { createLogger, type Logger } from "../telemetry/logger.ts";
import { createMetrics, type Metrics } from "../telemetry/metrics.ts";
import { startTracing, type Tracing } from "../telemetry/tracing.ts";
import { type Closers, createClosers } from "./closers.ts";
import type { Environment } from "./environment.ts";
import { listen } from "./listen.ts";
import { openData, startMessages } from "./messages.ts";
import { readSettings, type Settings } from "./settings.ts";

export interface RunningService {
  readonly name: string;
  /** `http://127.0.0.1:8081` */
  readonly url: string;
  readonly app: FastifyInstance;
  /** Accepts nothing more, finishes what was begun, and closes; within 10 seconds. */
  stop(): Promise<void>;
}

/** What a service is built from. */
export interface ServiceParts<Tables> {
  readonly database: Database<Tables>;
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Undefined when the environment names no AUTH_URL. */
  readonly checkToken: TokenCheck | undefined;
  /** Calls another service; it becomes part of `getHealth` under its name and is closed at the end. */
  client(name: string, url: string): Client;
  readonly environment: Environment;
}

/** What a service is made of, beside what every service has. */
export interface BuiltService<Tables> {
  readonly handlers: Handlers;
  readonly consumers?: readonly EventConsumer<Tables>[];
  /** Beside `database`, `bus` and the services that are called. */
  readonly health?: Readonly<Record<string, HealthCheck>>;
  /** Work that goes on beside requests, stopped before the database closes. */
  readonly background?: readonly { stop(): Promise<void> }[];
  readonly configure?: (app: FastifyInstance) => Promise<void> | void;
  readonly bodyLimit?: number;
  /** What a handler may take, in milliseconds, for a service whose handlers read bodies themselves; 8000 unless said otherwise. */
  readonly handlerLimitMs?: number;
  /** For auth-service, which judges its own tokens. */
  readonly checkToken?: TokenCheck;
  /** For operations that ask for other credentials than a token. */
  readonly checkCredentials?: CredentialCheck;
}

export interface ServiceOptions<Tables> {
  /** `order-service` */
  readonly name: string;
  readonly environment: Environment;
  /** Of the service. */
  readonly folder: string;
  /** Its OpenAPI documents, below the folder; `contracts/api-spec.yaml` unless said otherwise. Without any it serves health and nothing else. */
  readonly contracts?: readonly string[];
  readonly migrations: readonly Migration[];
  build(parts: ServiceParts<Tables>): Promise<BuiltService<Tables>>;
}

/**
 * Opens the database and the bus, builds the service, and listens. Throws `EnvironmentError`, `ContractMismatch`, and what database and
 * port refuse; then nothing stays open.
 */
export async function startService<Tables>(options: ServiceOptions<Tables>): Promise<RunningService> {
  const settings = readSettings(options.environment, options.folder);
  const { logLevel: level, logFile } = settings;
  const log = createLogger({
    service: options.name,
    level,
    ...(logFile && { destination: openLogFile(logFile) }),
  });
  const closers = createClosers(log);
  try {
    return await start(options, settings, log, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start<Tables>(
  { name, environment, folder, contracts = ["contracts/api-spec.yaml"], ...options }: ServiceOptions<Tables>,
  settings: Settings,
  log: Logger,
  closers: Closers,
): Promise<RunningService> {
  const metrics = createMetrics(name);
  const tracing = await startTracing({ service: name, endpoint: settings.tracesEndpoint });
  closers.add("tracing", () => tracing.stop());
  const telemetry = { log, metrics, tracing };

  const clients = openClients(telemetry, closers);
  const checkToken = tokenCheckOf(settings, clients.open, telemetry);
  const { migrations } = options;
  const data = await openData<Tables>({ name, settings, migrations, ...telemetry }, closers);
  const { database, bus, outbox } = data;
  const built = await options.build({
    database,
    outbox,
    log,
    metrics,
    checkToken,
    client: clients.open,
    environment,
  });
  for (const work of built.background ?? []) closers.add("background work", () => work.stop());

  const app = await buildContractApp({
    contract: readContract(
      contracts.map((file) => join(folder, file)),
      name,
    ),
    handlers: built.handlers,
    checkToken: built.checkToken ?? checkToken,
    checkCredentials: built.checkCredentials,
    health: {
      database: { check: () => database.check(), readiness: true },
      bus,
      ...clients.health(),
      ...built.health,
    },
    bodyLimit: built.bodyLimit,
    handlerLimitMs: built.handlerLimitMs,
    configure: built.configure,
    ...telemetry,
  });
  await startMessages({ name, ...data, consumers: built.consumers ?? [], ...telemetry }, closers);
  const url = await listen(app, settings, closers);
  return { name, url, app, stop: () => closers.close() };
}

interface Telemetry {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

function openClients(telemetry: Telemetry, closers: Closers) {
  const clients = new Map<string, Client>();
  return {
    open(name: string, baseUrl: string): Client {
      const client = clients.get(name) ?? createClient({ name, baseUrl, ...telemetry });
      if (!clients.has(name)) closers.add(name, () => client.close());
      clients.set(name, client);
      return client;
    },
    health: (): Record<string, HealthCheck> => Object.fromEntries(clients),
  };
}

function tokenCheckOf(
  { authUrl, tokenIssuer, tokenAudience }: Settings,
  open: (name: string, url: string) => Client,
  { log, metrics }: Telemetry,
): TokenCheck | undefined {
  if (authUrl === undefined) return undefined;
  const auth = open("auth-service", authUrl);
  return createTokenCheck({ auth, issuer: tokenIssuer, audience: tokenAudience, log, metrics });
}
