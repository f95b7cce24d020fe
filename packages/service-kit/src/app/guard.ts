import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest, onRequestHookHandler } from "fastify";
import type { Operation } from "../contract/contract.ts";
import type { CredentialPlace } from "../contract/credential-places.ts";
import { correlation } from "../telemetry/correlation.ts";
import type { Caller } from "./caller.ts";
import { type Problem, problems } from "./problem.ts";
import { unsupportedMediaType } from "./problem-answer.ts";
import { stateOf } from "./request-state.ts";

// RFC 6750, section 2.1; longer than any token that auth-service judges is none.
const bearer = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*)$/i;

/** Lets a request to a secured operation pass when it carries a token that holds, before its body is read. */
export function authenticate(checkToken: (token: string) => Promise<Caller>) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = bearer.exec(request.headers.authorization ?? "")?.[1];
    const state = stateOf(request);
    if (token === undefined || state === undefined) throw problems.unauthorized();
    state.caller = await correlation.run(state.correlation, () => checkToken(token));
  };
}

/** Judges the keys or the name and password that a request carries. Throws the problem 401 for those that do not hold. */
export type CredentialCheck = (request: FastifyRequest, operation: Operation) => Promise<Caller | undefined>;

/** Lets a request pass when it carries what the contract asks for and `check` lets it in, before its body is read. */
export function askCredentials(operation: Operation, check: CredentialCheck) {
  return async (request: FastifyRequest): Promise<void> => {
    const isThere = operation.credentials.some((places) => places.every((place) => holds(request, place)));
    if (!isThere) throw problems.unauthorized("The credentials that this operation asks for are missing.");
    const caller = await check(request, operation);
    const state = stateOf(request);
    if (state && caller) state.caller = caller;
  };
}

function holds({ headers, url }: FastifyRequest, place: CredentialPlace): boolean {
  switch (place.in) {
    case "basic":
      return /^Basic +\S/i.test(headers.authorization ?? "");
    case "header":
      return Boolean(headers[place.name.toLowerCase()]);
    case "query":
      return Boolean(new URL(url, "http://host").searchParams.get(place.name));
    case "cookie":
      return (headers.cookie ?? "").split(/;\s*/).some((cookie) => cookie.startsWith(`${place.name}=`));
  }
}

/** Lets a body pass when the operation reads its media type. */
export function acceptBody(operation: Operation): onRequestHookHandler {
  if (operation.mediaTypes.length > 0)
    return (request, _reply, done) => done(bodyRefusal(operation, request));
  // A body that nobody asked for is left unread rather than refused: libraries send `content-type` and empty objects with every POST.
  return (request, _reply, done) => {
    for (const name of ["content-type", "content-length", "transfer-encoding"])
      delete request.raw.headers[name];
    done();
  };
}

function bodyRefusal({ mediaTypes, bodyRequired }: Operation, request: FastifyRequest): Problem | undefined {
  const { headers } = request.raw;
  if (headers["content-type"] !== undefined || hasContent(headers)) {
    const isTaken = mediaTypes.some((one) => takes(one, request.mediaType ?? ""));
    return isTaken ? undefined : unsupportedMediaType(mediaTypes);
  }
  return bodyRequired ? problems.unprocessable({ errors: [{ path: "", message: "is missing" }] }) : undefined;
}

/** `image/*` takes every image. */
function takes(range: string, mediaType: string): boolean {
  const [type, rest] = range.split("/*");
  return range === "*/*" || (rest === "" ? mediaType.startsWith(`${type}/`) : mediaType === range);
}

const hasContent = (headers: IncomingHttpHeaders) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
