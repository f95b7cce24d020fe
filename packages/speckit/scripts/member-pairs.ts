/** A member of OpenAPI documents outside of schemas, in up to two strengths. */
export interface MemberPair {
  readonly member: string;
  /** Parts of a document; `loose` is left out where the member has one strength only. */
  readonly without: Parts;
  readonly loose?: Parts;
  readonly tight: Parts;
  /** In words, for the page. */
  readonly what: string;
}

/** What differs from a plain document: members of its operation, of its path and of the document itself. */
export interface Parts {
  readonly operation?: object;
  readonly path?: object;
  readonly document?: object;
}

const text = { type: "string" };
const parameter = (more: object) => ({
  operation: { parameters: [{ name: "size", in: "query", schema: text, ...more }] },
});
const body = (more: object, schema: object = { type: "object" }) => ({
  operation: { requestBody: { content: { "application/json": { schema } }, ...more } },
});
const response = (more: object) => ({ operation: { responses: { 200: { description: "One", ...more } } } });
const contents = (...types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: "object" } }]));
const header = (more: object) => response({ headers: { "X-Rate": { schema: text, ...more } } });
const schemes = {
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      login: {
        type: "oauth2",
        flows: {
          clientCredentials: { tokenUrl: "https://example.com/token", scopes: { read: "", write: "" } },
        },
      },
    },
  },
};
const secured = (...security: readonly object[]) => ({ operation: { security }, document: schemes });
const another = { responses: { 200: { description: "Another" } } };
const callback = (schema: object) => ({
  "{$request.query.url}": {
    post: {
      requestBody: { content: { "application/json": { schema } } },
      responses: { 204: { description: "Thanks" } },
    },
  },
});
const message = (required: readonly string[]) => ({
  type: "object",
  required,
  properties: { id: text, at: text },
});

export const memberPairs: readonly MemberPair[] = [
  {
    member: "paths",
    what: "an operation",
    without: {},
    tight: { document: { paths: { "/others": { get: another } } } },
  },
  {
    member: "parameters",
    what: "an optional query parameter, of five or three letters",
    without: {},
    loose: parameter({ schema: { ...text, maxLength: 5 } }),
    tight: parameter({ schema: { ...text, maxLength: 3 } }),
  },
  {
    member: "parameters, required",
    what: "a required query parameter",
    without: {},
    tight: parameter({ required: true }),
  },
  {
    member: "parameter.required",
    what: "a parameter becomes required",
    without: parameter({}),
    tight: parameter({ required: true }),
  },
  {
    member: "parameter.style",
    what: "a list written with pipes",
    without: parameter({ schema: { type: "array", items: text } }),
    tight: parameter({ schema: { type: "array", items: text }, style: "pipeDelimited", explode: false }),
  },
  {
    member: "parameter.explode",
    what: "a list in one value",
    without: parameter({ schema: { type: "array", items: text } }),
    tight: parameter({ schema: { type: "array", items: text }, explode: false }),
  },
  {
    member: "parameter.deprecated",
    what: "announced",
    without: parameter({}),
    tight: parameter({ deprecated: true }),
  },
  {
    member: "requestBody",
    what: "an optional body",
    without: {},
    loose: body({}, message([])),
    tight: body({}, message(["id"])),
  },
  {
    member: "requestBody.required",
    what: "a body becomes required",
    without: body({}),
    tight: body({ required: true }),
  },
  {
    member: "requestBody.content",
    what: "JSON, and XML as well",
    without: { operation: { requestBody: { content: contents("application/json") } } },
    tight: { operation: { requestBody: { content: contents("application/json", "application/xml") } } },
  },
  {
    member: "responses",
    what: "a status of success",
    without: {},
    tight: { operation: { responses: { 200: { description: "One" }, 202: { description: "Later" } } } },
  },
  {
    member: "responses, error",
    what: "a status of failure",
    without: {},
    tight: { operation: { responses: { 200: { description: "One" }, 409: { description: "Not now" } } } },
  },
  {
    member: "response.content",
    what: "JSON, and XML as well",
    without: response({ content: contents("application/json") }),
    tight: response({ content: contents("application/json", "application/xml") }),
  },
  {
    member: "response.headers",
    what: "a header, optional or always sent",
    without: response({}),
    loose: header({}),
    tight: header({ required: true }),
  },
  {
    member: "response.links",
    what: "a link to another operation",
    without: response({}),
    tight: response({ links: { next: { operationId: "readThing" } } }),
  },
  {
    member: "callbacks",
    what: "a message to the consumer, with one field or two that are always sent",
    without: {},
    loose: { operation: { callbacks: { done: callback(message(["id"])) } } },
    tight: { operation: { callbacks: { done: callback(message(["id", "at"])) } } },
  },
  {
    member: "webhooks",
    what: "a message to the consumer, with one field or two that are always sent",
    without: {},
    loose: {
      document: {
        webhooks: {
          done: {
            post: {
              requestBody: { content: { "application/json": { schema: message(["id"]) } } },
              responses: { 204: { description: "Thanks" } },
            },
          },
        },
      },
    },
    tight: {
      document: {
        webhooks: {
          done: {
            post: {
              requestBody: { content: { "application/json": { schema: message(["id", "at"]) } } },
              responses: { 204: { description: "Thanks" } },
            },
          },
        },
      },
    },
  },
  {
    member: "security",
    what: "a key, or a login",
    without: {},
    loose: secured({ key: [] }, { login: ["read"] }),
    tight: secured({ login: ["read"] }),
  },
  {
    member: "security, scopes",
    what: "a login that may read, and write as well",
    without: {},
    loose: secured({ login: ["read"] }),
    tight: secured({ login: ["read", "write"] }),
  },
  {
    member: "servers",
    what: "the base path",
    without: { document: { servers: [{ url: "https://example.com/v1" }] } },
    tight: { document: { servers: [{ url: "https://example.com/v2" }] } },
  },
  { member: "deprecated", what: "announced", without: {}, tight: { operation: { deprecated: true } } },
  {
    member: "x-sunset",
    what: "the day after which it is gone",
    without: { operation: { deprecated: true } },
    loose: { operation: { deprecated: true, "x-sunset": "2027-12-31" } },
    tight: { operation: { deprecated: true, "x-sunset": "2027-06-30" } },
  },
  {
    member: "x-stability-level",
    what: "`stable`, or `beta`",
    without: {},
    loose: { operation: { "x-stability-level": "stable" } },
    tight: { operation: { "x-stability-level": "beta" } },
  },
  {
    member: "operationId",
    what: "what generated clients call it",
    without: {},
    loose: { operation: { operationId: "readThing" } },
    tight: { operation: { operationId: "getThing" } },
  },
  {
    member: "summary, description, tags, externalDocs",
    what: "words about it",
    without: {},
    loose: { operation: { summary: "Reads", tags: ["a"] } },
    tight: {
      operation: {
        summary: "Gets",
        tags: ["b"],
        description: "More",
        externalDocs: { url: "https://example.com" },
      },
    },
  },
];
