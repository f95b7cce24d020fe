import { type Environment, optionalNumber, problems } from "@speckit/service-kit";
import type { onRequestHookHandler } from "fastify";
import { createRateLimit, type Rate } from "./rate-limit.ts";

/** How often one address may ask, in all and for single operations. */
export interface Limits {
  readonly all: Rate;
  /** By operationId. */
  readonly operations: Readonly<Record<string, Rate>>;
}

const second = 1000;
const minute = 60_000;

/** The limits of the platform; `RATE_LIMIT_PER_SECOND`, `LOGINS_PER_MINUTE` and `REGISTRATIONS_PER_MINUTE` change them. */
export function limitsOf(environment: Environment): Limits {
  const number = (name: string, fallback: number) => optionalNumber(environment, name, fallback, { min: 1 });
  return {
    all: { limit: number("RATE_LIMIT_PER_SECOND", 1000), windowMs: second },
    operations: {
      logIn: { limit: number("LOGINS_PER_MINUTE", 60), windowMs: minute },
      registerAccount: { limit: number("REGISTRATIONS_PER_MINUTE", 60), windowMs: minute },
    },
  };
}

/** Lets so many requests of an address pass; the others are answered 429 with `Retry-After`. */
export function limitRate(rate: Rate, clock?: () => number): onRequestHookHandler {
  const limit = createRateLimit(rate, clock);
  return (request, _reply, done) => {
    const retryAfterSeconds = limit.count(request.ip);
    done(retryAfterSeconds > 0 ? problems.tooManyRequests({ retryAfterSeconds }) : undefined);
  };
}
