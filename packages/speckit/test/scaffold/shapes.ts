import type { Files } from "./generate.ts";
import { about, constitution, json, openapi, spec, story, upstream } from "./shape-parts.ts";

/** Kinds of contracts that services have: by service, with its files relative to it. */
const services: Readonly<Record<string, Files>> = {
  // No operationId, OpenAPI 3.0, answers of which only the good ones are described.
  "auth-service": {
    "specs/001-sign-in/spec.md": spec("auth-service", story("P1", "User Login", "`POST /api/v1/auth/login`")),
    "contracts/api-spec.yaml": openapi(
      `  /api/v1/auth/login:
    post:
      summary: User login */ with care
      requestBody: ${json("{ type: object, required: [email, password], properties: { email: { type: string, format: email, nullable: true }, password: { type: string, format: password }, age: { type: integer, minimum: 0, exclusiveMinimum: true } } }")}
      responses: { '200': { description: Good }, '401': { description: Refused } }
  /api/v1/auth/sessions/{session-id}:
    get:
      parameters: [{ name: session-id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses: { '200': { description: Good }, '404': { description: None } }
    delete:
      parameters: [{ name: session-id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses: { '204': { description: Gone } }
  /health: { get: { responses: { '200': { description: Up } } } }
`,
      "",
      "3.0.3",
    ),
  },
  // Tokens, events with and without a schema, a service that is called, references into the document.
  "user-service": {
    "specs/001-profiles/spec.md": spec(
      "user-service",
      story("P1", "Profile Creation", "`createProfile` and user.profile.created goes out"),
      `${upstream("| auth-service | Token validation (`POST /api/v1/auth/login`) | Return 401 |", "| order-service | Orders of a user (`GET /api/v1/orders/{order-id}`) | Leave them out |")}
## Events Published

### Event: user.profile.created
**Topic:** events.user.profile.created

### Event: user.profile.updated
**Topic:** events.user.profile.updated

### Event: user.profile.praised
**Topic:** events.user.profile.praised
`,
    ),
    "contracts/api-spec.yaml": openapi(
      `  /api/v1/users:
    post:
      operationId: createProfile
      requestBody: { $ref: '#/components/requestBodies/Names' }
      responses: { '201': { description: Made }, '401': { description: Who }, '422': { description: No } }
`,
      `security: [{ bearer: [] }]
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  requestBodies: { Names: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Names' } } } } }
  schemas:
    Names: { type: object, required: [firstName], properties: { firstName: { type: string, minLength: 1 }, tags: { type: array, items: { enum: [a, b] } }, friend: { $ref: '#/components/schemas/Names' } } }
`,
    ),
    "contracts/events/user-events.json": JSON.stringify({
      events: [
        {
          eventType: "user.profile.created",
          version: "v1",
          description: "A profile was made.",
          schema: {
            type: "object",
            required: ["eventId", "data"],
            properties: {
              data: {
                type: "object",
                required: ["userId"],
                properties: { userId: { type: "string", format: "uuid" } },
              },
            },
          },
          consumers: ["order-service", "mail-service"],
        },
        { eventType: "user.profile.updated", version: "v1", consumers: ["order-service"] },
      ],
    }),
  },
  // Lists in the query, headers, shared files, names that clash, are reserved, or are written in another script.
  "order-service": {
    "specs/001-orders/spec.md": spec(
      "order-service",
      story("P1", "Order Placement", "`placeOrder`") + story("P2", "User Copies", "user.profile.created"),
      `## Events Consumed

### Event: user.profile.created
**From:** user-service

### Event: user.profile.updated
**From:** user-service

### Event: user.profile.forgotten
**From:** user-service
`,
    ),
    "contracts/api-spec.yaml": openapi(
      `  /api/v1/orders:
    get:
      operationId: list_orders
      parameters:
        - { name: status, in: query, schema: { type: array, items: { enum: [open, done] } } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
      responses: { '200': { description: Orders }, '400': { description: No } }
    post:
      operationId: placeOrder
      parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string, maxLength: 64 } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '../../../shared/contracts/common.yaml#/Order' } } } }
      responses: { '202': { description: Taken }, '400': { description: No } }
  /api/v1/orders/{order-id}:
    get:
      operationId: listOrders
      parameters: [{ name: order-id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: One }, '404': { description: None } }
    delete:
      operationId: delete
      parameters: [{ name: order-id, in: path, required: true, schema: { type: integer } }]
      responses: { '204': { description: Gone }, '404': { description: None } }
  /api/v1/reports:
    post: { operationId: 创建报告, responses: { '201': { description: Made } } }
  /ping: { get: { operationId: ping, responses: { '200': { description: Pong } } } }
`,
    ),
  },
  // Nothing but events.
  "mail-service": {
    "specs/001-mails/spec.md": spec(
      "mail-service",
      story("P1", "Welcome", "user.profile.created"),
      "## Events Consumed\n\n### Event: user.profile.created\n**From:** user-service\n",
    ),
  },
  // Two contracts, a base path, keys, a name with a password, bodies that are no JSON, tokens of its own.
  "media-service": {
    "specs/001-media/spec.md": spec("media-service", story("P1", "Upload", "`POST /images`")),
    "contracts/api-spec.yaml": openapi(
      `  /images:
    post:
      security: [{ key: [] }]
      requestBody: { required: true, content: { image/png: {}, multipart/form-data: { schema: { type: object } } } }
      responses: { '201': { description: Kept }, '401': { description: Who } }
  /images/{id}:publish:
    post:
      security: [{ password: [] }, { cookie: [], key: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 20 } }]
      responses: { '204': { description: Public }, '401': { description: Who } }
`,
      `servers: [{ url: 'https://shop.example/media/v1' }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
    cookie: { type: apiKey, in: cookie, name: session }
    password: { type: http, scheme: basic }
`,
    ),
    "contracts/admin-api.yaml": openapi(
      `  /admin/images:
    get:
      operationId: listAllImages
      security: [{ bearer: [] }]
      responses: { '200': { description: All }, '401': { description: Who } }
`,
      "components: { securitySchemes: { bearer: { type: oauth2, flows: {} } } }\n",
    ),
  },
  // Names that the written code has itself, lists of what is one of several, an event in two versions.
  "payment-service": {
    "specs/001-payments/spec.md": spec(
      "payment-service",
      story("P1", "Paying", "`pay`"),
      `${upstream("| payment-service | Forms (`POST /clients/{client}/forms/{body}`) | Leave them out |")}
## Events Published

### Event: payment.made
**Topic:** events.payment.made

## Data Ownership

| Entity | Store |
|---|---|
| Transaction | payment_db |
`,
    ),
    "contracts/api-spec.yaml": openapi(
      `  /payments:
    post:
      operationId: pay
      requestBody: ${json("{ type: object, required: [items], properties: { constructor: { type: string }, items: { type: array, items: { oneOf: [{ type: object, properties: { sku: { type: string } } }, { type: object, properties: { coupon: { type: string } } }] } } } }")}
      responses: { '201': { description: Paid }, '400': { description: No } }
  /clients/{client}/forms/{body}:
    post:
      operationId: sendForm
      parameters: [{ name: client, in: path, required: true, schema: { type: string } }, { name: body, in: path, required: true, schema: { type: string } }]
      responses: { '202': { description: Taken }, '400': { description: No } }
`,
    ),
    "contracts/events/payment-events.json": JSON.stringify({
      events: [
        {
          eventType: "payment.made",
          version: "v10",
          schema: about("paymentId"),
          consumers: ["clock-service"],
        },
        { eventType: "payment.made", version: "v2", schema: about("id"), consumers: ["clock-service"] },
      ],
    }),
  },
  // Parameters in other styles, media types with parameters and ranges, HEAD beside GET, names that are long; messages that are no envelope.
  "tea-service": {
    "specs/001-teas/spec.md": spec(
      "tea-service",
      story("P1", "Teas", "`GET /teas`"),
      `## Events Published

### Event: TeaPicked
**Topic:** teas

### Event: tea.graded
**Topic:** teas

## Events Consumed

### Event: TeaPicked
**From:** tea-service
`,
    ),
    "contracts/teas.yml": openapi(
      `  /teas:
    get:
      parameters:
        - { name: 'kind[in]', in: query, explode: false, schema: { type: array, items: { enum: [green, black] } } }
        - { name: size, in: query, required: true, schema: { type: array, items: { type: integer }, maxItems: 3 } }
        - { name: near, in: query, style: deepObject, schema: { type: object, required: [lat], properties: { lat: { type: number } } } }
        - { name: shape, in: query, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }
        - { name: X-Sizes, in: header, schema: { type: array, items: { type: integer } } }
        - { name: Authorization, in: header, required: true, schema: { type: string } }
        - { name: session, in: cookie, required: true, schema: { type: string } }
      responses: { '200': { description: Good }, '400': { description: No } }
    head:
      responses: { '200': { description: Good }, '404': { description: None } }
    post:
      operationId: ${"pickTheTea".repeat(20)}
      requestBody: { required: true, content: { 'application/json; charset=utf-8': { schema: { type: object, required: [name], properties: { name: { enum: [green] } } } } } }
      responses: { '2XX': { description: Good }, '4XX': { description: No } }
  /teas/{ids}/pictures:
    put:
      parameters: [{ name: ids, in: path, required: true, style: label, schema: { type: array, minItems: 1, items: { type: integer } } }]
      requestBody: { required: true, content: { 'image/*': {} } }
      responses: { '204': { description: Kept } }
    patch:
      parameters: [{ name: ids, in: path, required: true, schema: { type: array, minItems: 1, items: { type: integer } } }]
      requestBody: { content: { application/merge-patch+json: { schema: { type: object, properties: { name: { enum: [green] } } } } } }
      responses: { '200': { description: Good }, '422': { description: No } }
`,
    ),
    "contracts/events/tea-events.json": JSON.stringify({
      events: [
        {
          eventType: "TeaPicked",
          version: "1.0.0",
          schema: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
          consumers: ["tea-service"],
        },
        {
          eventType: "tea.graded",
          version: "v1",
          schema: {
            type: "object",
            properties: {
              data: { type: "object", required: ["grade"], properties: { grade: { enum: ["a b", "c"] } } },
            },
          },
          consumers: ["clock-service"],
        },
      ],
    }),
  },
  // Nothing at all.
  "clock-service": {
    "specs/001-clock/spec.md": spec("clock-service", story("P1", "Telling the Time", "a question")),
  },
};

/** A fleet of all of them. */
export const fleet: Files = {
  "constitution.md": constitution,
  "shared/contracts/common.yaml":
    "Order: { type: object, required: [items], properties: { items: { type: array, minItems: 1, items: { $ref: '#/Item' } } } }\nItem: { type: object, required: [sku], properties: { sku: { type: string, minLength: 1 }, quantity: { type: integer, minimum: 1 } } }\n",
  ...Object.fromEntries(
    Object.entries(services).flatMap(([name, files]) =>
      Object.entries(files).map(([file, text]) => [`services/${name}/${file}`, text]),
    ),
  ),
};

export const names = Object.keys(services);

/** A repository that is one service: the same documents, at its root. */
export const alone: Files = {
  "constitution.md": constitution,
  ...services["auth-service"],
};
