import { type Environment, EnvironmentError, optional, required, requiredUrl } from "@speckit/service-kit";
import { type ClientAddress, readClientAddress } from "./client-address.ts";
import { type Administrator, readAdministrator } from "./create-administrator.ts";
import type { TokenParties } from "./domain/access-token.ts";

/** What the environment says, beside what every service reads. */
export interface Settings {
  readonly secret: string;
  readonly parties: TokenParties;
  readonly clientAddress: ClientAddress;
  readonly redisUrl: string | undefined;
  /** Begins the names of all keys in Redis. */
  readonly redisPrefix: string;
  readonly administrator: Administrator | undefined;
}

const fewestSecretBytes = 32;

/** Throws `EnvironmentError` for what is missing or wrong. */
export function readSettings(environment: Environment): Settings {
  const secret = required(environment, "AUTH_SECRET");
  if (Buffer.byteLength(secret) < fewestSecretBytes) {
    throw new EnvironmentError(`AUTH_SECRET has less than ${fewestSecretBytes} bytes.`);
  }
  return {
    secret,
    parties: {
      issuer: optional(environment, "TOKEN_ISSUER") ?? "auth-service",
      audience: optional(environment, "TOKEN_AUDIENCE") ?? "ecommerce-platform",
    },
    // A gateway on the same machine speaks from here; nobody else on the network can.
    clientAddress: readClientAddress(environment.TRUSTED_PROXIES ?? "127.0.0.1, ::1"),
    redisUrl:
      optional(environment, "REDIS_URL") && requiredUrl(environment, "REDIS_URL", ["redis", "rediss"]),
    redisPrefix: `${optional(environment, "REDIS_PREFIX") ?? ""}auth:`,
    administrator: readAdministrator(environment),
  };
}
