import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operationsIn, requestsFor } from "../../src/index.ts";
import type { CallableOperation } from "../../src/model/callable-operation.ts";
import type { ContractRequest } from "../../src/verify/exchange.ts";
import { withCredentials } from "../../src/verify/requests/credentials.ts";
import { ajvErrors } from "./oracle.ts";

/** The one operation of a contract whose members are given as YAML. */
function operation(members: string, method = "post", path = "/api/v1/orders"): CallableOperation {
  const text = `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  ${path}:
    ${method}:
${members.replace(/^/gm, "      ")}
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    basic: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: X-Key }
    queryKey: { type: apiKey, in: query, name: key }
    cookieKey: { type: apiKey, in: cookie, name: session }
`;
  const [found] = operationsIn({ file: "api-spec.yaml", text });
  if (!found) throw new Error("There is no operation.");
  return found;
}

const body = (schema: string, more = "") =>
  `requestBody: { required: true, content: { application/json: { schema: ${schema}${more} } } }
responses: { '201': { description: Placed }, '400': { description: Bad }, '422': { description: Not so } }`;

const shown = (requests: readonly ContractRequest[], kind: ContractRequest["kind"]) =>
  requests
    .filter((request) => request.kind === kind)
    .map(({ title, body: sent }) => `${title}: ${String(sent)}`);

describe("requests of an operation", () => {
  const placeOrder = operation(
    body(
      "{ type: object, required: [sku, quantity], additionalProperties: false, properties: { sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{3}$' }, quantity: { type: integer, minimum: 1, maximum: 9 }, note: { type: string, maxLength: 5 }, gift: { type: boolean } } }",
      ", example: { sku: TEA-100, quantity: 2 }",
    ),
  );
  const requests = requestsFor(placeOrder);

  test("begin with what is valid: examples, what is required, all that is optional", () => {
    expect(shown(requests, "valid").map((line) => line.replace(/"[A-Z]{3}-\d{3}"/, '"…"'))).toEqual([
      'example of the contract: {"sku":"…","quantity":2}',
      'what is required: {"sku":"…","quantity":1}',
      expect.stringMatching(/^all that is optional: \{"sku":"…","quantity":1,"note":".{5}","gift":true\}$/),
    ]);
  });

  test("go on with each boundary", () => {
    expect(requests.filter(({ kind }) => kind === "boundary").map(({ title }) => title)).toEqual([
      "quantity is as large as allowed",
      "gift is false",
    ]);
  });

  test("end with each way to break it, one at a time", () => {
    expect(requests.filter(({ kind }) => kind === "invalid").map(({ title }) => title)).toEqual([
      "the body has another type",
      "the body is null",
      "the body lacks 'sku'",
      "the body lacks 'quantity'",
      "the body has a property that nobody described",
      "sku has another type",
      "sku is null",
      "sku does not match ^[A-Z]{3}-[0-9]{3}$",
      "quantity has another type",
      "quantity is null",
      "quantity is below 1",
      "quantity is above 9",
      "quantity has a fraction",
      "note has another type",
      "note is null",
      "note is longer than 5",
      "gift has another type",
      "gift is null",
      "JSON that breaks off",
      "a body of the media type text/plain",
      "no body",
    ]);
  });

  test("say which of the declared statuses refuse them", () => {
    const refusals = new Map(requests.map(({ title, refusals: statuses }) => [title, statuses]));
    expect(refusals.get("sku is null")).toEqual(["422", "400"]);
    expect(refusals.get("JSON that breaks off")).toEqual(["400", "422"]);
    expect(refusals.get("example of the contract")).toEqual([]);
  });

  test("are the same for the same seed", () => {
    expect(requestsFor(placeOrder, { seed: 7 })).toEqual(requestsFor(placeOrder, { seed: 7 }));
    expect(requestsFor(placeOrder, { seed: 7 })).not.toEqual(requestsFor(placeOrder, { seed: 8 }));
  });

  test("carry the values that are known", () => {
    const values = { sku: "TEA-100", "placeOrder.quantity": 4 };
    const named = operation(
      `operationId: placeOrder\n${body("{ type: object, required: [sku, quantity], properties: { sku: { type: string }, quantity: { type: integer } } }")}`,
    );
    expect(shown(requestsFor(named, { values }), "valid")).toEqual([
      'what is required: {"sku":"TEA-100","quantity":4}',
    ]);
    expect(shown(requestsFor(named, { learnt: { sku: "MUG-001", quantity: "many" } }), "valid")).toContain(
      'values of earlier answers: {"sku":"MUG-001","quantity":1}',
    );
    expect(shown(requestsFor(named, { values: { quantity: "6" } }), "valid")[0]).toContain('"quantity":6');
  });
});

