import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, expect, test } from "vitest";
import {
  buildContractApp,
  ContractMismatch,
  type Handlers,
  noHandler,
  problems,
  readContract,
} from "../../src/index.ts";
import { silentLog, testMetrics } from "../../src/testing/index.ts";

const folder = mkdtempSync(join(tmpdir(), "any-contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

let app: FastifyInstance | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** A service with this contract; every operation answers with what its handler was given. */
async function serve(paths: string, more = "", handlers?: Handlers) {
  const file = join(folder, "api.yaml");
  writeFileSync(file, `openapi: 3.1.0\ninfo: { title: Tea }\n${more}\npaths:\n${paths}`);
  const contract = readContract(file, "tea-service");
  const names = [...contract.operations.keys()].filter((name) => !name.includes("health"));
  const echo = async ({ params, body }: { params: unknown; body: unknown }) => ({
    params,
    body: typeof body,
  });
  app = await buildContractApp({
    contract,
    handlers: handlers ?? Object.fromEntries(names.map((name) => [name, echo])),
    checkCredentials: async ({ headers }) => {
      if (headers["x-key"] === "wrong") throw problems.unauthorized();
      return undefined;
    },
    health: {},
    log: silentLog(),
    metrics: testMetrics(),
  });
  return app;
}

const answers = "responses: { '200': { description: Good } }";

test.each([
  { path: "/api/v1/teas/{tea-id}", url: "/api/v1/teas/7", params: { tea_id: "7" } },
  { path: "/teas/{id}:brew", url: "/teas/7:brew", params: { id: "7" } },
])("$path is served without an operationId", async ({ path, url, params }) => {
  const name = /\{(.+)\}/.exec(path)?.[1];
  const served = await serve(
    `  ${path}: { get: { parameters: [{ name: ${name}, in: path, required: true, schema: { type: string } }], ${answers} } }`,
  );
  expect((await served.inject({ url })).json()).toMatchObject({ params });
});

test("operations stand below the path of the server that the contract names", async () => {
  const served = await serve(
    `  /teas: { get: { ${answers} } }`,
    "servers: [{ url: https://shop.example/v2 }]",
  );
  expect((await served.inject({ url: "/v2/teas" })).statusCode).toBe(200);
  expect((await served.inject({ url: "/teas" })).statusCode).toBe(404);
});

test("health is there whether the contract names it, calls it otherwise, or does not", async () => {
  const served = await serve(`  /healthz: { get: { ${answers} } }\n  /teas: { get: { ${answers} } }`, "", {
    "GET /teas": noHandler,
  });
  for (const url of ["/healthz", "/health", "/health/live", "/health/ready"])
    expect((await served.inject({ url })).json()).toMatchObject({ data: { status: "up" } });
});

test.each([
  { declared: ["200", "422"], status: 422 },
  { declared: ["200", "400"], status: 400 },
  { declared: ["200", "4XX"], status: 422 },
  { declared: ["200"], status: 422 },
])("a body against its schema is answered $status where the contract has $declared", async ({
  declared,
  status,
}) => {
  const responses = declared.map((one) => `'${one}': { description: Any }`).join(", ");
  const schema = "{ type: object, required: [name] }";
  const served = await serve(
    `  /teas: { post: { requestBody: { required: true, content: { application/json: { schema: ${schema} } } }, responses: { ${responses} } } }`,
  );
  for (const payload of [{}, undefined]) {
    const answer = await served.inject({ method: "POST", url: "/teas", ...(payload && { payload }) });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ type: "/problems/invalid-body", status });
  }
});

const schemes =
  "components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, mark: { type: apiKey, in: cookie, name: mark }, word: { type: http, scheme: basic }, query: { type: apiKey, in: query, name: k } } }";

