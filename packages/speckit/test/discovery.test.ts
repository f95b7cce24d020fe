import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const api = (title: string) => `openapi: 3.1.0
info: { title: ${title}, version: v1 }
paths:
  /api/v1/${title.toLowerCase()}:
    get: { responses: { '200': { description: All } } }
`;
const json = (title: string) =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title, version: "v1" },
    paths: { [`/api/v1/${title.toLowerCase()}`]: { get: { responses: { 200: { description: "All" } } } } },
  });

/** Each service with its folder and the number of its endpoints. */
async function servicesIn(files: readonly string[]): Promise<string[]> {
  const contents = files.map((file) => {
    const title = /users?/.test(file) ? "Users" : "Orders";
    const text = file.endsWith(".json") ? json(title) : /\.ya?ml$/.test(file) ? api(title) : "export {};\n";
    return [file, file.includes("/v2/") ? text.replaceAll("/v1/", "/v2/") : text] as const;
  });
  const { out } = await runCli(folderWith(Object.fromEntries(contents)), [
    "service-catalog",
    "--format",
    "json",
  ]);
  const { services } = JSON.parse(out) as { services: { name: string; dir: string; endpoints: unknown[] }[] };
  return services.map(({ name, dir, endpoints }) => `${name} at ${dir}, ${endpoints.length}`);
}

describe("services are found by what their folders hold", () => {
  test.each([
    "services",
    "apps",
    "packages",
    "src",
    "backend",
    "domains",
    "microservices",
  ])("in %s/", async (folder) => {
    expect(
      await servicesIn([
        `${folder}/orders/openapi.yaml`,
        `${folder}/users/api/swagger.json`,
        `${folder}/shared/index.ts`,
      ]),
    ).toEqual([`orders at ${folder}/orders, 1`, `users at ${folder}/users, 1`]);
  });

  test.each([
    {
      what: "folders at the root",
      files: ["orders/src/main/resources/openapi/openapi.yml", "users/docs/api.yaml"],
      services: ["orders at orders, 1", "users at users, 1"],
    },
    {
      what: "a shared folder, files called after services",
      files: [
        "contracts/order-service.yaml",
        "contracts/users.openapi.json",
        "services/order-service/src/a.ts",
        "services/order-service/openapi.yaml",
        "services/users/events/openapi.yaml",
      ],
      services: ["order-service at services/order-service, 1", "users at services/users, 1"],
    },
    {
      what: "nothing but a shared folder",
      files: ["contracts/orders/openapi.yaml", "contracts/users/openapi.yaml"],
      services: ["orders at contracts/orders, 1", "users at contracts/users, 1"],
    },
    {
      what: "JSON beside YAML",
      files: ["services/orders/openapi.yaml", "services/orders/openapi.json"],
      services: ["orders at services/orders, 1"],
    },
    {
      what: "a bundle beside its source",
      files: ["services/orders/openapi.yaml", "services/orders/openapi.bundled.yaml"],
      services: ["orders at services/orders, 1"],
    },
    {
      what: "a bundle in a folder of its own",
      files: ["services/orders/api/openapi.yaml", "services/orders/generated/openapi.json"],
      services: ["orders at services/orders, 1"],
    },
    {
      what: "two versions",
      files: ["services/orders/v1/openapi.yaml", "services/orders/v2/openapi.yaml"],
      services: ["orders at services/orders, 2"],
    },
    {
      what: "contracts of others, kept for tests",
      files: [
        "services/orders/openapi.yaml",
        "services/orders/test/users.yaml",
        "services/orders/mocks/users.yaml",
        "services/orders/src/__mocks__/users.json",
        "services/orders/rules/rule.examples/users/openapi.yaml",
      ],
      services: ["orders at services/orders, 1"],
    },
    {
      what: "what was generated alone",
      files: ["generated/openapi.json"],
      services: [expect.stringMatching(/ at \., 1$/)],
    },
  ])("$what", async ({ files, services }) => {
    expect(await servicesIn(files)).toEqual(services);
  });
});

test("a gateway depends on the services whose operations it offers", async () => {
  const paths = (...names: string[]) =>
    `openapi: 3.1.0\ninfo: { title: X, version: v1 }\npaths:\n${names
      .map((name) => `  ${name}: { get: { responses: { '200': { description: Ok } } } }\n`)
      .join("")}`;
  const root = folderWith({
    "services/gateway/openapi.yaml": paths(
      "/health",
      "/api/v1/orders/{orderId}",
      "/api/v1/users/",
      "/api/v1/own",
    ),
    "services/orders/openapi.yaml": paths("/health", "/api/v1/orders/{id}"),
    "services/users/openapi.yaml": paths("/health", "/api/v1/users"),
    "services/mail/openapi.yaml": paths("/health", "/api/v1/users/{id}"),
  });
  const { out } = await runCli(root, ["service-catalog", "--format", "json"]);
  const { edges } = JSON.parse(out) as { edges: { from: string; to: string; label: string }[] };
  expect(edges.map(({ from, to, label }) => `${from} → ${to}: ${label}`)).toEqual([
    "gateway → orders: orders",
    "gateway → users: users",
  ]);
});

test.each([
  { given: "a published package", beside: "index.d.ts", names: ["shop-api"] },
  { given: "a package with its sources", beside: "src/index.ts", names: [] },
])("dist/ is read in $given: $names", async ({ beside, names }) => {
  const root = folderWith({
    "package.json": '{ "name": "@shop/shop-api" }',
    "dist/openapi.json": '{ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "paths": {} }',
    [beside]: "export {};\n",
  });
  const { out } = await runCli(root, ["--json"]);
  expect((JSON.parse(out) as { services: { name: string }[] }).services.map(({ name }) => name)).toEqual(
    names,
  );
});
