import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const root = folderWith({
  CODEOWNERS: "/services/mail-service/ @shop/mail\n",
  "services/order-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders:
    post: { operationId: placeOrder, responses: { '201': { description: Placed } } }
  /api/v1/orders/{id}:
    get: { operationId: readOrder, responses: { '200': { description: One } } }
`,
  "services/order-service/contracts/events/order-events.json": JSON.stringify({
    events: [{ eventType: "order.created", version: "v1", schema: { type: "object" } }],
  }),
  "services/order-service/specs/001-orders/spec.md": `# Order Service

## Service Name
order-service

## User Scenarios
### P1: Place an order
**Given** a product in stock
**When** a customer sends POST /api/v1/orders
**Then** the order is placed and order.created is published

### P2: Look at an order
**Given** a placed order
**When** a customer sends GET /api/v1/orders/{id}
**Then** the order is shown
`,
  "services/order-service/specs/001-orders/tasks.md": `# Tasks

- [ ] T001 Add POST /api/v1/orders in src/app.ts
- [ ] T002 Add GET /api/v1/orders/{id} in src/read.ts
`,
  "services/order-service/src/app.ts": `const app = express()
app.post("/api/v1/orders", place)
bus.publish("order.created", event)
`,
  "services/order-service/src/read.ts": `router.get("/api/v1/orders/:id", read)\n`,
  "services/order-service/test/orders.test.ts": `test("a customer places an order for a product in stock", () => {})\n`,
  "services/mail-service/src/main.ts": `bus.subscribe("order.created", send)\nfetch(\`\${ORDER_SERVICE_URL}/api/v1/orders/\${id}\`)\n`,
  "services/mail-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Mail, version: v1 }
paths:
  /api/v1/mails:
    get: { responses: { '200': { description: All } } }
`,
  "services/shop-service/specs/001-shop/spec.md": `# Shop

## Service Name
shop-service

**Given** a **When** b **Then** c

## Service Dependencies
### Upstream Services
| Service | Purpose |
|---|---|
| mail-service | \`GET /api/v1/mails\` |
`,
});

interface ImpactJson {
  readonly affected: readonly {
    service: string;
    owner?: string;
    uses: string[];
    mayUse: string[];
    evidence: { file: string; line: number }[];
  }[];
  readonly indirect: readonly string[];
  readonly items: readonly { kind: string; name: string; file: string; line: number }[];
}

async function impact(...words: string[]) {
  const { code, out, err } = await runCli(root, ["impact", ...words, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as ImpactJson;
}

const shown = ({ items }: ImpactJson) =>
  items.map(({ kind, file, line }) => `${kind} ${file.split("/").slice(2).join("/")}:${line}`);

describe("a change is followed", () => {
  test.each([
    ["GET /api/v1/orders/:orderId"],
    ["readOrder"],
    ["/api/v1/orders/{id}"],
    ["services/order-service/src/read.ts"],
  ])("from %s to its consumers, and to those who depend on these", async (words) => {
    const found = await impact(words);
    expect(found.affected).toEqual([
      {
        service: "mail-service",
        owner: "@shop/mail",
        uses: ["GET /api/v1/orders/{id}"],
        mayUse: [],
        evidence: [{ file: "services/mail-service/src/main.ts", line: 2, column: 1, source: "code" }],
      },
    ]);
    expect(found.indirect).toEqual(["shop-service"]);
  });

  test("from an operation through route, scenario and task to the file and the test", async () => {
    expect(shown(await impact("POST", "/api/v1/orders"))).toEqual([
      "operation contracts/api-spec.yaml:5",
      "route src/app.ts:2",
      "scenario specs/001-orders/spec.md:8",
      "test test/orders.test.ts:1",
      "task specs/001-orders/tasks.md:3",
      "file specs/001-orders/tasks.md:3",
    ]);
  });

  test("from an event to those who receive it", async () => {
    const found = await impact("order.created");
    expect(found.affected.map(({ service, uses }) => `${service} ${uses}`)).toEqual([
      "mail-service event order.created",
    ]);
    expect(shown(found)).toContain("event contracts/events/order-events.json:1");
  });

  test("from a service, a folder, a spec", async () => {
    for (const words of ["order-service", "services/order-service", "services/order-service/contracts"])
      expect((await impact(words)).affected.map(({ service }) => service)).toEqual(["mail-service"]);
    const kinds = (await impact("services/order-service/specs/001-orders/spec.md")).items.map(
      ({ kind }) => kind,
    );
    expect(new Set(kinds)).toEqual(new Set(["file", "scenario", "test", "task"]));
  });
});

test("what is named and what may be used as well are told apart", async () => {
  const shop = folderWith({
    "services/user-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users: { post: { responses: { '201': { description: Made } } } }
  /api/v1/users/{id}: { get: { responses: { '200': { description: One } } } }
`,
    "services/order-service/specs/001-orders/spec.md": `# Orders

## Service Name
order-service

**Given** a **When** b **Then** c

### Upstream Services
| Service | Purpose |
|---|---|
| user-service | User details |
`,
    "services/order-service/src/main.ts": `fetch(\`\${USER_SERVICE_URL}/api/v1/users/\${id}\`)\n`,
  });
  const line = ["impact", "services/user-service/contracts/api-spec.yaml"];
  const { affected } = JSON.parse((await runCli(shop, [...line, "--json"])).out) as ImpactJson;
  expect(affected).toMatchObject([{ uses: ["GET /api/v1/users/{id}"], mayUse: ["POST /api/v1/users"] }]);
  expect((await runCli(shop, line)).out).toContain(
    "  uses GET /api/v1/users/{id}\n  declares no operation, so it may use POST /api/v1/users\n",
  );
});

test("a person sees who is affected first", async () => {
  const { out } = await runCli(root, ["impact", "order.created"]);
  expect(out).toContain(
    "1 service is affected\n\nmail-service  @shop/mail\n  uses event order.created\n  services/mail-service/src/main.ts:1:1  code\n",
  );
  expect(out).toMatch(/Next: speckit validate-contracts --breaking-changes-only\n$/);
  expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
});

test("what nobody knows is asked back", async () => {
  const { code, err } = await runCli(root, ["impact", "order.creatd"]);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining(
      "'order.creatd' is no operation, event, service or file of this workspace. Did you mean 'order.created'?",
    ),
  });
});

describe("a dependency that a spec declares", () => {
  const users = `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users/{id}:
    get: { operationId: readUser, responses: { '200': { description: One } } }
    delete: { operationId: deleteUser, responses: { '204': { description: Gone } } }
`;
  const spec = (purpose: string) => `# Order Service

## Service Name
order-service

**Given** a **When** b **Then** c

## Service Dependencies
### Upstream Services
| Service | Purpose |
|---|---|
| user-service | ${purpose} |
`;
  const readsUsers = `fetch(\`\${process.env.USER_SERVICE_URL}/api/v1/users/\${id}\`)\n`;

  test.each([
    { purpose: "Who orders", affected: ["readUser", "deleteUser"] },
    { purpose: "Who orders (`GET /api/v1/users/{id}`)", affected: ["readUser"] },
  ])("as '$purpose' is affected by changes of $affected, whatever its code was seen to call", async ({
    purpose,
    affected,
  }) => {
    const fleet = folderWith({
      "services/user-service/contracts/api-spec.yaml": users,
      "services/order-service/specs/001-orders/spec.md": spec(purpose),
      "services/order-service/src/users.ts": readsUsers,
    });
    const touched = async (operation: string) => {
      const { out } = await runCli(fleet, ["impact", operation, "--json"]);
      return (JSON.parse(out) as ImpactJson).affected.length > 0;
    };
    const found = [];
    for (const operation of ["readUser", "deleteUser"]) if (await touched(operation)) found.push(operation);
    expect(found).toEqual(affected);
  });
});
