import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { Logger } from "../telemetry/logger.ts";
import type { Client } from "./client.ts";
import { DependencyUnavailable } from "./dependency-unavailable.ts";

/** Anybody can write a token with an unknown key; asking for each would be an attack on auth-service by way of us. */
const askAgainMs = 30_000;

/**
 * The public keys of auth-service, kept until a token names an unknown one, and asked for at most every 30 seconds. auth-service publishes
 * a key a day before it signs.
 */
export function createKeySet(auth: Client, log: Logger, now: () => number = Date.now): JWTVerifyGetKey {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const ask = () => {
    asking ??= askForKeys(auth)
      .then((set) => {
        keys = createLocalJWKSet(set);
        askedAt = now();
        log.info({ keys: set.keys.map(({ kid }) => kid) }, "keys of tokens were read");
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  return async (header, token) => {
    if (!keys) await ask();
    try {
      return await (keys as NonNullable<typeof keys>)(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - askedAt < askAgainMs) throw error;
      await ask();
      return (keys as NonNullable<typeof keys>)(header, token);
    }
  };
}

async function askForKeys(auth: Client): Promise<JSONWebKeySet> {
  const { status, body } = await auth.get<JSONWebKeySet>("/api/v1/auth/jwks");
  if (status !== 200) throw new DependencyUnavailable(auth.name, `answered ${status} instead of its keys`);
  return body;
}
