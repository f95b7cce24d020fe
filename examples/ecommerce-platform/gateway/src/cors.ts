import type { FastifyInstance } from "fastify";
import type { Route } from "./routes.ts";

/** What pages of other origins may send and read. The shop knows no cookies, so a token is what protects an operation. */
const allowedHeaders = "authorization, content-type, idempotency-key, x-request-id, traceparent";
const exposedHeaders = "x-request-id, retry-after, location";
const maxAgeSeconds = "600";

/**
 * Lets pages of the given origins (all, for `["*"]`) call the operations, and answers what browsers ask beforehand
 * (https://fetch.spec.whatwg.org/#http-cors-protocol).
 */
export function allowOrigins(
  app: FastifyInstance,
  origins: readonly string[],
  routes: readonly Route[],
): void {
  const all = origins.includes("*");
  app.addHook("onRequest", (request, reply, done) => {
    const { origin } = request.headers;
    if (!all) reply.header("vary", "origin");
    if (origin !== undefined && (all || origins.includes(origin))) {
      reply.header("access-control-allow-origin", all ? "*" : origin);
      reply.header("access-control-expose-headers", exposedHeaders);
    }
    done();
  });
  for (const [url, methods] of methodsByUrl(routes)) {
    app.options(url, (_request, reply) => {
      const allowed = reply.hasHeader("access-control-allow-origin") && {
        "access-control-allow-methods": methods.join(", "),
        "access-control-allow-headers": allowedHeaders,
        "access-control-max-age": maxAgeSeconds,
      };
      return reply
        .code(204)
        .headers(allowed || {})
        .send();
    });
  }
}

function methodsByUrl(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { url, operation } of routes) methods.set(url, [...(methods.get(url) ?? []), operation.method]);
  return methods;
}
