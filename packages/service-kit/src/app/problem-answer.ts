import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { BusUnavailable } from "../bus/bus.ts";
import { DependencyUnavailable } from "../client/dependency-unavailable.ts";
import { OutOfTime } from "../client/within.ts";
import { isDatabaseUnavailable } from "../database/unavailable.ts";
import { Problem, problems } from "./problem.ts";
import { placesInBody, placesInParameters } from "./validation.ts";

/** Answers with a problem (RFC 7807). An answer to HEAD has no body, so a link says of what type the problem is. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { headers = {}, type } = problem.options;
  return reply
    .code(problem.status)
    .headers({ ...headers, ...(request.method === "HEAD" && { link: `<${type}>; rel="type"` }) })
    .type("application/problem+json")
    .send(problemBody(problem, { path: request.url, requestId: request.id }));
}

/** The body of the answer, as text. */
export function problemBody(
  { status, options }: Problem,
  { path, requestId }: { path: string; requestId?: string },
): string {
  const { type, title, detail, errors, extra } = options;
  return JSON.stringify({
    type,
    title,
    status,
    detail,
    instance: instanceOf(path),
    requestId,
    errors,
    ...extra,
  });
}

/**
 * The path of a request as a URI reference, without its query, which may hold what nobody should see again. Characters that no URI has are
 * encoded: Node lets more of them through than RFC 3986 does.
 */
function instanceOf(url: string): string {
  const [path = "/"] = url.split(/[?#]/, 1);
  const encoded = path.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu, encodeURIComponent);
  // Two slashes at the front would name a host.
  return encoded.replace(/^\/{2,}/, "/");
}

/** What an error means to the caller. Undefined: we have a bug. */
export function problemOf(error: FastifyError | Error): Problem | undefined {
  if (error instanceof Problem) return error;
  if ("validation" in error && error.validation) return invalidRequest(error);
  if (error instanceof DependencyUnavailable || error instanceof BusUnavailable)
    return problems.unavailable();
  if (error instanceof OutOfTime) return problems.unavailable();
  if (isDatabaseUnavailable(error)) return problems.unavailable();
  return frameworkProblem(error);
}

function invalidRequest({ validation = [], validationContext }: FastifyError): Problem {
  if (validationContext === "body") return problems.unprocessable({ errors: placesInBody(validation) });
  if (validationContext === "params") return problems.notFound();
  const errors = placesInParameters(validation);
  const [first] = errors;
  const kind = validationContext === "headers" ? "header" : "query parameter";
  return problems.badRequest(`The ${kind} ${first?.path} ${first?.message}.`, errors);
}

/** Errors of Fastify and of its plugins carry a status. */
function frameworkProblem(error: Error): Problem | undefined {
  const { statusCode = 500, code = "" } = error as FastifyError;
  // The path cannot be decoded, or a part of it is longer than any identifier.
  if (code === "FST_ERR_BAD_URL" || code === "FST_ERR_MAX_PARAM_LENGTH") return problems.notFound();
  if (statusCode === 413) return payloadTooLarge();
  if (statusCode === 415 || statusCode === 406) return unsupportedMediaType();
  return statusCode >= 400 && statusCode < 500
    ? problems.badRequest("The request cannot be read.")
    : undefined;
}

const payloadTooLarge = () =>
  new Problem(413, {
    type: "/problems/payload-too-large",
    title: "Payload too large",
    detail: "The body is larger than this operation takes.",
  });

/** The problem 415. `mediaTypes` are those that the operation reads. */
export function unsupportedMediaType(mediaTypes: readonly string[] = []): Problem {
  const detail =
    mediaTypes.length > 0
      ? `Send the body as ${mediaTypes.join(" or ")}.`
      : "The body has another media type.";
  return new Problem(415, {
    type: "/problems/unsupported-media-type",
    title: "Unsupported media type",
    detail,
  });
}

export const internalError = () =>
  new Problem(500, {
    type: "/problems/internal-error",
    title: "Internal error",
    detail: "Something went wrong on our side.",
  });
