import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

// Ids of strangers go into logs and headers: nothing but these characters, and not many of them.
const sane = /^[A-Za-z0-9._-]{1,64}$/;

/** The id that a caller gave the request in `x-request-id`, or a new one. */
export function requestIdOf(request: Pick<IncomingMessage, "headers">): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && sane.test(given) ? given : `req-${randomUUID()}`;
}
