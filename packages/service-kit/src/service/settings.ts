import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Environment, EnvironmentError, optional, optionalNumber, requiredUrl } from "./environment.ts";

/** What the kit itself reads from the environment; the rest is for each service. */
export interface Settings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly busUrl: string;
  readonly busPrefix: string | undefined;
  /** Undefined for auth-service itself, and for services with nothing to protect. */
  readonly authUrl: string | undefined;
  readonly tokenIssuer: string;
  readonly tokenAudience: string;
  readonly logLevel: string;
  /** Standard output when it is undefined. */
  readonly logFile: string | undefined;
  /** The folder with `services/`; that of the service itself where it is the only one of its repository. */
  readonly contractsRoot: string;
  readonly tracesEndpoint: string | undefined;
}

const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/** Reads them all. Throws `EnvironmentError`, which names the variable. */
export function readSettings(environment: Environment, folder: string): Settings {
  const url = (name: string) =>
    optional(environment, name) && requiredUrl(environment, name, ["http", "https"]);
  return {
    host: optional(environment, "HOST") ?? "127.0.0.1",
    port: optionalNumber(environment, "PORT", 0, { max: 65_535 }),
    databaseUrl: requiredUrl(environment, "DATABASE_URL", ["postgres", "postgresql"]),
    poolSize: optionalNumber(environment, "DATABASE_POOL_SIZE", 10, { min: 1, max: 1000 }),
    busUrl: busUrl(environment),
    busPrefix: optional(environment, "BUS_PREFIX"),
    authUrl: url("AUTH_URL"),
    tokenIssuer: optional(environment, "TOKEN_ISSUER") ?? "auth-service",
    tokenAudience: optional(environment, "TOKEN_AUDIENCE") ?? "ecommerce-platform",
    logLevel: logLevel(environment),
    logFile: optional(environment, "LOG_FILE"),
    contractsRoot: contractsRoot(environment, folder),
    tracesEndpoint: url("OTEL_EXPORTER_OTLP_ENDPOINT"),
  };
}

function busUrl(environment: Environment): string {
  if (optional(environment, "AMQP_URL")) return requiredUrl(environment, "AMQP_URL", ["amqp", "amqps"]);
  if (optional(environment, "BUS_DATABASE_URL")) {
    return requiredUrl(environment, "BUS_DATABASE_URL", ["postgres", "postgresql"]);
  }
  throw new EnvironmentError("AMQP_URL and BUS_DATABASE_URL are missing; one of them is needed.");
}

function logLevel(environment: Environment): string {
  const level = optional(environment, "LOG_LEVEL") ?? "info";
  if (levels.includes(level)) return level;
  throw new EnvironmentError(`LOG_LEVEL is "${level}", which is none of ${levels.join(", ")}.`);
}

function contractsRoot(environment: Environment, folder: string): string {
  const given = optional(environment, "CONTRACTS_ROOT");
  const root = given ?? folderAbove(folder) ?? folder;
  if (isContractsRoot(root) || (given === undefined && existsSync(join(root, "contracts")))) return root;
  const where = given
    ? `There is no folder services in CONTRACTS_ROOT, which is ${given}.`
    : `No folder above ${folder} holds services, and it has no contracts itself.`;
  throw new EnvironmentError(
    `${where} CONTRACTS_ROOT is the folder that holds the contracts of all services.`,
  );
}

const isContractsRoot = (folder: string) => existsSync(join(folder, "services"));

/** The nearest folder above that is the root of a fleet: in its `services` stands this one, or it has something to share. */
function folderAbove(folder: string): string | undefined {
  for (let at = resolve(folder); at !== dirname(at); at = dirname(at)) {
    if (basename(dirname(at)) === "services") return dirname(dirname(at));
    if (existsSync(join(at, "services")) && existsSync(join(at, "shared"))) return at;
  }
  return undefined;
}
