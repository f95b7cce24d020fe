import type { FastifyBaseLogger } from "fastify";
import { type DestinationStream, type Logger as PinoLogger, pino, stdSerializers } from "pino";
import { correlation } from "./correlation.ts";
import { redact } from "./redact.ts";

/** `log.info({ orderId }, "order placed")`: data first, then a sentence without data. */
export type Logger = FastifyBaseLogger;

export interface LoggerOptions {
  readonly service: string;
  /** `info` unless said otherwise; `silent` writes nothing. */
  readonly level?: string;
  /** Standard output unless said otherwise. */
  readonly destination?: DestinationStream;
}

/**
 * Writes JSON lines with the service's name and, inside `correlation.run`, with `requestId` and `traceId`. Secrets and personal data are
 * redacted by the names of their properties; in sentences nothing is, so data goes into the object.
 */
export function createLogger({ service, level = "info", destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: redact },
    serializers: { err: shownOf },
    mixin: correlated,
  };
  return redactChildren(destination ? pino(options, destination) : pino(options));
}

/** pino gives what a child carries to no formatter of its parent; children of children inherit this. */
function redactChildren(log: PinoLogger): Logger {
  const { child } = log;
  const redacting = function (this: PinoLogger, bindings: Record<string, unknown>, options?: object) {
    return child.call(this, redact(bindings), options);
  };
  return Object.assign(log, { child: redacting });
}

function correlated(): object {
  const { requestId, traceparent } = correlation.current();
  if (requestId === undefined) return {};
  return traceparent === undefined ? { requestId } : { requestId, traceId: traceparent.slice(3, 35) };
}

/** Of an error of `pg`, what holds the row that it was about, which may be somebody's address. */
const aboutRows = new Set(["detail", "where", "parameters", "query"]);

/**
 * Type, message and stack, also of what caused it, and what was noted on the error as data. Objects of other kinds are left out: a client that a
 * library hangs on its errors holds the password of the connection.
 */
function shownOf(error: Error): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { type, message, stack } = stdSerializers.err(error);
  const noted = Object.entries(error).filter(([name, value]) => !aboutRows.has(name) && isData(value));
  const several = error instanceof AggregateError && { aggregateErrors: error.errors.map(shownOf) };
  return redact({ ...Object.fromEntries(noted), type, message, stack, ...several });
}

function isData(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null) return true;
  if (value instanceof Date) return true;
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null || Array.isArray(value);
  return isPlain && Object.values(value).every(isData);
}
