import { compareTexts, worst } from "../src/index.ts";

export const places = ["request", "response", "event"] as const;
export type Place = (typeof places)[number];

/** What the engine says of a schema that changes from one version to the other at a place; events are to stay readable by old consumers. */
export function verdictAt(place: Place, base: object, revision: object): string {
  const [before, after] = [base, revision].map((schema) => JSON.stringify(documentWith(place, schema)));
  const file = place === "event" ? "events.json" : "api.json";
  return worst(
    compareTexts({ file, text: before ?? "" }, { file, text: after ?? "" }, { today: "2026-01-01" }),
  );
}

function documentWith(place: Place, value: object): object {
  const schema = { type: "object", properties: { value } };
  if (place === "event") return { events: [{ eventType: "thing.changed", version: "v1", schema }] };
  const content = { "application/json": { schema } };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "v1" },
    paths: {
      "/things": {
        post: {
          ...(place === "request" ? { requestBody: { required: true, content } } : {}),
          responses: { 200: { description: "Thing", ...(place === "response" ? { content } : {}) } },
        },
      },
    },
  };
}
