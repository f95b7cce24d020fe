import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEvents } from "../src/parse/events.ts";
import { parseManifest } from "../src/parse/manifest.ts";
import { parseOpenApi } from "../src/parse/openapi.ts";
import { parseTree } from "../src/parse/tree.ts";

const file = "services/order-service/contracts/api-spec.yaml";
const read = (value: unknown) => parseOpenApi({ file, value, problems: [] }, () => undefined);
const contract = (parts: object) => ({
  openapi: "3.1.0",
  info: { title: "Orders", version: "v1" },
  ...parts,
});

describe("facts of an operation", () => {
  const operation = (members: object, rest: object = {}) =>
    read(contract({ paths: { "/orders": { get: members } }, ...rest })).operations[0];

  test.each([
    { given: "nothing", members: {}, rest: {}, security: [], publicByChoice: false },
    {
      given: "a scheme",
      members: { security: [{ bearer: [] }] },
      rest: {},
      security: ["bearer"],
      publicByChoice: false,
    },
    {
      given: "none on purpose",
      members: { security: [] },
      rest: { security: [{ bearer: [] }] },
      security: [],
      publicByChoice: true,
    },
    {
      given: "none for the whole document",
      members: {},
      rest: { security: [] },
      security: [],
      publicByChoice: true,
    },
    {
      given: "a scheme or none",
      members: { security: [{}, { bearer: [] }] },
      rest: {},
      security: [],
      publicByChoice: true,
    },
    {
      given: "the document's",
      members: {},
      rest: { security: [{ bearer: [] }] },
      security: ["bearer"],
      publicByChoice: false,
    },
  ])("security: $given", ({ members, rest, security, publicByChoice }) => {
    expect(operation(members, rest)).toMatchObject({ security, publicByChoice });
  });

  test("a shared response is placed where it is described", () => {
    const rest = {
      components: { responses: { Refused: { description: "No", content: { "application/json": {} } } } },
    };
    expect(operation({ responses: { 400: { $ref: "#/components/responses/Refused" } } }, rest)).toMatchObject(
      {
        responses: [{ status: "400", at: { file, pointer: "/components/responses/Refused" } }],
        schemaless: [{ file, pointer: "/components/responses/Refused/content/application~1json" }],
      },
    );
  });
});

test.each([
  { servers: undefined, basePaths: [""] },
  { servers: [{ url: "https://shop.example.com" }], basePaths: [""] },
  { servers: [{ url: "https://shop.example.com/api/v1/" }, { url: "/api/v1" }], basePaths: ["/api/v1"] },
  {
    servers: [{ url: "https://{host}/{base}", variables: { base: { default: "v1" } } }],
    basePaths: ["/v1"],
  },
])("servers $servers put $basePaths before paths", ({ servers, basePaths }) => {
  expect(read(contract({ paths: {}, servers })).basePaths).toEqual(basePaths);
});

test("what the specification's schema sees is not said a second time", () => {
  const document = contract({
    openapi: "3.0.3",
    paths: {},
    components: { schemas: { Order: { type: "sting" } } },
  });
  expect(read(document).problems.map(({ rule }) => rule)).toEqual(["contract-invalid"]);
});

test.each([
  {
    manifest: "package.json",
    text: '{ "dependencies": { "fastify": "5", "left-pad": "1" }, "devDependencies": { "mysql2": "3" } }',
    found: ["Fastify"],
  },
  {
    manifest: "requirements.txt",
    text: "# web\nfastapi>=0.100\npsycopg[binary]==3.1\n",
    found: ["FastAPI", "PostgreSQL"],
  },
  {
    manifest: "pyproject.toml",
    text: '[project]\ndependencies = [\n  "flask",\n  "aio-pika>=9",\n]\n[tool.poetry.group.dev.dependencies]\npymysql = "1"\n',
    found: ["Flask", "RabbitMQ"],
  },
  {
    manifest: "go.mod",
    text: "module shop\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.0\n\tgithub.com/jackc/pgx/v5 v5.5.0\n)\n",
    found: ["Gin", "PostgreSQL"],
  },
  {
    manifest: "pom.xml",
    text: "<dependency>\n  <artifactId>spring-boot-starter-web</artifactId>\n</dependency>\n<dependency>\n  <artifactId>postgresql</artifactId>\n  <scope>test</scope>\n</dependency>\n",
    found: ["Spring Boot"],
  },
  {
    manifest: "build.gradle.kts",
    text: 'implementation("org.springframework.kafka:spring-kafka")\ntestImplementation("org.postgresql:postgresql")\nimplementation("org.apache.kafka:kafka-clients:3.7")\n',
    found: ["Kafka"],
  },
])("$manifest names $found", ({ manifest, text, found }) => {
  expect(parseManifest(manifest, text).technologies.map(({ name }) => name)).toEqual(found);
});

describe("whatever stands in a file", () => {
  const key = fc.constantFrom(
    ..."openapi paths components schemas schema parameters responses content security servers url events eventType consumers $ref allOf properties required enum type default pattern items minimum maximum get".split(
      " ",
    ),
    "/orders/{id}",
    "application/json",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium" },
      fc.jsonValue(),
      fc.constantFrom(
        "#/components/schemas/Order",
        "#/events/0",
        "other.json#/events/0",
        "string",
        "[",
        "3.1.0",
        "3.0.3",
      ),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 5 }),
    ),
  }));

  test("parseOpenApi reads it", () => {
    fc.assert(
      fc.property(value, fc.constantFrom("3.0.3", "3.1.0", undefined), (content, openapi) => {
        read(content);
        read({
          openapi,
          paths: content,
          components: { schemas: content },
          security: content,
          servers: content,
        });
      }),
    );
  });

  test("parseEvents reads it", () => {
    const readEvents = (content: unknown) =>
      // Were there content in every file, a reference to "a/b" would lead to "a/a/b", and on without end.
      parseEvents({ file: "events.json", value: content, problems: [] }, (name) =>
        name === "other.json" ? content : undefined,
      );
    fc.assert(
      fc.property(value, (content) => {
        readEvents(content);
        readEvents({ events: content });
        readEvents({ events: [{ eventType: "order.created", schema: content, consumers: content }] });
      }),
    );
  });

  test("parseManifest reads it", () => {
    const name = fc.constantFrom("package.json", "pyproject.toml", "go.mod", "pom.xml", "requirements.txt");
    fc.assert(
      fc.property(name, fc.oneof(fc.string(), fc.json()), (manifest, text) => {
        parseManifest(manifest, text);
        parseTree(manifest, text);
      }),
    );
  });
});
