// Makes fleets of services to measure on: each with a contract of ten operations, three events and a specification, sized as real ones are.
// Nothing is random: the same number of services gives the same bytes.
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @typedef {{ name: string, domain: string, entity: string, title: string }} Service */

const first =
  "amber brisk calm dusty early fresh grand happy inner jolly keen light merry noble olive proud quiet rapid sharp tidy upper vivid warm young zesty bold crisp eager fleet green humble ivory".split(
    " ",
  );
const second =
  "parcel ticket ledger basket coupon refund review invoice shipment payment quote return stock price address wallet voucher booking courier catalog claim contract deposit device document order pledge receipt reward route tariff vendor".split(
    " ",
  );

const regions = ["", "north", "south", "east", "west", "coast", "inland", "border", "island", "capital"];

/**
 * Writes a fleet into an empty folder.
 * @param {string} folder
 * @param {number} count
 */
export function writeFleet(folder, count) {
  const services = Array.from({ length: count }, (_, index) => serviceAt(index));
  write(folder, "constitution.md", constitution);
  write(folder, ".speckit.config.json", `${JSON.stringify({ validation: { strict: true } }, null, 2)}\n`);
  services.forEach((service, index) => {
    const home = `services/${service.name}`;
    write(folder, `${home}/contracts/api-spec.yaml`, contract(service));
    write(
      folder,
      `${home}/contracts/events/${service.entity}-events.json`,
      events(service, consumersOf(index, services)),
    );
    write(folder, `${home}/specs/001-${service.entity}s/spec.md`, spec(service, index, services));
    for (const [file, text] of Object.entries(
      code(
        service,
        upstreamOf(index).map((other) => at(services, other)),
      ),
    ))
      write(folder, `${home}/src/${file}`, text);
  });
}

/** @param {number} index @returns {Service} */
function serviceAt(index) {
  const before = /** @type {string} */ (first[Math.floor(index / second.length) % first.length]);
  const entity = /** @type {string} */ (second[index % second.length]);
  // Larger fleets have every service in several regions.
  const region = /** @type {string} */ (
    regions[Math.floor(index / (first.length * second.length)) % regions.length]
  );
  return {
    name: `${before}-${entity}${region && `-${region}`}-service`,
    domain: `${before}${entity}${region}`,
    entity,
    title: `${capital(before)} ${capital(entity)}${region && ` ${capital(region)}`}`,
  };
}

/** Each event has one consumer, a neighbour of the producer. @param {number} index @param {readonly Service[]} services */
function consumersOf(index, services) {
  return actions.map((_, distance) => at(services, index + distance + 1).name);
}

/** The services that a service calls: earlier ones, so that nobody calls in a circle. @param {number} index */
function upstreamOf(index) {
  return [...new Set([Math.floor(index / 2), Math.floor(index / 3)])].filter((upstream) => upstream < index);
}

/** @param {readonly Service[]} services @param {number} index @returns {Service} */
function at(services, index) {
  return /** @type {Service} */ (services[((index % services.length) + services.length) % services.length]);
}

const actions = ["created", "updated", "removed"];

