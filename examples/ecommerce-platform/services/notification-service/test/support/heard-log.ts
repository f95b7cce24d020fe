import { createLogger } from "@speckit/service-kit";

/** A log as the service writes it, and what it said so far. */
export function heardLog() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLogger({ service: "notification-service", level: "trace", destination }), lines };
}
