import type { IncomingHttpHeaders } from "node:http";

/** Of one connection, not of the message (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What only the gateway may say to services, and what it answers itself. */
const notFromClients = new Set([
  "host",
  "expect",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
  "x-request-id",
  "traceparent",
]);

export interface Forwarding {
  readonly requestId: string;
  readonly traceparent: string | undefined;
  /** The address of the client. */
  readonly address: string;
  readonly protocol: string;
  readonly host: string | undefined;
  readonly takesBody: boolean;
}

/** The headers of a request to a service: those of the client that concern it, and what the gateway knows. */
export function requestHeaders(
  given: IncomingHttpHeaders,
  forwarding: Forwarding,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  const alsoOfConnection = namedBy(given.connection);
  for (const name in given) {
    const value = given[name];
    if (value === undefined || hopByHop.has(name) || notFromClients.has(name) || alsoOfConnection?.has(name))
      continue;
    if (!forwarding.takesBody && name.startsWith("content-")) continue;
    headers[name] = value;
  }
  headers["x-request-id"] = forwarding.requestId;
  headers["x-forwarded-for"] = forwarding.address;
  headers["x-forwarded-proto"] = forwarding.protocol;
  if (forwarding.host !== undefined) headers["x-forwarded-host"] = forwarding.host;
  if (forwarding.traceparent !== undefined) headers.traceparent = forwarding.traceparent;
  return headers;
}

/** The headers of a service's answer that concern the client. */
export function answerHeaders(given: IncomingHttpHeaders): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  const alsoOfConnection = namedBy(typeof given.connection === "string" ? given.connection : undefined);
  for (const name in given) {
    const value = given[name];
    if (value === undefined || hopByHop.has(name) || name === "x-request-id") continue;
    if (!alsoOfConnection?.has(name)) headers[name] = value;
  }
  return headers;
}

function namedBy(connection: string | undefined): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return undefined;
  const names = connection.toLowerCase().split(",");
  return new Set(names.map((name) => name.trim()));
}
