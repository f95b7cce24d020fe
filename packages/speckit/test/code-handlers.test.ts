import { expect, test } from "vitest";
import { checkFleet, readFleet } from "../src/index.ts";
import { matchRoutes } from "../src/model/route-matching.ts";

const contract = `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders:
    get: { operationId: listOrders, responses: { '200': { description: All } } }
    post: { operationId: placeOrder, responses: { '201': { description: Placed } } }
  /api/v1/orders/{id}:
    get: { operationId: getOrder, responses: { '200': { description: One } } }
  /health:
    get: { operationId: getHealth, responses: { '200': { description: Well } } }
`;

const dir = "services/order-service";

function fleetOf(files: Readonly<Record<string, string>>, api = contract) {
  return readFleet({
    [`${dir}/contracts/api-spec.yaml`]: api,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${dir}/${file}`, text])),
  });
}

function answered(files: Readonly<Record<string, string>>, api = contract): string[] {
  const [service] = fleetOf(files, api).workspace.services;
  if (!service) throw new Error("There is no service.");
  return matchRoutes(service).routes.map(
    ({ route: { at }, operations }) =>
      `${operations.map(({ operationId }) => operationId)} ${at.file.slice(dir.length + 1)}:${at.line}`,
  );
}

test.each([
  {
    how: "handlers given where the application is built",
    files: {
      "src/app.ts": `export const buildApp = (parts: Parts) =>
  buildContractApp({
    contract,
    handlers: {
      // The list comes first.
      listOrders: listOrders(parts),
      placeOrder,
      async getOrder(request, reply) { return { data: 1 } },
      ...others,
    },
  })
`,
    },
    found: ["listOrders src/app.ts:6", "placeOrder src/app.ts:7", "getOrder src/app.ts:8"],
  },
  {
    how: "a function that gives handlers",
    files: {
      "src/handlers.ts": `export function orderHandlers({ orders }: Dependencies): Record<string, Handler> {
  const one = () => { return { placeOrder: 1 } }
  return { listOrders: list(orders), "placeOrder": one }
}
export const readHandlers = (orders: Orders) => ({ getOrder: read(orders) })
`,
    },
    found: ["listOrders src/handlers.ts:3", "placeOrder src/handlers.ts:3", "getOrder src/handlers.ts:5"],
  },
  {
    how: "handlers known by their type",
    files: {
      "src/app.ts": `const api = (deps: Deps): Handlers => {
  return { listOrders, placeOrder: place(deps) }
}
const handlers: Record<string, Handler> = { getOrder }
`,
    },
    found: ["getOrder src/app.ts:4", "listOrders src/app.ts:2", "placeOrder src/app.ts:2"],
  },
  {
    how: "the service of fastify-openapi-glue",
    files: {
      "src/app.js": `import glue from "fastify-openapi-glue"
import { Orders } from "./orders.js"
fastify.register(glue, { specification: "api-spec.yaml", serviceHandlers: new Orders() })
`,
      "src/orders.js": `export class Orders {
  constructor(store) { this.store = store }
  async listOrders(request, reply) { if (request.query) { return find(request) } }
  placeOrder = async (req, reply) => reply.code(201)
  getOrder(_request) {}
  helper(order) {}
}
export class Other { getOrder(request) {} }
`,
    },
    found: ["listOrders src/orders.js:3", "placeOrder src/orders.js:4", "getOrder src/orders.js:5"],
  },
  {
    how: "handlers of openapi-backend",
    files: {
      "src/app.ts": `import OpenAPIBackend from "openapi-backend"
const api = new OpenAPIBackend({ definition, handlers: { listOrders: async (c, req, res) => res.json([]) } })
api.register({ placeOrder: place, notFound: missing })
api.register("getOrder", read)
`,
    },
    found: ["listOrders src/app.ts:2", "placeOrder src/app.ts:3", "getOrder src/app.ts:4"],
  },
  {
    how: "functions that express-openapi-validator finds",
    files: {
      "src/app.ts": `app.use(OpenApiValidator.middleware({ apiSpec, operationHandlers: path.join(__dirname, "routes") }))`,
      "src/routes/orders.ts": `export const listOrders = (req, res) => {}\nexport function placeOrder(req, res) {}\nexport const store = 1`,
    },
    found: ["listOrders src/routes/orders.ts:1", "placeOrder src/routes/orders.ts:2"],
  },
  {
    how: "types, and objects of other things",
    files: {
      "src/app.ts": `interface Options { handlers: { listOrders: Handler; placeOrder: Handler } }
const operations = { reserve: 1 }
class Orders { getOrder(request: Request) {} }
`,
    },
    found: [],
  },
])("operations are answered by $how", ({ files, found }) => {
  expect(answered(files)).toEqual(found);
});

test("connexion calls functions by the last word of the operationId", () => {
  const files = {
    "app.py": `import connexion\napp = connexion.AsyncApp(__name__)\napp.add_api("openapi.yaml")\n`,
    "orders.py": "async def list_orders(limit):\n    return []\n",
  };
  const api = contract.replace("listOrders", "orders.list_orders");
  expect(answered(files, api)).toEqual(["orders.list_orders orders.py:1"]);
});

function findingsOf(files: Readonly<Record<string, string>>): string[] {
  return checkFleet(fleetOf(files))
    .filter(({ rule }) => /^(?:operation-without-route|route-without-operation)$/.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

test.each([
  { given: "all of them", handlers: "listOrders, placeOrder, getOrder", findings: [] },
  {
    given: "all but one",
    handlers: "listOrders, placeOrder",
    findings: ["operation-without-route: No route of order-service answers GET /api/v1/orders/{id}."],
  },
  {
    given: "one under a wrong name",
    handlers: "listOrders, placeOrder, readOrder",
    findings: [
      "operation-without-route: No route of order-service answers GET /api/v1/orders/{id}.",
      "route-without-operation: order-service has a handler 'readOrder', and its contract no operation of that name.",
    ],
  },
])("with handlers of $given", ({ handlers, findings }) => {
  expect(findingsOf({ "src/app.ts": `const handlers = { ${handlers} }` })).toEqual(findings);
});
