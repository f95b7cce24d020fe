import { describe, expect, test } from "vitest";
import { eventNamePattern } from "../src/checks/principles/event-name-pattern.ts";
import { versionedPath } from "../src/checks/principles/versioned-path.ts";
import { classifyPrinciples } from "../src/parse/principles.ts";

const at = { file: "constitution.md", line: 1, column: 1 };
const classify = (text: string) =>
  classifyPrinciples([{ text, section: "Standards", at }]).map(({ statement: _, ...principle }) => principle);
const technology = (topic: string, ...choices: string[]) => ({ kind: "technology", topic, choices });

describe("a statement of a constitution", () => {
  test.each([
    { text: "REST API versioning: /api/v1/", found: [{ kind: "path-version", prefix: "/api/v1/" }] },
    { text: "REST API versioning: `/v{n}/`", found: [{ kind: "path-version", prefix: "/v{n}/" }] },
    {
      text: "All REST endpoints MUST be versioned under `/api/v2`.",
      found: [{ kind: "path-version", prefix: "/api/v2/" }],
    },
    {
      text: "APIs MUST carry their version in the URL (e.g. `https://shop.example.com/v1/orders`)",
      found: [{ kind: "path-version", prefix: "/v1/" }],
    },
    { text: "APIs use URL-based versioning", found: [{ kind: "path-version", prefix: "v{n}" }] },
    { text: "`POST /api/v1/orders` answers within 200 ms", found: [] },
    { text: "Breaking changes require a major version bump", found: [] },

    {
      text: "Event naming: domain.entity.action",
      found: [{ kind: "event-naming", pattern: "domain.entity.action" }],
    },
    {
      text: "Events MUST be named `{service}.{event}` in lower case.",
      found: [{ kind: "event-naming", pattern: "{service}.{event}" }],
    },
    {
      text: "Every event name matches `^shop\\.[a-z]+$`",
      found: [{ kind: "event-naming", pattern: "^shop\\.[a-z]+$" }],
    },
    { text: "Event names are kebab-case", found: [{ kind: "event-naming", pattern: "kebab-case" }] },
    { text: "Topics are named in PascalCase", found: [{ kind: "event-naming", pattern: "PascalCase" }] },
    {
      text: "Name events in the past tense, such as `order.created`",
      found: [{ kind: "event-naming", pattern: "order.created" }],
    },
    {
      text: "The entity of an event name is left out where it is the domain's own: `order.created`",
      found: [],
    },
    { text: "Events are stored for 30 days", found: [] },

    {
      text: "Error format: RFC 7807 Problem Details",
      found: [{ kind: "problem-details", mediaType: "application/problem+json" }],
    },
    {
      text: "Errors MUST follow RFC-9457.",
      found: [{ kind: "problem-details", mediaType: "application/problem+json" }],
    },
    {
      text: "Error responses are `application/vnd.shop.error+json`",
      found: [{ kind: "problem-details", mediaType: "application/vnd.shop.error+json" }],
    },
    { text: "Error messages are written for customers", found: [] },

    {
      text: "All services must expose health checks",
      found: [{ kind: "health-checks", paths: ["/health"] }],
    },
    {
      text: "Every service answers `/health/live` and `/health/ready`",
      found: [{ kind: "health-checks", paths: ["/health/live", "/health/ready"] }],
    },
    { text: "每个服务必须提供健康检查", found: [{ kind: "health-checks", paths: ["/health"] }] },
    {
      text: "All API endpoints except health checks MUST require authentication",
      found: [{ kind: "authentication", scheme: "any" }],
    },

    { text: "Each service owns its data (no shared databases)", found: [{ kind: "own-database" }] },
    { text: "Services MUST NOT access another service's database.", found: [{ kind: "own-database" }] },
    { text: "Users can delete their own data", found: [] },

    {
      text: "API-first design (OpenAPI specs required)",
      found: [{ kind: "openapi-required", version: undefined }],
    },
    {
      text: "Every HTTP API is described in OpenAPI 3.1 before it is built",
      found: [{ kind: "openapi-required", version: "3.1" }],
    },
    { text: "Rationale: OpenAPI specs are the single source of truth", found: [] },

    { text: "Authentication: JWT tokens", found: [{ kind: "authentication", scheme: "JWT" }] },
    {
      text: "**Authentication**: mTLS or API keys between services",
      found: [{ kind: "authentication", scheme: "API key or mTLS" }],
    },
    { text: "All services MUST validate JWT tokens", found: [{ kind: "authentication", scheme: "JWT" }] },
    { text: "認証: Firebase Authentication必須", found: [{ kind: "authentication", scheme: "any" }] },
    { text: "Threat models MUST be updated when authentication changes", found: [] },

    {
      text: "Language: Python (FastAPI)",
      found: [technology("language", "Python"), technology("framework", "FastAPI")],
    },
    {
      text: "Database: PostgreSQL per service",
      found: [{ kind: "own-database" }, technology("database", "PostgreSQL")],
    },
    { text: "Message Bus: RabbitMQ", found: [technology("message bus", "RabbitMQ")] },
    { text: "| Cache | Redis 7 or Valkey | sessions |", found: [technology("cache", "Redis", "Valkey")] },
    { text: "All services MUST be written in Go.", found: [technology("language", "Go")] },
    {
      text: "**Backend:** Java 21, Spring Boot 3",
      found: [technology("language", "Java"), technology("framework", "Spring Boot")],
    },
    { text: "Services MUST NOT use MongoDB", found: [] },
    { text: "Tests MUST use SQLite in memory for all data", found: [] },
    { text: "Asynchronous communication via events preferred", found: [] },
  ])("$text", ({ text, found }) => {
    expect(classify(text)).toEqual(found);
  });
});

