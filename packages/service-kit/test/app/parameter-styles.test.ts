import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, expect, test } from "vitest";
import { buildContractApp, readContract } from "../../src/index.ts";
import { silentLog, testMetrics } from "../../src/testing/index.ts";

const folder = mkdtempSync(join(tmpdir(), "parameter-styles-"));
afterAll(() => rmSync(folder, { recursive: true }));

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** A service with one operation that answers with what its handler was given. */
async function serve(path: string, parameter: string, ofPath = "") {
  const file = join(folder, "api.yaml");
  writeFileSync(
    file,
    `openapi: 3.1.0
info: { title: Tea }
components: { schemas: { Sizes: { type: array, items: { type: integer } } } }
paths:
  ${path}:
    parameters: [${ofPath}]
    get:
      operationId: list
      parameters: [${parameter}]
      responses: { '200': { description: Good }, '400': { description: Bad } }
`,
  );
  app = await buildContractApp({
    contract: readContract(file, "tea-service"),
    handlers: {
      list: async ({ params, query, headers }: Record<"params" | "query" | "headers", object>) => ({
        ...params,
        ...query,
        ...("x-size" in headers ? { "x-size": headers["x-size"] } : {}),
      }),
    },
    health: {},
    log: silentLog(),
    metrics: testMetrics(),
  });
  return app;
}

const sizes = "schema: { $ref: '#/components/schemas/Sizes' }";
const kinds = "schema: { type: array, minItems: 1, items: { enum: [green, black] } }";
const range = "schema: { type: object, properties: { min: { type: integer }, max: { type: integer } } }";

test.each([
  { given: `{ name: size, in: query, ${sizes} }`, url: "?size=1&size=2", read: { size: [1, 2] } },
  { given: `{ name: size, in: query, ${sizes} }`, url: "?size=1", read: { size: [1] } },
  { given: `{ name: size, in: query, explode: false, ${sizes} }`, url: "?size=1,2", read: { size: [1, 2] } },
  { given: `{ name: size, in: query, explode: false, ${sizes} }`, url: "?size=", read: { size: [] } },
  {
    given: `{ name: size, in: query, explode: false, style: pipeDelimited, ${sizes} }`,
    url: "?size=1%7C2",
    read: { size: [1, 2] },
  },
  {
    given: `{ name: size, in: query, explode: false, style: spaceDelimited, ${sizes} }`,
    url: "?size=1%202",
    read: { size: [1, 2] },
  },
  {
    given: `{ name: 'kind[in]', in: query, explode: false, ${kinds} }`,
    url: "?kind%5Bin%5D=green,black",
    read: { "kind[in]": ["green", "black"] },
  },
  {
    given: `{ name: size, in: query, style: deepObject, explode: true, ${range} }`,
    url: "?size[min]=1&size[max]=2",
    read: { size: { min: 1, max: 2 } },
  },
  {
    given: `{ name: size, in: query, ${range} }, { name: page, in: query, schema: { type: integer } }`,
    url: "?min=1&page=3",
    read: { size: { min: 1 }, page: 3 },
  },
  {
    given: `{ name: size, in: query, explode: false, ${range} }`,
    url: "?size=min,1,max,2",
    read: { size: { min: 1, max: 2 } },
  },
  {
    given: `{ name: size, in: query, content: { application/json: { ${range} } } }`,
    url: "?size=%7B%22min%22:1%7D",
    read: { size: { min: 1 } },
  },
  { given: `{ name: X-Size, in: header, ${sizes} }`, sent: "1, 2", read: { "x-size": [1, 2] } },
  {
    given: `{ name: X-Size, in: header, explode: true, ${range} }`,
    sent: "min=1,max=2",
    read: { "x-size": { min: 1, max: 2 } },
  },
  { given: `{ name: id, in: path, required: true, ${sizes} }`, path: "1,2", read: { id: [1, 2] } },
  {
    given: `{ name: id, in: path, required: true, style: label, ${sizes} }`,
    path: ".1,2",
    read: { id: [1, 2] },
  },
  {
    given: `{ name: id, in: path, required: true, style: matrix, explode: true, ${sizes} }`,
    path: ";id=1;id=2",
    read: { id: [1, 2] },
  },
  {
    given: "{ name: id, in: path, required: true, style: matrix, schema: { type: integer } }",
    path: ";id=7",
    read: { id: 7 },
  },
  {
    given: `{ name: id, in: path, required: true, style: matrix, explode: true, ${range} }`,
    path: ";min=1;max=2",
    read: { id: { min: 1, max: 2 } },
  },
])("$given of '$url$path$sent' is read as $read", async ({ given, url = "", path, sent, read }) => {
  const served = await serve(path === undefined ? "/teas" : "/teas/{id}", given);
  const answer = await served.inject({
    url: `/teas${path === undefined ? "" : `/${encodeURIComponent(path)}`}${url}`,
    headers: sent === undefined ? {} : { "x-size": sent },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject(read);
});

test.each([
  { given: `{ name: kind, in: query, explode: false, ${kinds} }`, url: "?kind=green,red" },
  { given: `{ name: kind, in: query, explode: false, ${kinds} }`, url: "?kind=" },
  { given: `{ name: size, in: query, explode: false, ${sizes} }`, url: "?size=1,x" },
  { given: `{ name: size, in: query, style: deepObject, ${range} }`, url: "?size[min]=x" },
  { given: `{ name: size, in: query, content: { application/json: { ${range} } } }`, url: "?size=%7B" },
  { given: "{ name: size, in: query, required: true, schema: { type: integer } }", url: "" },
])("$given refuses '$url'", async ({ given, url }) => {
  const served = await serve("/teas", given);
  expect((await served.inject({ url: `/teas${url}` })).statusCode).toBe(400);
});

test("what an operation says of a parameter takes the place of what its path says", async () => {
  const served = await serve(
    "/teas",
    `{ name: size, in: query, explode: false, style: pipeDelimited, ${sizes} }`,
    `{ name: size, in: query, required: true, explode: false, ${sizes} }`,
  );
  expect((await served.inject({ url: "/teas?size=1%7C2" })).json()).toEqual({ size: [1, 2] });
  expect((await served.inject({ url: "/teas" })).statusCode).toBe(200);
});

test("a parameter named Authorization says nothing: what the operation asks for decides", async () => {
  const served = await serve(
    "/teas",
    "{ name: Authorization, in: header, required: true, schema: { type: string } }",
  );
  expect((await served.inject({ url: "/teas" })).statusCode).toBe(200);
});
