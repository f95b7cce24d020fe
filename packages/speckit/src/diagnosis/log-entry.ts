import type { ErrorRequest } from "./error-report.ts";

/** One entry of a log, or one document about an error. */
export interface LogEntry {
  /** Everything of it that tells of the error, as lines. */
  readonly text: string;
  readonly isError: boolean;
  readonly requests: readonly ErrorRequest[];
  readonly status: number | undefined;
  /** The service's name, as the log gives it. */
  readonly logger: string | undefined;
  readonly rules: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an object: problem details (RFC 9457), findings of speckit, a line as pino, winston, zap, logrus, structlog or Logback write it. What is none of
 * these is taken by the usual names of its members.
 */
export function readEntry(value: object): LogEntry {
  const fields = value as Fields;
  if (Array.isArray(fields.findings)) return findingsEntry(fields.findings.filter(isFields));
  if (typeof fields.title === "string" && ("status" in fields || "detail" in fields))
    return problemEntry(fields);
  const error = [fields.err, fields.error, fields.exception].find(isFields) ?? {};
  const req = [fields.req, fields.request].find(isFields) ?? {};
  const res = [fields.res, fields.response].find(isFields) ?? {};
  const stack =
    textOf(error, "stack", "stack_trace") ??
    textOf(fields, "stack", "stack_trace", "stacktrace", "exception", "exc_info");
  const message = [
    textOf(fields, "msg", "message", "event"),
    stack === undefined ? joined(textOf(error, "type", "name"), textOf(error, "message", "msg")) : undefined,
    stack,
    textOf(error, "code") ?? textOf(fields, "code"),
    typeof fields.error === "string" ? fields.error : undefined,
  ];
  const lines = message.filter((part): part is string => part !== undefined && part !== "");
  return {
    text: lines.length > 0 ? [...new Set(lines)].join("\n") : JSON.stringify(value).slice(0, 2000),
    isError:
      isErrorLevel(fields.level ?? fields.severity ?? fields.levelname) ||
      stack !== undefined ||
      Object.keys(error).length > 0,
    requests: requestsOf(req, fields),
    status: numberOf(res, "statusCode", "status") ?? numberOf(fields, "statusCode", "status", "status_code"),
    logger: textOf(fields, "service", "service.name", "name", "logger", "app"),
    rules: [],
  };
}

function problemEntry(fields: Fields): LogEntry {
  const instance = textOf(fields, "instance");
  const details = Array.isArray(fields.errors)
    ? fields.errors.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))
    : [];
  return {
    text: [joined(textOf(fields, "title"), textOf(fields, "detail")), textOf(fields, "type"), ...details]
      .filter(Boolean)
      .join("\n"),
    isError: true,
    requests: instance?.startsWith("/") ? [{ method: undefined, path: instance.replace(/[?#].*$/, "") }] : [],
    status: numberOf(fields, "status"),
    logger: undefined,
    rules: [],
  };
}

function findingsEntry(findings: readonly Fields[]): LogEntry {
  const wrong = findings.filter(({ severity }) => severity !== "info");
  return {
    text: wrong
      .map(
        (finding) =>
          `${textOf(finding, "rule")}: ${textOf(finding, "message")}\n  ${textOf(finding, "file")}:${numberOf(finding, "line") ?? 1}`,
      )
      .join("\n"),
    isError: wrong.length > 0,
    requests: [],
    status: undefined,
    logger: undefined,
    rules: [...new Set(wrong.flatMap((finding) => textOf(finding, "rule") ?? []))],
  };
}

function requestsOf(req: Fields, fields: Fields): ErrorRequest[] {
  const path = textOf(req, "url", "path", "originalUrl") ?? textOf(fields, "url", "path", "uri");
  if (!path?.includes("/")) return [];
  const method = textOf(req, "method") ?? textOf(fields, "method");
  return [
    { method: method?.toUpperCase(), path: path.replace(/^https?:\/\/[^/]+/, "").replace(/[?#].*$/, "") },
  ];
}

/** pino counts in tens, syslog has words. */
function isErrorLevel(level: unknown): boolean {
  if (typeof level === "number") return level >= 50;
  return (
    typeof level === "string" &&
    /^(?:err(?:or)?|fatal|crit(?:ical)?|alert|emerg(?:ency)?|panic|dpanic|severe)$/i.test(level)
  );
}

function joined(name: string | undefined, text: string | undefined): string | undefined {
  return name !== undefined && text !== undefined ? `${name}: ${text}` : (name ?? text);
}

function textOf(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) if (typeof fields[name] === "string") return fields[name];
  return undefined;
}

function numberOf(fields: Fields, ...names: readonly string[]): number | undefined {
  for (const name of names) if (typeof fields[name] === "number") return fields[name];
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