describe("a pattern for names of events", () => {
  test.each([
    {
      pattern: "domain.entity.action",
      keeps: ["user.profile.created", "order.created", "order.created.v2"],
      breaks: ["created", "a.b.c.d", "OrderCreated", "order_created"],
    },
    { pattern: "{service}.{event}", keeps: ["order.created"], breaks: ["user.profile.created", "created"] },
    { pattern: "domain.action.v1", keeps: ["order.created.v3"], breaks: ["order.created"] },
    { pattern: "Domain.Action", keeps: ["Order.Created"], breaks: ["order.created"] },
    { pattern: "domain:entity:action", keeps: ["user:profile:created"], breaks: ["user.profile.created"] },
    { pattern: "kebab-case", keeps: ["order-created"], breaks: ["order.created", "orderCreated"] },
    { pattern: "snake_case", keeps: ["order_created"], breaks: ["order-created"] },
    { pattern: "SCREAMING_SNAKE_CASE", keeps: ["ORDER_CREATED"], breaks: ["order_created"] },
    { pattern: "camelCase", keeps: ["orderCreated"], breaks: ["OrderCreated"] },
    { pattern: "PascalCase", keeps: ["OrderCreated"], breaks: ["orderCreated", "order.created"] },
    { pattern: "dot.case", keeps: ["order.created", "a.b.c.d"], breaks: ["created", "order_created"] },
    { pattern: "OrderPlaced", keeps: ["OrderCancelled"], breaks: ["order.cancelled"] },
    { pattern: "^shop\\.[a-z]+$", keeps: ["shop.order"], breaks: ["order.created"] },
    { pattern: "^shop\\.[a-z+$", keeps: ["anything"], breaks: [] },
  ])("$pattern", ({ pattern, keeps, breaks }) => {
    const test = eventNamePattern(pattern);
    expect(keeps.filter((name) => !test(name))).toEqual([]);
    expect(breaks.filter((name) => test(name))).toEqual([]);
  });
});

test.each([
  { path: "/api/v1/orders", prefix: "/api/v1/", is: true },
  { path: "/api/v2/orders", prefix: "/api/v1/", is: true },
  { path: "/api/v1/orders", prefix: "/api/v2/", is: false },
  { path: "/v1/orders", prefix: "/api/v1/", is: false },
  { path: "/orders", prefix: "/v1/", is: false },
  { path: "/v7/orders", prefix: "/v{n}/", is: true },
  { path: "/shop/v1/orders", prefix: "/{domain}/v{n}/", is: true },
  { path: "/shop/v1/orders", prefix: "v{n}", is: true },
  { path: "/shop/orders", prefix: "v{n}", is: false },
])("$path begins with $prefix: $is", ({ path, prefix, is }) => {
  expect(versionedPath(prefix)(path)).toBe(is);
});
