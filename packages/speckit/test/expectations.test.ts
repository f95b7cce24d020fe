import { expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const users = (more = "", required = "name") => `openapi: 3.1.0
info: { title: User Service API, version: 1.0.0 }
paths:
  /api/v1/users:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [${required}], properties: { name: { type: string }, size: { type: string } } }
      responses: { "201": { description: Made }, "400": { description: Bad } }
${more}`;
const removal = `  /api/v1/users/{id}:
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Gone }, "404": { description: Nobody } }
`;
const orders = `openapi: 3.1.0
info: { title: Order Service API, version: 1.0.0 }
paths:
  /api/v1/orders:
    get: { responses: { "200": { description: All }, "400": { description: Bad } } }
`;
const fleet = (expectation: Record<string, string>, offered: string) => ({
  "services/user-service/contracts/api-spec.yaml": offered,
  "services/order-service/contracts/api-spec.yaml": orders,
  ...expectation,
});

async function mismatches(files: Record<string, string>) {
  const { code, out } = await runCli(folderWith(files), [
    "validate-contracts",
    "--all",
    "--json",
    "--breaking-changes-only",
  ]);
  const { findings, services } = JSON.parse(out) as { findings: object[]; services: { name: string }[] };
  return { code, findings, services: services.map(({ name }) => name) };
}

const place = "services/order-service/tests/contracts/user-service.yaml";

test("what the tests of a consumer expect and the provider does not offer is an error", async () => {
  const { code, findings, services } = await mismatches(
    fleet({ [place]: users(removal) }, users("", "name, size")),
  );
  expect(services).toEqual(["order-service", "user-service"]);
  expect(code).toBe(1);
  expect(findings).toMatchObject([
    {
      rule: "property-became-required",
      severity: "error",
      service: "order-service",
      consumers: ["order-service"],
      file: place,
      message:
        "The tests of order-service expect otherwise of user-service, POST /api/v1/users: New required field 'size'",
      related: [{ file: "services/user-service/contracts/api-spec.yaml" }],
    },
    { rule: "operation-removed", file: place, consumers: ["order-service"] },
  ]);
});

test.each([
  { given: "that is offered, and more", files: fleet({ [place]: users() }, users(removal)) },
  {
    given: "that another contract of the provider offers",
    files: {
      ...fleet({ [place]: users(removal) }, users()),
      "services/user-service/contracts/removal.yaml": `openapi: 3.1.0\ninfo: { title: Removal, version: 1.0.0 }\npaths:\n${removal}`,
    },
  },
  {
    given: "of a service that is nobody here",
    files: fleet(
      {
        "services/order-service/tests/contracts/bank-api.yaml": users(removal).replace(
          "User Service",
          "Bank",
        ),
      },
      users(),
    ),
  },
])("an expectation $given is none of anybody's business", async ({ files }) => {
  expect(await mismatches(files)).toMatchObject({ code: 0, findings: [] });
});

test("an expectation that cannot be read is an error; a broken file that is of nobody here is not", async () => {
  const broken = "openapi: 3.1.0\ninfo: { title: [\n";
  const { findings } = await mismatches(
    fleet(
      { [place]: broken, "services/order-service/tests/contracts/parser-input-api.yaml": broken },
      users(),
    ),
  );
  expect(findings).toMatchObject([{ rule: "unreadable-file", severity: "error", file: place }]);
});

test("an expectation is no offer: its service is not found twice, and nobody checks it as a contract", async () => {
  const { out } = await runCli(folderWith(fleet({ [place]: users() }, users())), [
    "service-catalog",
    "--format",
    "json",
  ]);
  const { services } = JSON.parse(out) as { services: { name: string; endpoints: { path: string }[] }[] };
  expect(services.map(({ endpoints }) => endpoints.map(({ path }) => path))).toEqual([
    ["/api/v1/orders"],
    ["/api/v1/users"],
  ]);
});
