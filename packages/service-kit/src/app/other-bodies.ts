import type { FastifyInstance } from "fastify";
import { type Contract, isJson } from "../contract/contract.ts";
import { readJsonBodies } from "./json-body.ts";

/**
 * Media types of the contract for which the service has no parser of its own: kinds of JSON are read as JSON, everything else comes to its handler as the
 * stream that it is.
 */
export function readOtherBodies(app: FastifyInstance, { operations }: Contract): void {
  const named = new Set([...operations.values()].flatMap(({ mediaTypes }) => mediaTypes));
  // The guard of each operation knows which of them it takes; a range has no parser but the one for all.
  for (const mediaType of new Set([...named].map((one) => (one.includes("*") ? "*" : one)))) {
    if (app.hasContentTypeParser(mediaType)) continue;
    if (isJson(mediaType)) readJsonBodies(app, [mediaType]);
    else app.addContentTypeParser(mediaType, (_request, payload, done) => done(null, payload));
  }
}
