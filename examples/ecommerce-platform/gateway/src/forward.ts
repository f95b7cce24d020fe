import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { type Problem, problems, sendProblem, stateOf } from "@speckit/service-kit";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Dispatcher } from "undici";
import { answerHeaders, requestHeaders } from "./headers.ts";
import { BodyTooLarge, readBody } from "./limited-body.ts";
import { badGateway, bodyTooLarge, gatewayTimeout } from "./problems.ts";
import type { Route } from "./routes.ts";
import type { Upstream } from "./upstream.ts";

/**
 * Hands a request on to its service and the answer back, both as they arrive. A service that cannot be reached, falls silent or breaks off
 * becomes a problem of the gateway, as long as nothing of its answer has gone out.
 */
export function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  upstream: Upstream,
): void {
  const retryAfter = upstream.breaker.secondsToWait();
  if (retryAfter > 0) {
    reply.header("retry-after", retryAfter);
    sendProblem(request, reply, problems.unavailable());
    return;
  }
  const { raw } = request;
  const takesBody = route.takesBody && hasBody(request);
  const headers = requestHeaders(raw.headers, {
    requestId: request.id,
    traceparent: stateOf(request)?.correlation.traceparent,
    address: request.ip,
    protocol: request.protocol,
    host: raw.headers.host,
    takesBody,
  });
  const target = { method: route.operation.method as Dispatcher.HttpMethod, path: raw.url ?? "/", headers };
  const send = (body: Buffer | Readable | null) => {
    // Whoever has been answered is not read on for the service's sake.
    if (body instanceof Readable) reply.raw.once("close", () => body.destroy());
    upstream.pool.dispatch({ ...target, body }, answerTo(request, reply, upstream));
  };
  if (takesBody) readBody(raw, route.bodyLimitBytes, send);
  else send(null);
}

function hasBody({ raw: { headers } }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Writes the answer of a service to the client, at the client's pace. */
function answerTo(
  request: FastifyRequest,
  reply: FastifyReply,
  { breaker }: Upstream,
): Dispatcher.DispatchHandler {
  const client = reply.raw;
  let call: Dispatcher.DispatchController | undefined;
  client.once("close", () => {
    if (!client.writableFinished) call?.abort(new ClientGone());
  });

  return {
    onRequestStart(controller) {
      call = controller;
      if (client.destroyed) controller.abort(new ClientGone());
    },
    onResponseStart(controller, status, headers) {
      // Interim answers (100, 103) are for the connection to the gateway.
      if (status < 200) return;
      breaker.succeeded();
      reply.hijack();
      client.writeHead(status, { ...answerHeaders(headers), ...ownHeaders(reply) });
      client.on("drain", () => controller.resume());
    },
    onResponseData(controller, chunk) {
      if (!client.write(chunk)) controller.pause();
    },
    onResponseEnd() {
      client.end();
    },
    onResponseError(_controller, error) {
      if (error instanceof ClientGone || client.destroyed) return;
      const { problem, isOfService } = meaningOf(error);
      if (isOfService) breaker.failed();
      // Half an answer must not look like a whole one.
      if (client.headersSent) client.destroy();
      else sendProblem(request, reply, problem);
    },
  };
}

class ClientGone extends Error {
  override readonly name = "ClientGone";
}

const silences = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT"]);
/** The client announced another length than it sent, or sent a header that cannot be handed on. */
const clientFaults = new Set(["UND_ERR_REQ_CONTENT_LENGTH_MISMATCH", "UND_ERR_INVALID_ARG"]);

function meaningOf(error: Error): { problem: Problem; isOfService: boolean } {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (error instanceof BodyTooLarge) return { problem: bodyTooLarge(), isOfService: false };
  if (clientFaults.has(code)) {
    return { problem: problems.badRequest("The request cannot be read."), isOfService: false };
  }
  return { problem: silences.has(code) ? gatewayTimeout() : badGateway(), isOfService: true };
}

/** The request id and what CORS asks for, which the gateway says and no service. */
const ownHeaders = (reply: FastifyReply) => reply.getHeaders() as OutgoingHttpHeaders;