describe("parameters", () => {
  const answers = "responses: { '200': { description: All }, '400': { description: Bad } }";
  const queries = (parameters: string) =>
    requestsFor(operation(`parameters: [${parameters}]\n${answers}`, "get")).map(
      ({ kind, path }) => `${kind} ${path.replace("/api/v1/orders", "")}`,
    );

  test.each([
    {
      parameters: "{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }",
      sent: [
        "valid ",
        "valid ?limit=1",
        "boundary ?limit=50",
        "invalid ?limit=neither%20number%20nor%20truth",
        "invalid ?limit=0",
        "invalid ?limit=51",
        "invalid ?limit=1.5",
      ],
    },
    {
      parameters: "{ name: state, in: query, required: true, schema: { enum: [open, shut] } }",
      sent: ["valid ?state=open", "boundary ?state=shut", "invalid ", "invalid ?state=none-of-these"],
    },
    {
      parameters:
        "{ name: ids, in: query, schema: { type: array, items: { type: string, enum: [a] }, minItems: 2 } }",
      sent: ["valid ", "valid ?ids=a&ids=a"],
    },
    {
      parameters:
        "{ name: ids, in: query, explode: false, schema: { type: array, items: { enum: [a] }, minItems: 2 } }",
      sent: ["valid ", "valid ?ids=a%2Ca"],
    },
    // An empty list looks as one that holds an empty text, or as none.
    {
      parameters:
        "{ name: ids, in: query, explode: false, schema: { type: array, items: { enum: [a] }, maxItems: 1 } }",
      sent: ["valid ", "valid ?ids=a"],
    },
    {
      parameters:
        "{ name: ids, in: query, required: true, schema: { type: array, items: { enum: [a] }, maxItems: 1 } }",
      sent: ["valid ?ids=a", "invalid "],
    },
    {
      parameters:
        "{ name: ids, in: query, explode: false, schema: { type: array, items: { enum: ['a,b', c] }, minItems: 1, maxItems: 1 } }",
      sent: ["valid ", "valid ?ids=c"],
    },
    {
      parameters:
        "{ name: near, in: query, style: deepObject, schema: { type: object, required: [lat], properties: { lat: { const: 1 } } } }",
      sent: ["valid ", "valid ?near%5Blat%5D=1"],
    },
    {
      parameters:
        "{ name: filter, in: query, content: { application/json: { schema: { type: object, required: [a], properties: { a: { const: 1 } } } } } }",
      sent: ["valid ", "valid ?filter=%7B%22a%22%3A1%7D"],
    },
    {
      parameters: "{ name: cursor, in: query, schema: { type: string, maxLength: 9 } }",
      sent: ["valid ", "invalid ?cursor=long"],
    },
  ])("$parameters", ({ parameters, sent }) => {
    const seen = queries(parameters).map((line) => line.replace(/cursor=.*/, "cursor=long"));
    expect(seen).toEqual(sent);
  });

  test("of the path are written where they belong, and broken where that arrives", () => {
    const one = operation(
      `parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid }, example: 7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f }]\n${answers}`,
      "get",
      "/api/v1/orders/{id}",
    );
    expect(requestsFor(one).map(({ kind, path, isFormat }) => `${kind} ${path} ${isFormat}`)).toEqual([
      "valid /api/v1/orders/7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f false",
      "invalid /api/v1/orders/not-a-uuid true",
    ]);
    expect(requestsFor(one, { values: { id: "a/b c" } })[0]?.path).toBe("/api/v1/orders/a%2Fb%20c");
  });

  test("that may be used once are new in every request", () => {
    const placed = requestsFor(
      operation(
        `parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string, format: uuid } }]\n${body("{ type: object, required: [sku], properties: { sku: { type: string } } }")}`,
      ),
    );
    const keys = placed.flatMap(({ headers }) => headers["idempotency-key"] ?? []);
    expect(keys.length).toBe(placed.length - 1);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("bodies that are no JSON", () => {
  const upload = operation(`requestBody:
  required: true
  content:
    multipart/form-data:
      schema: { type: object, required: [file], additionalProperties: false, properties: { file: { type: string, format: binary }, name: { type: string, enum: [front, back] } } }
      encoding: { file: { contentType: 'image/png, image/jpeg' } }
responses: { '201': { description: Kept }, '415': { description: Not a form } }`);

  test("are forms with files in them", () => {
    const [first, fullest] = requestsFor(upload);
    const text = new TextDecoder("latin1").decode(fullest?.body as Uint8Array);
    expect(first?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=speckit-[\da-f]{16}$/);
    expect(text).toContain(
      'Content-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: image/png\r\n\r\n\u0089PNG',
    );
    expect(text).toMatch(/name="name"\r\n\r\n(?:front|back)\r\n--speckit-[\da-f]{16}--\r\n$/);
    expect(
      requestsFor(upload)
        .filter(({ kind }) => kind === "invalid")
        .map(({ title }) => title),
    ).toEqual([
      "the body lacks 'file'",
      "the body has a property that nobody described",
      "name is none of the values",
      "a body of the media type text/plain",
      "no body",
    ]);
  });

  test("are fields of a form", () => {
    const form = operation(
      "requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, required: [a], properties: { a: { const: 'x y' }, b: { type: array, items: { const: 1 }, minItems: 2 } } } } } }\nresponses: { '200': { description: Yes } }",
    );
    expect(shown(requestsFor(form), "valid")).toEqual([
      "what is required: a=x%20y",
      "all that is optional: a=x%20y&b=1&b=1",
    ]);
    expect(shown(requestsFor(form), "boundary")).toEqual(["no body: undefined"]);
  });
});

describe("credentials", () => {
  const send = (security: string, token: string | undefined, title = "what is required") => {
    const secured = operation(
      `security: [${security}]\nresponses: { '200': { description: All }, '401': { description: Who? } }`,
      "get",
    );
    const request = requestsFor(secured).find((one) => one.title === title);
    if (!request) throw new Error(`No request is called ${title}.`);
    const { path, headers } = withCredentials(request, secured, token);
    return { path, authorization: headers.authorization, key: headers["x-key"], cookie: headers.cookie };
  };

  test.each([
    { security: "{ bearer: [] }", token: "t", sent: { authorization: "Bearer t" } },
    { security: "{ basic: [] }", token: "ada:tea", sent: { authorization: "Basic YWRhOnRlYQ==" } },
    { security: "{ key: [] }", token: "t", sent: { key: "t" } },
    { security: "{ queryKey: [] }", token: "t", sent: { path: "/api/v1/orders?key=t" } },
    { security: "{ cookieKey: [] }", token: "t", sent: { cookie: "session=t" } },
    { security: "{ bearer: [], key: [] }", token: "t", sent: { authorization: "Bearer t", key: "t" } },
    { security: "{ bearer: [] }, {}", token: "t", sent: {} },
    { security: "{ bearer: [] }", token: undefined, sent: {} },
  ])("for $security", ({ security, token, sent }) => {
    expect(send(security, token)).toEqual({ path: "/api/v1/orders", ...sent });
  });

  test("are left out, and broken, on purpose", () => {
    expect(send("{ bearer: [] }", "t", "no credentials")).toEqual({ path: "/api/v1/orders" });
    expect(send("{ bearer: [] }", "t", "credentials that nobody gave out").authorization).toBe(
      "Bearer credentials-that-nobody-gave-out",
    );
  });
});

test("what nobody can make up is not asked for", () => {
  expect(
    requestsFor(
      operation(
        body("{ type: object, required: [a], properties: { a: { type: string, pattern: '^(?=b)c$' } } }"),
      ),
    ),
  ).toEqual([]);
  expect(requestsFor(operation(body("false")))).toEqual([]);
  expect(
    requestsFor(operation("responses: { '200': { description: One } }", "get", "/api/v1/orders/{id}")),
  ).toEqual([]);
});

const platform = fileURLToPath(new URL("../../../../examples/ecommerce-platform/services/", import.meta.url));

test("of every operation of the example, valid bodies are valid and invalid ones are not, whatever the seed", () => {
  const operations = readdirSync(platform).flatMap((service) => {
    const file = join(platform, service, "contracts/api-spec.yaml");
    return operationsIn({ file, text: readFileSync(file, "utf8") });
  });
  const held = { valid: 0, invalid: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...operations), fc.nat(), (one, seed) => {
      const schema = one.body?.contents.find(({ mediaType }) => mediaType === "application/json")?.schema;
      for (const { kind, body: sent, headers, title, credentials } of requestsFor(one, { seed })) {
        if (
          schema === undefined ||
          typeof sent !== "string" ||
          headers["content-type"] !== "application/json"
        )
          continue;
        if (kind === "invalid" && (/parameter|breaks off/.test(title) || credentials !== "sent")) continue;
        const errors = ajvErrors(schema, JSON.parse(sent));
        if (kind === "invalid") expect(errors, `${title}: ${sent}`).not.toEqual([]);
        else expect(errors, `${title}: ${sent}`).toEqual([]);
        held[kind === "invalid" ? "invalid" : "valid"]++;
      }
    }),
    { numRuns: 60 },
  );
  expect(held.valid).toBeGreaterThan(50);
  expect(held.invalid).toBeGreaterThan(150);
});