test.each([
  { security: "[{ key: [] }]", headers: { "x-key": "1" }, status: 200 },
  { security: "[{ key: [] }]", headers: { "x-key": "wrong" }, status: 401 },
  { security: "[{ key: [] }]", headers: {}, status: 401 },
  { security: "[{ key: [], mark: [] }]", headers: { "x-key": "1" }, status: 401 },
  { security: "[{ key: [], mark: [] }]", headers: { "x-key": "1", cookie: "a=b; mark=2" }, status: 200 },
  { security: "[{ key: [] }, { word: [] }]", headers: { authorization: "Basic YTpi" }, status: 200 },
  { security: "[{ word: [] }]", headers: { authorization: "Bearer x" }, status: 401 },
  { security: "[{ query: [] }]", headers: {}, url: "/teas?k=1", status: 200 },
])("with $security and $headers the answer is $status", async ({
  security,
  headers,
  status,
  url = "/teas",
}) => {
  const served = await serve(`  /teas: { get: { security: ${security}, ${answers} } }`, schemes);
  expect((await served.inject({ url, headers: { ...headers } })).statusCode).toBe(status);
});

test("a service does not start when nothing checks the credentials that its contract asks for", async () => {
  const file = join(folder, "api.yaml");
  writeFileSync(file, `openapi: 3.1.0\n${schemes}\npaths: { /teas: { get: { security: [{ key: [] }] } } }`);
  const built = buildContractApp({
    contract: readContract(file, "tea-service"),
    handlers: { "GET /teas": noHandler },
    health: {},
    log: silentLog(),
    metrics: testMetrics(),
  });
  await expect(built).rejects.toThrow(ContractMismatch);
  await expect(built).rejects.toThrow("nothing that checks them: GET /teas");
});

test("a body that is no JSON reaches its handler as a stream", async () => {
  const served = await serve(
    `  /teas: { post: { requestBody: { content: { image/png: {} } }, ${answers} } }`,
  );
  const answer = await served.inject({
    method: "POST",
    url: "/teas",
    headers: { "content-type": "image/png" },
    payload: Buffer.from("png"),
  });
  expect(answer.json()).toMatchObject({ body: "object" });
});

test("an operation without a handler says so, and is not taken for one that is written", async () => {
  const served = await serve(`  /teas: { get: { ${answers} } }`, "", { "GET /teas": noHandler });
  expect((await served.inject({ url: "/teas" })).json()).toMatchObject({
    status: 501,
    type: "/problems/no-handler",
  });
});

const bodied = (content: string) =>
  `  /teas: { post: { requestBody: { content: { ${content}: { schema: { type: object, required: [name] } } } }, responses: { '200': { description: Good }, '415': { description: Other }, '422': { description: No } } } }`;

test.each([
  { content: "'application/json; charset=utf-8'", sent: "application/json", body: '{"name":1}', status: 200 },
  { content: "application/json", sent: "application/json; charset=utf-8", body: '{"name":1}', status: 200 },
  { content: "application/hal+json", sent: "application/hal+json", body: '{"name":1}', status: 200 },
  { content: "application/hal+json", sent: "application/hal+json", body: "{}", status: 422 },
  { content: "application/hal+json", sent: "application/json", body: "{}", status: 415 },
  { content: "image/*", sent: "image/png", body: "png", status: 200 },
  { content: "image/*", sent: "text/plain", body: "png", status: 415 },
  { content: "'*/*'", sent: "text/plain", body: "tea", status: 200 },
])("of $content a body of $sent is answered $status", async ({ content, sent, body, status }) => {
  const served = await serve(bodied(content));
  const answer = await served.inject({
    method: "POST",
    url: "/teas",
    headers: { "content-type": sent },
    payload: body,
  });
  expect(answer.statusCode, answer.body).toBe(status);
});

test("an answer to HEAD says in a link what its problem is", async () => {
  const served = await serve(`  /teas: { head: { operationId: look, ${answers} } }`, "", { look: noHandler });
  const { statusCode, headers } = await served.inject({ method: "HEAD", url: "/teas" });
  expect({ statusCode, link: headers.link }).toEqual({
    statusCode: 501,
    link: '</problems/no-handler>; rel="type"',
  });
});

test("HEAD may be an operation of its own beside GET", async () => {
  const served = await serve(
    `  /teas: { get: { operationId: list, ${answers} }, head: { operationId: look, ${answers} } }`,
    "",
    {
      list: async () => [],
      look: async (_request, reply) => reply.header("x-total", "3").send(),
    },
  );
  expect((await served.inject({ method: "HEAD", url: "/teas" })).headers["x-total"]).toBe("3");
  expect((await served.inject({ url: "/teas" })).json()).toEqual([]);
});
