import { createLogger, type Logger } from "../telemetry/logger.ts";

/** Writes nothing. */
export function silentLog(): Logger {
  return createLogger({ service: "test", level: "silent" });
}
