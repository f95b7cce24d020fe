import { describe, expect, test } from "vitest";
import { createLocate } from "../src/parse/locate.ts";
import { parseOpenApi } from "../src/parse/openapi.ts";
import { parseTree } from "../src/parse/tree.ts";
import { folderWith, runCli } from "./run-cli.ts";

const pets = `swagger: "2.0"
info: { title: Pets, version: 1.0.0 }
host: api.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
  basic: { type: basic }
  login: { type: oauth2, flow: accessCode, authorizationUrl: https://a, tokenUrl: https://b, scopes: { read: Read } }
parameters:
  Pet:
    { name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }
  Page:
    { name: page, in: query, type: integer, maximum: 100 }
paths:
  /pets:
    parameters:
      - { name: tenant, in: query, type: string }
    post:
      operationId: addPet
      security: [{ key: [] }]
      parameters:
        - $ref: '#/parameters/Pet'
        - { name: tags, in: query, type: array, items: { type: string }, maxItems: 5 }
        - $ref: '#/parameters/Page'
      responses:
        "200":
          description: ok
          headers:
            X-Rate: { type: integer }
          schema:
            type: object
            required: [id]
            properties:
              id: { type: integer }
  /photo:
    post:
      consumes: [multipart/form-data]
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: note, in: formData, type: string }
      responses: { "204": { description: none } }
definitions:
  Pet:
    type: object
    properties:
      name: { type: string }
      kind: { type: string, enum: [cat, dog] }
`;

const lineOf = (words: string) => pets.split("\n").findIndex((line) => line.includes(words)) + 1;

test("operations are read as from OpenAPI 3", () => {
  const { operations, basePaths, securitySchemes, problems, specification } = parseOpenApi(
    parseTree("swagger.yaml", pets),
    () => undefined,
  );
  expect(problems).toEqual([]);
  expect({ specification, basePaths }).toEqual({ specification: "2.0", basePaths: ["/v1"] });
  expect(securitySchemes.map(({ description }) => description)).toEqual([
    "apiKey header X-Key",
    "http basic",
    "oauth2",
  ]);
  expect(operations).toMatchObject([
    {
      method: "POST",
      path: "/pets",
      requestMediaTypes: ["application/json"],
      parameters: [{ name: "tags" }, { name: "page" }, { name: "tenant", in: "query", required: false }],
      responses: [{ status: "200", mediaTypes: ["application/json"] }],
      security: ["key"],
    },
    { path: "/photo", requestMediaTypes: ["multipart/form-data"], parameters: [] },
  ]);
});

describe("a change stands where it is written", () => {
  test.each([
    { from: "maxItems: 5", to: "maxItems: 3", location: "request.query.tags" },
    { from: "maximum: 100", to: "maximum: 50", location: "request.query.page" },
    {
      from: "tenant, in: query, type: string",
      to: "tenant, in: query, type: integer",
      location: "request.query.tenant",
    },
    {
      from: "in: formData, type: string",
      to: "in: formData, required: true, type: string",
      location: "request.body.note",
    },
    { from: "[cat, dog]", to: "[cat]", location: "request.body.kind" },
    {
      from: "X-Rate: { type: integer }",
      to: "X-Rate: { type: string }",
      location: "response.200.header.X-Rate",
    },
    { from: "required: [id]", to: "required: []", location: "response.200.body.id" },
  ])("$from becomes $to", async ({ from, to, location }) => {
    const root = folderWith({ "base.yaml": pets, "revision.yaml": pets.replace(from, to) });
    const { out } = await runCli(root, ["diff", "base.yaml", "revision.yaml", "--json"]);
    const { changes } = JSON.parse(out);
    expect(changes).toMatchObject([{ level: "breaking", location, base: { line: lineOf(from) } }]);
  });
});

test("moving to OpenAPI 3 with the same meaning is no change", async () => {
  const root = folderWith({
    "base.yaml": pets,
    "revision.yaml": `openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://api.example.com/v1 }]
paths:
  /pets:
    post:
      operationId: addPet
      security: [{ key: [] }]
      parameters:
        - { name: tenant, in: query, schema: { type: string } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string }, maxItems: 5 } }
        - { name: page, in: query, schema: { type: integer, maximum: 100 } }
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses:
        "200":
          description: ok
          headers: { X-Rate: { schema: { type: integer } } }
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: integer } } }
  /photo:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties: { file: { type: string, format: binary }, note: { type: string } }
      responses: { "204": { description: none } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet: { type: object, properties: { name: { type: string }, kind: { type: string, enum: [cat, dog] } } }
`,
  });
  const { code, out } = await runCli(root, ["diff", "base.yaml", "revision.yaml", "--json"]);
  expect({ code, changes: JSON.parse(out).changes }).toEqual({ code: 0, changes: [] });
});

test("one mistake is one problem at its own line, whatever was moved", () => {
  const broken = pets.replace("required: [id]", "required: 5");
  const { problems } = parseOpenApi(parseTree("swagger.yaml", broken), () => undefined);
  const { locate } = createLocate(
    () => broken,
    () => undefined,
  );
  expect(problems.map(({ message }) => message)).toEqual(["5 stands where an array is expected."]);
  expect(locate(problems.map(({ at }) => at))).toMatchObject([{ line: lineOf("required: [id]") }]);
});
