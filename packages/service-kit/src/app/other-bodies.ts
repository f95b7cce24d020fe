import type { FastifyInstance } from "fastify";
import type { Contract } from "../contract/contract.ts";

/** Bodies that are no JSON, and that the service has no parser for, come to their handler as the stream that they are. */
export function leaveOtherBodies(app: FastifyInstance, { operations }: Contract): void {
  for (const mediaType of new Set([...operations.values()].flatMap(({ mediaTypes }) => mediaTypes))) {
    if (mediaType.includes("*") || app.hasContentTypeParser(mediaType)) continue;
    app.addContentTypeParser(mediaType, (_request, payload, done) => done(null, payload));
  }
}
