import { describe, expect, test } from "vitest";
import { allServices, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

interface Said {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
}

/** What fails the platform, with other words in its constitution, and with more files. */
async function findingsWith(
  { from, to }: { readonly from: string | RegExp; readonly to: string },
  more: Readonly<Record<string, string>> = {},
): Promise<Said[]> {
  const files = platformWith(allServices);
  const constitution = files["constitution.md"] ?? "";
  const reworded = constitution.replace(from, to);
  if (from !== to) expect(reworded).not.toBe(constitution);
  const root = folderWith({ ...files, ...more, "constitution.md": reworded });
  const { out } = await runCli(root, ["validate-contracts", "--json"]);
  const { findings } = JSON.parse(out) as { findings: Said[] };
  return findings.filter(({ severity }) => severity !== "info");
}

describe("the rules follow the words of the constitution", () => {
  test("as it stands the platform keeps to it", async () => {
    const files = platformWith(allServices);
    const { code, out } = await runCli(folderWith(files), ["validate-contracts", "--strict", "--json"]);
    expect(code, out).toBe(0);
  });

  test.each([
    {
      statement: "the version of paths",
      from: "REST API versioning: /api/v1/",
      to: "REST API versioning: /v2/",
      rule: "path-unversioned",
      says: "/api/v1/auth/login",
    },
    {
      statement: "how events are named",
      from: "Event naming: domain.entity.action",
      to: "Event naming: PascalCase",
      rule: "event-misnamed",
      says: "order.created",
    },
    {
      statement: "the format of errors",
      from: "Error format: RFC 7807 Problem Details",
      to: "Error format: application/vnd.shop.error+json",
      rule: "problem-details-missing",
      says: "application/vnd.shop.error+json",
    },
    {
      statement: "the path of the health check",
      from: "All services must expose health checks",
      to: "All services must answer `/healthz`",
      rule: "health-check-missing",
      says: "/healthz",
    },
    {
      statement: "how callers prove who they are",
      from: "Authentication: JWT tokens",
      to: "Authentication: API keys",
      rule: "authentication-missing",
      says: "API key",
    },
    {
      statement: "the version of OpenAPI",
      from: "API-first design (OpenAPI specs required)",
      to: "Every HTTP API is described in OpenAPI 3.2 or later",
      rule: "openapi-outdated",
      says: "3.2",
    },
  ])("$statement", async ({ from, to, rule, says }) => {
    const findings = await findingsWith({ from, to });
    expect([...new Set(findings.map((finding) => finding.rule))]).toEqual([rule]);
    expect(findings.map(({ message }) => message).join("\n")).toContain(says);
  });
});

const service = "services/order-service";
const asItIs = { from: "", to: "" };

describe("what the constitution does not say is not demanded", () => {
  const compose = `services:
  order-service:
    build: services/order-service
    environment:
      DATABASE_URL: postgres://app@db:5432/shop
  user-service:
    build: services/user-service
    environment:
      DATABASE_URL: postgres://app@db:5432/shop
`;

  test.each([
    {
      rule: "database-shared",
      from: /- Each service owns its data .*\n|- Database: PostgreSQL per service\n/g,
      more: { "compose.yaml": compose },
    },
    {
      rule: "openapi-missing",
      from: "- API-first design (OpenAPI specs required)\n",
      more: {
        "services/mail-service/package.json": '{ "name": "mail", "dependencies": { "fastify": "5" } }',
        "services/mail-service/specs/001-mail/spec.md": "# Mail\n\n### Service Name\nmail-service\n",
      },
    },
    {
      rule: "technology-mismatch",
      from: "- Message Bus: RabbitMQ\n",
      more: { [`${service}/package.json`]: '{ "name": "order", "dependencies": { "kafkajs": "2" } }' },
    },
    {
      rule: "technology-mismatch",
      from: "- Database: PostgreSQL per service\n",
      more: { [`${service}/package.json`]: '{ "name": "order", "dependencies": { "mysql2": "3" } }' },
    },
  ])("$rule needs '$from'", async ({ rule, from, more }) => {
    expect((await findingsWith(asItIs, more)).map((finding) => finding.rule)).toContain(rule);
    expect((await findingsWith({ from, to: "" }, more)).map((finding) => finding.rule)).not.toContain(rule);
  });
});

test.each([
  { from: "Message Bus: RabbitMQ", to: "Message Bus: Kafka", package: "kafkajs" },
  { from: "Database: PostgreSQL per service", to: "Database: MySQL per service", package: "mysql2" },
  {
    from: "Language: TypeScript (Fastify)",
    to: "Language: TypeScript (Fastify, Express)",
    package: "express",
  },
])("what fails under '$from' holds under '$to'", async ({ from, to, package: name }) => {
  const more = {
    [`${service}/package.json`]: JSON.stringify({ name: "order", dependencies: { [name]: "1" } }),
  };
  expect((await findingsWith(asItIs, more)).map(({ rule }) => rule)).toEqual(["technology-mismatch"]);
  expect((await findingsWith({ from, to }, more)).map(({ rule }) => rule)).not.toContain(
    "technology-mismatch",
  );
});

test("each statement is listed as enforced, by which rule, or as advisory", async () => {
  const root = folderWith(platformWith(allServices));
  const { code, out } = await runCli(root, ["constitution", "--explain", "--json"]);
  expect(code).toBe(0);
  const { statements } = JSON.parse(out) as {
    statements: { text: string; line: number; enforced: boolean; rules: string[]; parameters: object }[];
  };
  const about = (text: string) => statements.find((statement) => statement.text.includes(text));
  expect(about("versioning: /api/v1/")).toMatchObject({
    enforced: true,
    rules: ["path-unversioned"],
    parameters: { kind: "path-version", prefix: "/api/v1/" },
  });
  expect(about("no shared databases")).toMatchObject({ enforced: true, rules: ["database-shared"] });
  expect(about("argon2id")).toMatchObject({ enforced: false, rules: [] });
  expect(about("Event naming")?.line).toBe(20);
});
