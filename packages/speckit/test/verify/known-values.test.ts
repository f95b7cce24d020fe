import { expect, test } from "vitest";
import { operationsIn, requestsFor } from "../../src/index.ts";
import { KnownValues } from "../../src/verify/known-values.ts";
import { orderOperations } from "../../src/verify/order-operations.ts";

function operationsOf(...lines: readonly string[]) {
  const paths = lines.map((line) => {
    const [method = "", path = ""] = line.split(" ");
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(
      ([, name]) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`,
    );
    const body = /POST|PUT/.test(method)
      ? "requestBody: { content: { application/json: { schema: { type: object, properties: { email: { type: string }, password: { type: string } } } } } }, "
      : "";
    return `  ? "${path}${" ".repeat(0)}"\n  : ${method.toLowerCase()}: { ${body}parameters: [${names.join(", ")}], responses: { '200': { description: Yes } } }\n`;
  });
  // Paths stand once each: methods of one path are given in different documents.
  return paths.flatMap((path) =>
    operationsIn({
      file: "api.yaml",
      text: `openapi: 3.1.0\ninfo: { title: A, version: v1 }\npaths:\n${path}`,
    }),
  );
}

test("what makes things comes first, what ends them last", () => {
  const lines = [
    "GET /orders/{id}",
    "DELETE /orders/{id}",
    "GET /orders",
    "POST /auth/logout",
    "POST /orders/{id}/cancel",
    "POST /auth/register",
    "PUT /products/{sku}",
    "POST /auth/login",
    "PATCH /orders/{id}",
    "GET /users/{id}/avatar",
    "POST /users/{id}/avatar",
  ];
  expect(orderOperations(operationsOf(...lines)).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /auth/register",
    "POST /auth/login",
    "PUT /products/{sku}",
    "POST /users/{id}/avatar",
    "GET /orders",
    "GET /orders/{id}",
    "GET /users/{id}/avatar",
    "PATCH /orders/{id}",
    "DELETE /orders/{id}",
    "POST /auth/logout",
    "POST /orders/{id}/cancel",
  ]);
});

test.each([
  {
    given: "an id under its full name",
    answers: { "POST /orders": { data: { orderId: "o7" } } },
    asks: "GET /orders/{orderId}",
    value: { orderId: "o7" },
  },
  {
    given: "an id of the collection",
    answers: { "POST /orders": { id: 7 } },
    asks: "GET /orders/{orderId}",
    value: { orderId: 7 },
  },
  {
    given: "an id of the collection, asked for as id",
    answers: { "POST /orders": { id: 7 } },
    asks: "GET /orders/{id}",
    value: { id: 7 },
  },
  {
    given: "ids of two collections",
    answers: { "POST /users": { id: "u1" }, "POST /orders": { id: "o1" } },
    asks: "GET /users/{id}",
    value: { id: "u1" },
  },
  {
    given: "a full name, asked for as id",
    answers: { "POST /users": { data: { userId: "u1" } } },
    asks: "GET /users/{id}",
    value: { id: "u1" },
  },
  {
    given: "the first of a list",
    answers: { "GET /orders": [{ orderId: "o1" }, { orderId: "o2" }] },
    asks: "GET /orders/{orderId}",
    value: { orderId: "o1" },
  },
  {
    given: "nothing of the kind",
    answers: { "POST /users": { name: "Ada" } },
    asks: "GET /orders/{orderId}",
    value: {},
  },
])("from $given", ({ answers, asks, value }) => {
  const known = new KnownValues();
  for (const [line, body] of Object.entries(answers)) {
    const [operation] = operationsOf(line);
    const [request] = operation ? requestsFor(operation) : [];
    if (!operation || !request) throw new Error(`No request for ${line}.`);
    known.learn(operation, request, {
      status: 201,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
  const [next] = operationsOf(asks);
  const values = next ? known.valuesFor(next) : {};
  expect(
    Object.fromEntries(
      Object.keys({ orderId: 0, id: 0 }).flatMap((name) =>
        values[name] === undefined ? [] : [[name, values[name]]],
      ),
    ),
  ).toEqual(value);
});

test("from the place that an answer names, from what was accepted, and not from what was refused", () => {
  const known = new KnownValues();
  const [register, read] = operationsOf("POST /accounts", "GET /accounts/{accountId}");
  if (!register || !read) throw new Error("There is no operation.");
  const [request] = requestsFor(register, {
    values: { email: "ada@example.com", password: "secret" },
  }).filter(({ title }) => title === "all that is optional");
  if (!request) throw new Error("There is no request.");
  known.learn(register, request, { status: 409, headers: {}, body: "" });
  expect(known.valuesFor(read)).toEqual({});
  known.learn(register, request, { status: 201, headers: { location: "/accounts/a%207?x=1" }, body: "" });
  expect(known.valuesFor(read)).toEqual({ email: "ada@example.com", password: "secret", accountId: "a 7" });
  known.learn(register, request, {
    status: 201,
    headers: { "content-type": "application/json" },
    body: '{"accessToken":"t1"}',
  });
  expect(known.token).toBe("t1");
  expect(known.valuesFor(read).token).toBe("t1");
});
