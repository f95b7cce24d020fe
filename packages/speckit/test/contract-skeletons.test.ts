import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const constitution = `# Shop

## Principles
- All services must expose health checks
- API-first design (OpenAPI specs required)
- Authentication: JWT tokens
- REST API versioning: /api/v2/
- Event naming: domain.entity.action
- Error format: RFC 7807 Problem Details
`;
const dir = "services/order-service";
const specFile = `${dir}/specs/001-orders/spec.md`;
const spec = (scenarios: string, more = "") =>
  `# Orders\n\n## Service Overview\n\n### Service Name\norder-service\n\n### Service Boundary\n**Responsible for:**\n- Orders\n\n## User Scenarios\n\n${scenarios}\n${more}`;
const scenario = (
  title: string,
  then = "system does it",
  given = "a signed-in customer",
  when = "they ask",
) => `### P1: ${title}\n**Given** ${given}\n**When** ${when}\n**Then** ${then}\n`;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security?: unknown[];
  readonly requestBody?: { content: { "application/json": { schema: { required?: string[] } } } };
  readonly responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { securitySchemes?: object };
}

async function skeletonOf(text: string, files: Readonly<Record<string, string>> = {}) {
  const root = folderWith({ "constitution.md": constitution, [specFile]: text, ...files });
  const { code, out } = await runCli(root, ["plan", "--contracts", "--service=order-service"]);
  const file = join(root, dir, "contracts/api-spec.yaml");
  const api = existsSync(file) ? (load(readFileSync(file, "utf8")) as Document) : undefined;
  const operations = Object.entries(api?.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );
  return { root, code, out, api, operations };
}