/** @param {string} word */
function capital(word) {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** Files are as old as those of a clone would be: what was written a moment ago is read again. @param {string} folder @param {string} file @param {string} text */
function write(folder, file, text) {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

const constitution = `# Fleet Constitution

## Core Principles
- Each service owns its data (no shared databases)
- Asynchronous communication via events preferred
- All services must expose health checks
- API-first design (OpenAPI specs required)

## Technology Stack
- Language: TypeScript (Fastify)
- Database: PostgreSQL per service
- Message Bus: RabbitMQ
- Authentication: JWT tokens

## Standards
- REST API versioning: /api/v1/
- Event naming: domain.entity.action
- Error format: RFC 7807 Problem Details
`;

/**
 * The code of a service, by file: routes for all its operations, calls to those it depends on, its events.
 * @param {Service} service
 * @param {readonly Service[]} upstream
 * @returns {Record<string, string>}
 */
function code({ domain, entity }, upstream) {
  const Entity = capital(entity);
  const base = `/api/v1/${domain}s`;
  const one = `${base}/:${entity}Id`;
  const routes = [
    ["get", base, `list${Entity}s`],
    ["post", base, `create${Entity}`],
    ["get", one, `read${Entity}`],
    ["patch", one, `change${Entity}`],
    ["delete", one, `remove${Entity}`],
    ["get", `${one}/notes`, `list${Entity}Notes`],
    ["post", `${one}/notes`, `add${Entity}Note`],
  ];
  return {
    "main.ts": `import Fastify from "fastify";
import { routes } from "./routes.ts";

const app = Fastify({ logger: true });
app.get("/health", async () => ({ status: "ok" }));
app.get("/health/live", async () => ({ status: "ok" }));
app.get("/health/ready", async () => ({ status: "ok" }));
await app.register(routes);
await app.listen({ port: Number(process.env.PORT ?? 8080) });
`,
    "routes.ts": `import type { FastifyInstance } from "fastify";
import * as upstream from "./upstream.ts";
import { publish } from "./events.ts";
import { store } from "./store.ts";

export async function routes(app: FastifyInstance): Promise<void> {
${routes
  .map(
    ([
      method,
      path,
      name,
    ]) => `  // ${name}: the answer is what the contract says, whatever the store holds besides.
  app.${method}("${path}", async (request, reply) => {
    const found = await store.${name}(request.params, request.query, request.body);
    if (!found) return reply.code(404).send({ type: "about:blank", title: "Not Found", status: 404 });
    await upstream.check(found.id, request.headers.authorization);
    return found;
  });`,
  )
  .join("\n")}
}
`,
    "upstream.ts": `${upstream
      .map(
        ({ name, domain: other }) =>
          `const ${urlName(name)} = process.env.${urlName(name)} ?? "http://${name}:8080";\n// Reads one of ${other}.
export async function read${capital(other)}(id: string) {
  return fetch(\`\${${urlName(name)}}/api/v1/${other}s/\${id}\`);
}`,
      )
      .join("\n")}
export async function check(id: string, token: string | undefined): Promise<void> {
  if (!token) throw new Error(\`\${id} needs a token\`);
}
`,
    "events.ts": `import { channel } from "./bus.ts";

${actions
  .map(
    (action) => `export async function ${action}(message: object): Promise<void> {
  await channel.publish("events", "${domain}.${entity}.${action}", Buffer.from(JSON.stringify(message)));
}`,
  )
  .join("\n")}
export const publish = { ${actions.join(", ")} };
`,
  };
}

/** @param {string} name */
function urlName(name) {
  return `${name.toUpperCase().replaceAll("-", "_")}_URL`;
}

/** @param {Service} service */
function contract({ domain, entity, title }) {
  const Entity = capital(entity);
  const base = `/api/v1/${domain}s`;
  const problems = (/** @type {string[]} */ ...codes) =>
    codes.map((code) => `        "${code}": { $ref: "#/components/responses/Problem" }`).join("\n");
  const body = (/** @type {string} */ schema) => `      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/${schema}" }`;
  const answer = (
    /** @type {string} */ code,
    /** @type {string} */ description,
    /** @type {string} */ schema,
  ) => `        "${code}":
          description: ${description}
          content:
            application/json:
              schema: { $ref: "#/components/schemas/${schema}" }`;
  const health = (
    /** @type {string} */ path,
    /** @type {string} */ id,
    /** @type {string} */ summary,
  ) => `  ${path}:
    get:
      operationId: ${id}
      summary: ${summary}
      tags: [operations]
      security: []
      responses:
        "200":
          description: It does
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Health" }
        "503": { $ref: "#/components/responses/Problem" }`;
  return `openapi: 3.1.0
info:
  title: ${title} API
  version: 1.4.0
  description: What other services and the shop's front end may do with ${entity}s
  license: { name: MIT, identifier: MIT }
servers:
  - { url: https://api.example.com, description: Production }
security:
  - bearer: []
tags:
  - { name: ${entity}s, description: The ${entity}s themselves }
  - { name: notes, description: What people wrote about a ${entity} }
  - { name: operations, description: For those who run the service }
paths:
  ${base}:
    get:
      operationId: list${Entity}s
      summary: List ${entity}s, newest first
      tags: [${entity}s]
      parameters:
        - { $ref: "#/components/parameters/Cursor" }
        - { $ref: "#/components/parameters/Limit" }
        - name: state
          in: query
          description: Only ${entity}s in this state
          schema: { $ref: "#/components/schemas/${Entity}State" }
      responses:
${answer("200", `A page of ${entity}s`, `${Entity}Page`)}
${problems("400", "401", "429")}
    post:
      operationId: create${Entity}
      summary: Create a ${entity}
      tags: [${entity}s]
      parameters:
        - name: Idempotency-Key
          in: header
          required: true
          description: The same key twice makes one ${entity}
          schema: { type: string, format: uuid }
${body(`New${Entity}`)}
      responses:
${answer("201", `The ${entity} as it was created`, Entity)}
${problems("400", "401", "409", "422")}
  ${base}/{${entity}Id}:
    parameters:
      - { $ref: "#/components/parameters/${Entity}Id" }
    get:
      operationId: read${Entity}
      summary: Read one ${entity}
      tags: [${entity}s]
      responses:
${answer("200", `The ${entity}`, Entity)}
${problems("401", "404")}
    patch:
      operationId: change${Entity}
      summary: Change some properties of a ${entity}
      tags: [${entity}s]
${body(`${Entity}Change`)}
      responses:
${answer("200", `The ${entity} as it is now`, Entity)}
${problems("400", "401", "404", "409", "422")}
    delete:
      operationId: remove${Entity}
      summary: Remove a ${entity}
      tags: [${entity}s]
      responses:
        "204": { description: It is gone }
${problems("401", "404", "409")}
  ${base}/{${entity}Id}/notes:
    parameters:
      - { $ref: "#/components/parameters/${Entity}Id" }
    get:
      operationId: list${Entity}Notes
      summary: List what people wrote about a ${entity}
      tags: [notes]
      parameters:
        - { $ref: "#/components/parameters/Cursor" }
        - { $ref: "#/components/parameters/Limit" }
      responses:
${answer("200", "A page of notes", "NotePage")}
${problems("401", "404")}
    post:
      operationId: add${Entity}Note
      summary: Write a note about a ${entity}
      tags: [notes]
${body("NewNote")}
      responses:
${answer("201", "The note", "Note")}
${problems("400", "401", "404")}
${health("/health", `${domain}Health`, "Whether the service works")}
${health("/health/live", `${domain}Live`, "Whether the process lives")}
${health("/health/ready", `${domain}Ready`, "Whether it can take requests")}
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
  parameters:
    ${Entity}Id:
      name: ${entity}Id
      in: path
      required: true
      schema: { type: string, format: uuid }
    Cursor:
      name: cursor
      in: query
      description: Where the page before ended
      schema: { type: string, maxLength: 200 }
    Limit:
      name: limit
      in: query
      description: How many at most
      schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
  responses:
    Problem:
      description: What went wrong
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
  schemas:
    ${Entity}State:
      type: string
      enum: [draft, open, waiting, closed]
    New${Entity}:
      type: object
      required: [title, customerId, amountCents, currency]
      properties:
        title: { type: string, minLength: 1, maxLength: 200 }
        customerId: { type: string, format: uuid }
        amountCents: { type: integer, minimum: 0 }
        currency: { type: string, pattern: "^[A-Z]{3}$" }
        dueOn: { type: string, format: date }
        labels:
          type: array
          maxItems: 20
          items: { type: string, maxLength: 50 }
        delivery: { $ref: "#/components/schemas/Delivery" }
    ${Entity}Change:
      type: object
      minProperties: 1
      properties:
        title: { type: string, minLength: 1, maxLength: 200 }
        state: { $ref: "#/components/schemas/${Entity}State" }
        dueOn: { type: [string, "null"], format: date }
        version: { type: integer, minimum: 1 }
    ${Entity}:
      allOf:
        - { $ref: "#/components/schemas/New${Entity}" }
        - type: object
          required: [id, state, version, createdAt, changedAt]
          properties:
            id: { type: string, format: uuid }
            state: { $ref: "#/components/schemas/${Entity}State" }
            version: { type: integer, minimum: 1 }
            createdAt: { type: string, format: date-time }
            changedAt: { type: string, format: date-time }
    ${Entity}Page:
      type: object
      required: [items]
      properties:
        items:
          type: array
          items: { $ref: "#/components/schemas/${Entity}" }
        next: { type: string, description: The cursor of the next page; absent on the last }
    Delivery:
      type: object
      required: [street, city, postalCode, country]
      properties:
        street: { type: string }
        city: { type: string }
        postalCode: { type: string }
        country: { type: string, minLength: 2, maxLength: 2 }
    NewNote:
      type: object
      required: [text]
      properties:
        text: { type: string, minLength: 1, maxLength: 5000 }
    Note:
      allOf:
        - { $ref: "#/components/schemas/NewNote" }
        - type: object
          required: [id, author, createdAt]
          properties:
            id: { type: string, format: uuid }
            author: { type: string }
            createdAt: { type: string, format: date-time }
    NotePage:
      type: object
      required: [items]
      properties:
        items:
          type: array
          items: { $ref: "#/components/schemas/Note" }
        next: { type: string }
    Health:
      type: object
      required: [status]
      properties:
        status: { type: string, enum: [ok, degraded] }
    Problem:
      type: object
      required: [type, title, status]
      properties:
        type: { type: string, format: uri-reference }
        title: { type: string }
        status: { type: integer }
        detail: { type: string }
        instance: { type: string, format: uri-reference }
`;
}

/** @param {Service} service @param {string} action */
const eventName = ({ domain, entity }, action) => `${domain}.${entity}.${action}`;

/** @param {Service} service @param {readonly string[]} consumers */
function events(service, consumers) {
  const string = (/** @type {string} */ format) => ({ type: "string", format });
  const types = actions.map((action, index) => ({
    eventType: eventName(service, action),
    version: "v1",
    description: `Published when a ${service.entity} was ${action}`,
    schema: {
      type: "object",
      required: ["eventId", "eventType", "eventVersion", "timestamp", "data"],
      properties: {
        eventId: string("uuid"),
        eventType: { type: "string", const: eventName(service, action) },
        eventVersion: { type: "string", const: "v1" },
        timestamp: string("date-time"),
        data: {
          type: "object",
          required: [`${service.entity}Id`, "customerId"],
          properties: {
            [`${service.entity}Id`]: string("uuid"),
            customerId: string("uuid"),
            title: { type: "string" },
            amountCents: { type: "integer", minimum: 0 },
            state: { type: "string", enum: ["draft", "open", "waiting", "closed"] },
          },
        },
      },
    },
    consumers: [consumers[index]],
  }));
  // Objects without objects in them stand on one line, as people write them.
  const text = JSON.stringify({ events: types }, null, 2).replace(/\{[^{}]*\}/g, (leaf) =>
    leaf.replace(/\s+/g, " "),
  );
  return `${text}\n`;
}

/** @param {Service} service @param {number} index @param {readonly Service[]} services */
function spec(service, index, services) {
  const { name, entity, domain, title } = service;
  const upstream = upstreamOf(index).map((other) => at(services, other));
  const downstream = services
    .slice(index + 1, 3 * index + 3)
    .filter((_, distance) => upstreamOf(index + 1 + distance).includes(index));
  const rows = upstream.map(
    (other) =>
      `| ${other.name} | Reads the ${other.entity} (\`GET /api/v1/${other.domain}s/{${other.entity}Id}\`) | Answer 503 and let the caller retry |`,
  );
  const users = downstream.map((other) => `| ${other.name} | Reads ${entity}s |`);
  const published = actions.map(
    (action, distance) => `### Event: ${eventName(service, action)}
**Topic:** events.${eventName(service, action)}
**Trigger:** When a ${entity} was ${action}
**Payload:**
- ${entity}Id
- customerId
- title
- amountCents
- state
**Consumers:** ${at(services, index + distance + 1).name}
`,
  );
  const consumed = actions.map((action, distance) => {
    const other = at(services, index - distance - 1);
    return `### Event: ${eventName(other, action)}
**From:** ${other.name}
**Topic:** events.${eventName(other, action)}
**Action:** Keep the copy of the ${other.entity} current
**Idempotency:** The event's id is stored with the change; a second one is ignored
**Error Handling:** Retry 3 times, then DLQ
`;
  });
  return `# ${title} Service Specification

## Service Overview

### Service Name
${name}

### Service Boundary
**Responsible for:**
- Life cycle of ${domain} records
- Notes about ${domain} records

**NOT responsible for:**
- Sending mail to customers

## User Scenarios

### P1: Create a ${entity}
**Given** a signed-in clerk
**When** the clerk sends a ${entity} with title, customer and amount to \`POST /api/v1/${domain}s\`
**Then** the ${entity} is stored in state draft
**And** ${eventName(service, "created")} is published

### P2: Change a ${entity}
**Given** a ${entity} that the clerk has read
**When** the clerk changes its state with \`PATCH /api/v1/${domain}s/{${entity}Id}\`
**Then** the ${entity} has the new state and a new version
**And** ${eventName(service, "updated")} is published

### P3: Remove a ${entity}
**Given** a ${entity} in state draft
**When** the clerk removes it
**Then** it can no longer be read
**And** ${eventName(service, "removed")} is published

## Requirements

- **FR-001**: The service MUST refuse a change whose version is not the current one (P2).
- **FR-002**: The service MUST make one ${entity} of two requests with the same Idempotency-Key (P1).
- **FR-003**: The service MUST keep a removed ${entity} for 30 days before it is erased (P3).

## Service Dependencies

### Upstream Services
| Service | Purpose | Failure Mode |
|---------|---------|--------------|
${rows.length > 0 ? rows.join("\n") : "| None | | |"}

### Downstream Services
| Service | What They Use |
|---------|---------------|
${users.length > 0 ? users.join("\n") : "| None | |"}

## Events Published

${published.join("\n")}
## Events Consumed

${consumed.join("\n")}
## Success Criteria

- **SC-001**: 95 of 100 requests are answered within 200 ms.
- **SC-002**: An event is published within one second of its change.
`;
}
