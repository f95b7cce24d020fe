import { hash } from "node:crypto";
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import type { Caller } from "../app/caller.ts";
import { problems } from "../app/problem.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Client } from "./client.ts";
import { DependencyUnavailable } from "./dependency-unavailable.ts";
import { createKeySet } from "./key-set.ts";

/** Judges access tokens. Throws the problem 401 for one that does not hold, `DependencyUnavailable` when auth-service does not answer. */
export interface TokenCheck {
  /** Verifies the token, then asks auth-service whether it is revoked and which roles hold now. */
  (token: string): Promise<Caller>;
  /** Verifies signature, issuer, audience and times and calls nobody, unless the key is unknown. Roles are those of the token. */
  verifyOnly(token: string): Promise<Caller>;
}

export interface TokenCheckOptions {
  readonly auth: Client;
  /** `iss` of the tokens. */
  readonly issuer: string;
  /** `aud` of the tokens. */
  readonly audience: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since 1970; the clock unless said otherwise. */
  readonly now?: () => number;
}

/** Tokens that are remembered at once: as many people as shop within a quarter of an hour. */
const remembered = 50_000;

interface Verified extends Omit<Caller, "token"> {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Checks tokens as auth-service makes them: ES256, with the claims `sub` (user id), `email`, `roles`, `sid` (session). A signature that
 * was verified is remembered until the token expires, by the token's hash; what auth-service says about revocation never is.
 */
export function createTokenCheck(options: TokenCheckOptions): TokenCheck {
  const { auth, log, metrics, now = Date.now } = options;
  const known = new LRUCache<string, Verified>({ max: remembered });
  const verify = verifier(createKeySet(auth, log, now), options, now);
  const checks = metrics.counter({
    name: "token_checks_total",
    help: "Access tokens by what came of their check.",
    labelNames: ["outcome"],
  });

  const verifyOnly = async (token: string): Promise<Caller> => {
    const key = hash("sha256", token, "base64");
    let verified = known.get(key);
    if (!verified) {
      verified = await verify(token);
      known.set(key, verified);
    }
    if (verified.expiresAt * 1000 <= now()) throw problems.unauthorized();
    const { expiresAt, ...caller } = verified;
    return { ...caller, token };
  };

  const check = async (token: string): Promise<Caller> => {
    const caller = await verifyOnly(token);
    const { status, body } = await auth.post<Validation>("/api/v1/auth/validate", { token });
    if (status === 200) return { ...caller, roles: body.data.roles };
    if (status === 401) throw problems.unauthorized();
    throw new DependencyUnavailable(auth.name, `answered ${status} to a token`);
  };

  const counted = (judge: (token: string) => Promise<Caller>) => async (token: string) => {
    try {
      const caller = await judge(token);
      checks.inc({ outcome: "valid" });
      return caller;
    } catch (error) {
      checks.inc({ outcome: error instanceof DependencyUnavailable ? "unavailable" : "refused" });
      throw error;
    }
  };
  return Object.assign(counted(check), { verifyOnly: counted(verifyOnly) });
}

interface Validation {
  readonly data: { readonly userId: string; readonly roles: readonly string[] };
}

type VerifyOptions = Pick<TokenCheckOptions, "issuer" | "audience">;

function verifier(keys: JWTVerifyGetKey, { issuer, audience }: VerifyOptions, now: () => number) {
  return async (token: string): Promise<Verified> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        // Whatever the header says: neither `none` nor a secret that is our public key.
        algorithms: ["ES256"],
        requiredClaims: ["sub", "exp"],
        currentDate: new Date(now()),
      });
      return verifiedFrom(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw problems.unauthorized();
      throw error;
    }
  };
}

function verifiedFrom({ sub, exp, email, roles, sid }: JWTPayload): Verified {
  return {
    userId: String(sub),
    email: String(email ?? ""),
    roles: Array.isArray(roles) ? roles.map(String) : [],
    sessionId: String(sid ?? ""),
    expiresAt: Number(exp),
  };
}