describe("plan --contracts", () => {
  test.each([
    {
      title: "Customer Place Orders",
      name: "post /api/v2/orders",
      id: "placeOrder",
      answers: ["201", "400", "401"],
    },
    { title: "Customer List Orders", name: "get /api/v2/orders", id: "listOrders", answers: ["200", "401"] },
    {
      title: "View an order",
      name: "get /api/v2/orders/{orderId}",
      id: "viewOrder",
      answers: ["200", "401", "404"],
    },
    {
      title: "Update the delivery address",
      name: "put /api/v2/delivery-addresses/{deliveryAddressId}",
      id: "updateDeliveryAddress",
      answers: ["200", "400", "401", "404"],
    },
    {
      title: "Delete an order",
      name: "delete /api/v2/orders/{orderId}",
      id: "deleteOrder",
      answers: ["204", "401", "404"],
    },
    {
      title: "Cancel order with a reason",
      name: "post /api/v2/orders/{orderId}/cancel",
      id: "cancelOrder",
      answers: ["200", "400", "401", "404"],
    },
    {
      title: "Price calculation",
      name: "post /api/v2/order/price-calculation",
      id: "priceCalculation",
      answers: ["200", "400", "401"],
    },
    { title: "User Login", name: "post /api/v2/order/login", id: "login", answers: ["200", "400"] },
  ])("'$title' becomes $name", async ({ title, name, id, answers }) => {
    const { operations, code, root } = await skeletonOf(spec(scenario(title)));
    expect(code).toBe(0);
    expect(operations[0]).toMatchObject({ name, operationId: id });
    expect(Object.keys(operations[0]?.responses ?? {})).toEqual(answers);
    expect(operations.at(-1)?.name).toBe("get /health");
    const checked = await runCli(root, ["validate-contracts", "--all", "--strict"]);
    expect(checked.code, checked.out).toBe(0);
  });

  test.each([
    { written: "GET /api/v2/orders?page=2&size=10.", name: "get /api/v2/orders" },
    { written: "GET /api/v2/orders/:orderId/", name: "get /api/v2/orders/{orderId}" },
    { written: "GET /api/v2/orders/{orderId}. It takes a second", name: "get /api/v2/orders/{orderId}" },
  ])("'$written' is $name", async ({ written, name }) => {
    const text = spec(scenario("Ask", undefined, undefined, `they send ${written}`));
    const { operations } = await skeletonOf(text);
    expect(operations.map((operation) => operation.name)).toEqual([name, "get /health"]);
  });

  test("one path has one name of its parameter, one body each property once", async () => {
    const scenarios = [
      scenario("Read", undefined, undefined, "they send GET /api/v2/orders/{id}"),
      scenario("Delete an order").replace("P1", "P2"),
      scenario("Place orders", undefined, undefined, "they place orders with item, size and item").replace(
        "P1",
        "P3",
      ),
    ];
    const payload = "- orderId\n- total\n- orderId";
    const events = `\n## Events Published\n\n### Event: shop.order.placed\n**Topic:** events.shop.order.placed\n**Trigger:** When an order is placed\n**Payload:**\n${payload}\n**Consumers:** mail-service\n`;
    const { operations, root } = await skeletonOf(spec(scenarios.join("\n"), events));
    expect(operations.map(({ name }) => name)).toEqual([
      "get /api/v2/orders/{id}",
      "delete /api/v2/orders/{id}",
      "post /api/v2/orders",
      "get /health",
    ]);
    const body = operations[2]?.requestBody?.content["application/json"].schema;
    expect(body?.required).toEqual(["item", "size"]);
    const written = readFileSync(join(root, dir, "contracts/events/order-events.json"), "utf8");
    expect(JSON.parse(written).events[0].schema.properties.data.required).toEqual(["orderId", "total"]);
    const { out } = await runCli(root, ["validate-contracts", "--all", "--json"]);
    expect(out).not.toContain("schema-broken");
  });

  test("takes methods, paths, answers and fields that a scenario names", async () => {
    const text = spec(
      scenario(
        "Checkout",
        "system returns 202 and the order\n**Or** returns 409 if the cart is empty, within 200 ms",
        "a cart with address and email",
        "they send `POST /api/v2/carts/{cartId}/checkout`",
      ),
    );
    const { operations } = await skeletonOf(text);
    expect(operations[0]?.name).toBe("post /api/v2/carts/{cartId}/checkout");
    expect(Object.keys(operations[0]?.responses ?? {})).toEqual(["202", "400", "401", "404", "409"]);
    expect(operations[0]?.responses["202"]?.description).toBe("System returns 202 and the order");
    expect(operations[0]?.requestBody?.content["application/json"].schema.required).toEqual([
      "address",
      "email",
    ]);
    expect(Object.keys(operations[0]?.responses["409"]?.content ?? {})).toEqual(["application/problem+json"]);
  });

  test("takes every thing that callers do", async () => {
    const { operations } = await skeletonOf(
      spec(
        scenario(
          "User Profile",
          "system returns it",
          "a user",
          "they create, read, replace or delete their profile",
        ),
      ),
    );
    expect(operations.map(({ name, summary }) => `${name}: ${summary}`)).toEqual([
      "post /api/v2/profiles: Create profile",
      "get /api/v2/profiles/{profileId}: Read profile",
      "put /api/v2/profiles/{profileId}: Replace profile",
      "delete /api/v2/profiles/{profileId}: Delete profile",
      "get /health: Status of the service",
    ]);
  });

  test("writes events with their envelope, from their sections", async () => {
    const events = `
## Events Published

### Event: order.order.created
**Trigger:** When user places an order
**Payload:**
- orderId
- items[]
- orderDate
**Consumers:** notification-service, [NEEDS CLARIFICATION: Who else?]

### Event: order.order.cancelled
**Payload:** [NEEDS CLARIFICATION: Which?]
`;
    const { root, out } = await skeletonOf(spec(scenario("Place orders"), events));
    expect(out).toContain("contracts/events/order-events.json written");
    const { events: types } = JSON.parse(
      readFileSync(join(root, dir, "contracts/events/order-events.json"), "utf8"),
    ) as { events: Record<string, unknown>[] };
    expect(types).toMatchObject([
      {
        eventType: "order.order.created",
        description: "Published when user places an order",
        schema: {
          properties: {
            data: {
              required: ["orderId", "items", "orderDate"],
              properties: {
                orderDate: { format: "date-time" },
                items: { description: "[NEEDS CLARIFICATION: Which type has items?]" },
              },
            },
          },
        },
        consumers: ["notification-service"],
      },
      { eventType: "order.order.cancelled", consumers: [] },
    ]);
    const { out: json } = await runCli(root, ["validate-contracts", "--all", "--json"]);
    const { findings } = JSON.parse(json) as { findings: { severity: string; rule: string }[] };
    expect(findings.filter(({ severity }) => severity !== "info").map(({ rule }) => rule)).toEqual([
      "event-without-consumer",
    ]);
  });

  test.each([
    {
      given: "a message",
      text: scenario(
        "Stock Rejected Received",
        "it is stored",
        "the service is running",
        "`stock.item.rejected` arrives",
      ),
    },
    {
      given: "an upstream service that is away",
      text: `${scenario("Stock Service Unavailable", "system returns 503", "stock-service does not answer")}`,
    },
    {
      given: "nobody who said what",
      text: scenario(
        "Orders",
        "[NEEDS CLARIFICATION: What?]",
        "a caller",
        "[NEEDS CLARIFICATION: What can they do?]",
      ),
    },
    { given: "a title without letters", text: scenario("!!!") },
  ])("makes no operation of $given", async ({ text }) => {
    const { out, api, code } = await skeletonOf(
      spec(
        text,
        "\n## Service Dependencies\n\n### Upstream Services\n| Service | Purpose | Failure Mode |\n|---|---|---|\n| stock-service | Stock | Return 503 |\n\n## Events Consumed\n\n### Event: stock.item.rejected\n**From:** stock-service\n",
      ),
    );
    expect({ code, api }).toEqual({ code: 0, api: undefined });
    expect(out).toContain("No scenario says what callers of order-service do");
    expect(out).toContain("Next: speckit clarify --service=order-service");
  });

  test("leaves contracts that stand as they are, and adds only events that none describes", async () => {
    const mine =
      "openapi: 3.1.0\ninfo: { title: Mine, version: v1 }\npaths:\n  /orders: { post: { responses: { '201': { description: ok } } } }\n";
    const events = JSON.stringify({
      events: [{ eventType: "order.order.created", version: "v1", consumers: [] }],
    });
    const files = {
      [`${dir}/contracts/api-spec.yaml`]: mine,
      [`${dir}/contracts/events/order-events.json`]: events,
    };
    const section = (name: string) => `\n### Event: ${name}\n**Payload:**\n- orderId\n`;
    const { root, out } = await skeletonOf(
      spec(
        scenario("Place orders"),
        `\n## Events Published\n${section("order.order.created")}${section("order.order.cancelled")}`,
      ),
      files,
    );
    for (const [file, text] of Object.entries(files))
      expect(readFileSync(join(root, file), "utf8")).toBe(text);
    expect(out).toContain("contracts/events/order-events-2.json written");
    const again = await runCli(root, ["plan", "--contracts", "--service=order-service"]);
    expect(again.out).toContain("they stay as they are");
  });

  test("names the scenarios that a contract which stands does nothing for", async () => {
    const stands =
      "openapi: 3.1.0\ninfo: { title: Mine, version: v1 }\npaths:\n  /api/v2/orders: { post: { summary: Place an order, responses: { '201': { description: ok } } } }\n";
    const { out } = await skeletonOf(
      spec(`${scenario("Place orders")}\n${scenario("Cancel an order").replace("P1", "P2")}`),
      { [`${dir}/contracts/api-spec.yaml`]: stands },
    );
    expect(out).toBe(
      "⚠️  No operation of its contract does P2: Cancel an order. Write it there\n\nNext: speckit plan --service=order-service\n",
    );
  });

  test("without a constitution there are no credentials; with --stdout nothing is written", async () => {
    const root = folderWith({ [specFile]: spec(scenario("Place orders")) });
    const { out } = await runCli(root, ["plan", "--contracts", "--service=order-service", "--stdout"]);
    expect(out.split("\n")[0]).toBe(`# ${dir}/contracts/api-spec.yaml`);
    const document = load(out) as Document;
    expect(document.components.securitySchemes).toBeUndefined();
    expect(Object.keys(document.paths)).toEqual(["/api/v1/orders", "/health"]);
    expect(existsSync(join(root, dir, "contracts"))).toBe(false);
  });

  test("is what follows a specification without a contract, and its operations are traced back", async () => {
    const root = folderWith({ "constitution.md": constitution });
    const order = (...argv: string[]) => runCli(root, [...argv, "--service=order-service"]);
    await order("specify", "Customers can place and cancel orders, publishes order.order.created");
    await order("clarify", "--answer", "1=nothing");
    expect((await order("plan", "--contracts")).code).toBe(0);
    await order("specify");
    const folder = join(root, dir, "specs/001-customers-can-place-cancel");
    const written = readFileSync(join(folder, "spec.md"), "utf8");
    expect(written).toContain("**When** they send `POST /api/v2/orders`\n");
    expect(written).toContain("**When** they send `POST /api/v2/orders/{orderId}/cancel`\n");
    await order("tasks");
    const { out } = await order("validate", "--tasks", "--json");
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    const tasks = readFileSync(join(folder, "tasks.md"), "utf8");
    expect(tasks).not.toContain("What No Scenario Names");
  });
});
