import path from "node:path";
import { type Environment, EnvironmentError, optional, requiredUrl } from "@speckit/service-kit";
import { prepareDatabase, startEmbeddedPostgres } from "@speckit/service-kit/embedded";
import type { Secrets } from "./secrets.ts";
import { services } from "./services.ts";

/** Where the services keep and send their things. */
export interface Servers {
  /** By the name of the service. */
  readonly databaseUrls: ReadonlyMap<string, string>;
  /** The bus as services are told of it: AMQP_URL or BUS_DATABASE_URL, and BUS_PREFIX. */
  readonly bus: Readonly<Record<string, string>>;
  readonly busUrl: string;
  /** In words, for people. */
  readonly summary: readonly string[];
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly dataDir: string;
  readonly environment: Environment;
  /** Stands before the names of databases, roles and queues. */
  readonly prefix: string;
  readonly log: { info(message: string): void; error(message: string): void };
}

const busDatabase = "bus_db";
const databases = [...services.flatMap(({ database }) => database ?? []), busDatabase];

/** The role that owns a database and nothing else: `order_db` is order_service's. */
const roleOf = (database: string) => database.replace(/_db$/, "_service");

/** Longer ones would leave PostgreSQL no room for the rest of a name. */
const prefixes = /^[A-Za-z0-9_-]{1,40}$/;

/** PLATFORM_PREFIX, empty when there is none. Throws `EnvironmentError` for what cannot begin the name of a database in an address. */
export function prefixOf(environment: Environment): string {
  const prefix = optional(environment, "PLATFORM_PREFIX") ?? "";
  if (prefix === "" || prefixes.test(prefix)) return prefix;
  throw new EnvironmentError("PLATFORM_PREFIX may have 40 letters, digits, hyphens and underscores.");
}

/** DATABASE_URL, if there is one. Throws `EnvironmentError` when it leads to no PostgreSQL. */
export function databaseUrlOf(environment: Environment): string | undefined {
  return optional(environment, "DATABASE_URL") && requiredUrl(environment, "DATABASE_URL", postgresSchemes);
}
const postgresSchemes = ["postgres", "postgresql"];

export const rolesOf = (prefix: string) => databases.map((database) => prefix + roleOf(database));

/** Brings up the servers that the environment does not name, and makes a database and a role for each service. */
export async function startServers(options: ServerOptions, secrets: Secrets): Promise<Servers> {
  const { environment, prefix } = options;
  const amqpUrl = optional(environment, "AMQP_URL");
  const redisUrl = optional(environment, "REDIS_URL");
  const postgres = await openPostgres(options);
  try {
    const urls = await prepareDatabases(postgres.url, prefix, secrets).catch((error) => {
      throw explain(error, postgres.url, environment);
    });
    const busUrl = amqpUrl ?? urls.get(busDatabase) ?? "";
    return {
      databaseUrls: new Map(services.map(({ name, database = "" }) => [name, urls.get(database) ?? ""])),
      bus: {
        ...(amqpUrl === undefined ? { BUS_DATABASE_URL: busUrl } : { AMQP_URL: amqpUrl }),
        ...(prefix !== "" && { BUS_PREFIX: prefix }),
      },
      busUrl,
      summary: [
        postgres.summary,
        amqpUrl === undefined ? "bus in PostgreSQL" : `RabbitMQ at ${hostOf(amqpUrl)}`,
        ...(redisUrl === undefined ? [] : [`Redis at ${hostOf(redisUrl)}`]),
      ],
      stop: postgres.stop,
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function openPostgres({ dataDir, environment, log }: ServerOptions) {
  const url = databaseUrlOf(environment);
  if (url !== undefined) return { url, summary: `PostgreSQL at ${hostOf(url)}`, stop: async () => undefined };
  const embedded = await startEmbeddedPostgres({ dataDir: path.join(dataDir, "postgres"), log });
  return {
    url: embedded.url,
    summary: `PostgreSQL of its own at 127.0.0.1:${embedded.port}`,
    stop: () => embedded.stop(),
  };
}

/** What a person can do about it; an address of a server holds a password, which nobody wants to see in a terminal. */
function explain(error: Error & { code?: string }, url: string, environment: Environment): Error {
  if (optional(environment, "DATABASE_URL") === undefined) return error;
  const { code = "" } = error;
  const host = hostOf(url);
  if (/^E[A-Z]+$/.test(code))
    return new Error(`DATABASE_URL names a server at ${host} that does not answer (${code}).`);
  if (code === "42501") return new Error("The role of DATABASE_URL may not make roles and databases.");
  return new Error(`The PostgreSQL server at ${host} refuses: ${error.message}`);
}

async function prepareDatabases(
  adminUrl: string,
  prefix: string,
  secrets: Secrets,
): Promise<Map<string, string>> {
  const urls = new Map<string, string>();
  for (const database of databases) {
    const role = prefix + roleOf(database);
    const password = secrets.databasePasswords[role] ?? "";
    urls.set(database, await prepareDatabase(adminUrl, { database: prefix + database, role, password }));
  }
  return urls;
}

/** Where the bus is when it is kept in PostgreSQL. */
export function busUrlOn(adminUrl: string, prefix: string, { databasePasswords }: Secrets): string {
  const role = prefix + roleOf(busDatabase);
  const url = new URL(`/${prefix}${busDatabase}`, adminUrl);
  url.username = role;
  url.password = databasePasswords[role] ?? "";
  return url.href;
}

/** What the shop has on a PostgreSQL server, by name. */
export const namesOn = (prefix: string) => ({
  databases: databases.map((database) => prefix + database),
  roles: rolesOf(prefix),
});

const hostOf = (url: string) => new URL(url).host;
