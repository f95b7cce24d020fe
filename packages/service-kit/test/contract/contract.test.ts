import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readContract } from "../../src/index.ts";
import { orderContract } from "../shop.ts";

const folder = mkdtempSync(join(tmpdir(), "contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

function contract(text: string): string {
  const file = join(folder, "api-spec.yaml");
  writeFileSync(file, text);
  return file;
}

test("a contract has the name of its service, whatever its title is", () => {
  const text = "info: { title: The Finest Teas }";
  expect(readContract(contract(text), "tea-service").service).toBe("tea-service");
});

test("a contract says what can be asked", () => {
  expect(orderContract.operations.get("placeOrder")).toEqual({
    operationId: "placeOrder",
    method: "POST",
    path: "/api/v1/orders",
    basePath: "",
    secured: true,
    credentials: [],
    mediaTypes: ["application/json"],
    bodyRequired: true,
    statuses: ["202"],
  });
});

test.each([
  { operation: "cancelOrder", secured: true, mediaTypes: [], bodyRequired: false },
  { operation: "savePhoto", secured: true, mediaTypes: ["image/png"], bodyRequired: true },
  { operation: "addNote", secured: false, mediaTypes: ["application/json"], bodyRequired: false },
  { operation: "getHealth", secured: false, mediaTypes: [], bodyRequired: false },
])("$operation", ({ operation, ...expected }) => {
  expect(orderContract.operations.get(operation)).toMatchObject(expected);
});

test.each([
  { security: "security: [{ bearerAuth: [] }]", secured: true },
  { security: "security: [{ bearerAuth: [] }, {}]", secured: false },
  { security: "security: []", secured: false },
])("with $security an operation is secured: $secured", ({ security, secured }) => {
  const file = contract(`
openapi: 3.1.0
info: { title: Tea API, version: v1 }
security: [{ bearerAuth: [] }]
paths:
  /tea:
    summary: Not an operation.
    get: { operationId: getTea, ${security} }
`);
  expect(readContract(file, "tea-service").operations.get("getTea")?.secured).toBe(secured);
});

test.each([
  { given: "no YAML", text: "info: { title: [", says: "api-spec.yaml" },
])("$given is refused with the file's name", ({ text, says }) => {
  expect(() => readContract(contract(text), "tea-service")).toThrow(says);
});

test("an operation without a name is called what it is", () => {
  const file = contract("openapi: 3.0.0\ninfo: { title: Tea API }\npaths: { /tea: { get: {} } }");
  expect(readContract(file, "tea-service").operations.get("GET /tea")).toMatchObject({ path: "/tea" });
});

test.each([
  { servers: "[{ url: 'https://shop.example/api/v1/' }]", basePath: "/api/v1" },
  {
    servers: "[{ url: 'https://{host}/{version}', variables: { version: { default: v2 } } }]",
    basePath: "/v2",
  },
  { servers: "[{ url: / }, { url: /second }]", basePath: "" },
  { servers: "[]", basePath: "" },
])("servers $servers put '$basePath' before every path", ({ servers, basePath }) => {
  const file = contract(
    `openapi: 3.1.0\ninfo: { title: Tea API }\nservers: ${servers}\npaths: { /tea: { get: {} } }`,
  );
  expect(readContract(file, "tea-service").operations.get("GET /tea")?.basePath).toBe(basePath);
});

test("several documents are read as one, and what they refer to is part of it", () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write(
    "paths.yaml",
    "tea:\n  post:\n    operationId: addTea\n    requestBody: { $ref: 'shared.yaml#/Body' }",
  );
  write(
    "shared.yaml",
    "Body: { content: { application/json: { schema: { $ref: '#/Tea' } } } }\nTea: { properties: { leaf: { $ref: '#/Leaf' } } }\nLeaf: {}",
  );
  const first = write("api.yaml", "openapi: 3.1.0\npaths: { /teas: { $ref: 'paths.yaml#/tea' } }");
  const second = write(
    "admin.yaml",
    "openapi: 3.1.0\nservers: [{ url: /admin }]\nsecurity: [{ key: [] }]\ncomponents: { securitySchemes: { key: { type: apiKey, in: query, name: k } } }\npaths: { /leaves: { get: { operationId: listLeaves, responses: {} } } }",
  );
  const { operations, document } = readContract([first, second], "tea-service");
  expect([...operations.keys()]).toEqual(["addTea", "listLeaves"]);
  expect(operations.get("addTea")?.mediaTypes).toEqual(["application/json"]);
  expect(operations.get("addTea")).toMatchObject({ basePath: "", secured: false });
  expect(operations.get("listLeaves")).toMatchObject({
    basePath: "/admin",
    credentials: [[{ in: "query", name: "k" }]],
  });
  expect(JSON.stringify(document)).not.toContain(".yaml");
  expect(readContract([], "tea-service").operations.size).toBe(0);
  write("api.yaml", "openapi: 3.1.0\npaths: { /teas: { $ref: 'gone.yaml#/tea' } }");
  expect(() => readContract(first, "tea-service")).toThrow(/api\.yaml refers to .*gone\.yaml/);
});

test("schemas of OpenAPI 3.0 are read as JSON Schema", () => {
  const file = contract(`
openapi: 3.0.3
info: { title: Tea API }
components:
  schemas:
    Grams: { type: integer, nullable: true, minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }
    Kind: { type: string, nullable: true, enum: [green, black] }
`);
  expect(readContract(file, "tea-service").document.components?.schemas).toEqual({
    Grams: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: 9 },
    Kind: { type: ["string", "null"], enum: ["green", "black", null] },
  });
});
