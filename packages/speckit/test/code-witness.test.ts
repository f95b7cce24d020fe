// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { serviceCalled } from "../src/link/code/call-targets.ts";
import { linkCode } from "../src/link/code.ts";
import type { CodeFile } from "../src/model/code.ts";
import { spellingsOf } from "../src/model/service-names.ts";
import type { Service } from "../src/model/workspace.ts";
import { formatOf } from "../src/parse/formats.ts";
import { folderWith, runCli } from "./run-cli.ts";

function codeOf(file: string, text: string) {
  const source = { file, text, bytes: text.length };
  return linkCode([formatOf(source)?.parse(source, () => undefined) as CodeFile]);
}

const names = spellingsOf(
  ["user-service", "payment-service"].map((name) => ({ name, features: [] }) as unknown as Service),
);
const callsIn = (file: string, text: string) =>
  codeOf(file, text).calls.map(
    (call) => `${serviceCalled(call, names) ?? "?"}: ${call.method ?? "?"} ${call.path ?? "?"}`,
  );

describe("who is called, and what for", () => {
  test.each([
    {
      file: "a.ts",
      text: "await fetch(`${process.env.USER_SERVICE_URL}/api/v1/users/${id}`)",
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "a.ts",
      text: 'await fetch("http://user-service:3000/api/v1/users", { method: "POST", body })',
      calls: ["user-service: POST /api/v1/users"],
    },
    {
      file: "a.ts",
      text: 'const base = process.env.USERS ?? "http://user-service"\nfetch(base + "/api/v1/users")',
      calls: ["user-service: GET /api/v1/users"],
    },
    {
      file: "a.ts",
      text: 'const users = axios.create({ baseURL: config.userServiceUrl })\nexport const all = () => users.get("/api/v1/users")',
      calls: ["user-service: GET /api/v1/users"],
    },
    {
      file: "a.ts",
      text: 'await axios({ url: `${PAYMENT_API_URL}/charges`, method: "put" })',
      calls: ["payment-service: PUT /charges"],
    },
    {
      file: "a.ts",
      text: 'const client = createClient<paths>({ baseUrl: "http://payment-service" })\nawait client.GET("/api/v1/payments/{id}", {})',
      calls: ["payment-service: GET /api/v1/payments/{id}"],
    },
    {
      file: "a.ts",
      text: 'import { PaymentsApi } from "@shop/payment-service-client"',
      calls: ["payment-service: ? ?"],
    },
    {
      file: "a.ts",
      text: 'const stock = client("user-service", required(env, "URL"))\nawait stock.get(`/api/v1/users/${id}`, { token })',
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "a.ts",
      text: 'const it = createClient({ name: "user-service", baseUrl: url, log })\nawait it.post("/api/v1/users", body)',
      calls: ["user-service: POST /api/v1/users"],
    },
    {
      file: "a.ts",
      text: "export const place = ({ payment }: { payment: Client }) => payment.post('/charges', order, { token })",
      calls: ["payment-service: POST /charges"],
    },
    {
      file: "a.ts",
      text: "export const read = ({ users }: Dependencies) => users.get(`/api/v1/users/${id}`)",
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "a.ts",
      text: 'const users = new Hono(); users.get("/api/v1/users"); payments.get("/api/v1/charges", handler)',
      calls: [],
    },
    {
      file: "a.ts",
      text: 'const found = cache.get("/key"); await fetch(url); map.delete("/x")',
      calls: ["?: GET ?"],
    },
    {
      file: "a.py",
      text: 'r = requests.get(f"{USER_SERVICE_URL}/api/v1/users/{user_id}", timeout=3)',
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "a.py",
      text: 'async with httpx.AsyncClient(base_url=os.environ["USER_SERVICE_URL"]) as client:\n    await client.post("/api/v1/users", json=body)',
      calls: ["user-service: POST /api/v1/users"],
    },
    {
      file: "a.py",
      text: "async with httpx.AsyncClient() as c:\n    await c.get(f\"{os.environ['USER_SERVICE_URL']}/api/v1/users/{user_id}\")",
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "a.py",
      text: 'BASE = os.getenv("X", "http://payment-service:8000")\nrequests.request("DELETE", BASE + "/charges/1")',
      calls: ["payment-service: DELETE /charges/1"],
    },
    {
      file: "a.go",
      text: 'req, _ := http.NewRequestWithContext(ctx, http.MethodPost, fmt.Sprintf("%s/api/v1/users/%s", cfg.UserServiceURL, id), nil)',
      calls: ["user-service: POST /api/v1/users/{}"],
    },
    {
      file: "a.go",
      text: 'resp, err := http.Get("http://payment-service/charges")',
      calls: ["payment-service: GET /charges"],
    },
    {
      file: "A.java",
      text: 'class A { User read(String id) { return restTemplate.getForObject(userServiceUrl + "/api/v1/users/" + id, User.class); } }',
      calls: ["user-service: GET /api/v1/users/{}"],
    },
    {
      file: "A.java",
      text: '@FeignClient(name = "user-service", path = "/api/v1")\ninterface Users {\n  @GetMapping("/users/{id}") User read(@PathVariable String id);\n  @PostMapping("/users") User add(User user);\n}',
      calls: ["user-service: GET /api/v1/users/{}", "user-service: POST /api/v1/users"],
    },
    {
      file: "A.java",
      text: '@Path("/charges") @RegisterRestClient(configKey = "payment-service")\npublic interface Payments {\n  @DELETE @Path("/{id}") void remove(@PathParam("id") String id);\n}',
      calls: ["payment-service: DELETE /charges/{}"],
    },
    {
      file: "A.java",
      text: 'class A { A(WebClient.Builder b) { this.client = b.baseUrl("http://user-service").build(); }\n void f() { userClient.get().uri("/api/v1/users").retrieve(); } }',
      calls: ["user-service: GET /api/v1/users"],
    },
  ])("$file: $text", ({ file, text, calls }) => {
    expect(callsIn(file, text)).toEqual(calls);
  });
});

describe("what is sent and received", () => {
  test.each([
    {
      file: "a.ts",
      text: 'await producer.send({ topic: "order.created", messages })',
      topics: ["sends order.created"],
    },
    {
      file: "a.ts",
      text: 'await consumer.subscribe({ topics: ["order.created", "order.paid"], fromBeginning: true })',
      topics: ["receives order.created", "receives order.paid"],
    },
    {
      file: "a.ts",
      text: 'const TOPIC = "order.created"\nawait bus.publish(TOPIC, event); bus.subscribe("order.paid", handle)',
      topics: ["sends order.created", "receives order.paid"],
    },
    {
      file: "a.ts",
      text: 'channel.publish("shop", "order.created", body, options)\nchannel.bindQueue(queue, "shop", "order.paid")',
      topics: ["sends order.created", "receives order.paid"],
    },
    {
      file: "a.ts",
      text: 'export const onCreated: EventConsumer = { eventType: "order.created", async handle(event, trx) { await trx.insert({ type: "mail.kind" }) } }',
      topics: ["receives order.created"],
    },
    {
      file: "a.ts",
      text: 'const CONFIRMED = "order.confirmed"\nreturn { order, events: [{ type: "order.created", data: { id } }, { eventType: CONFIRMED, payload }] }',
      topics: ["sends order.created", "sends order.confirmed"],
    },
    {
      file: "a.ts",
      text: 'interface OrderCreated { readonly type: "order.created"; readonly data: Data }\ntype Other = { type: "order.paid"; data: Data }\nconst row = { type: "order.paid" }',
      topics: [],
    },
    { file: "a.ts", text: '@EventPattern("order.created") handle() {}', topics: ["receives order.created"] },
    { file: "a.ts", text: 'stream.subscribe((value) => log(value)); element.on("click", f)', topics: [] },
    {
      file: "a.py",
      text: 'producer.send("order.created", value=event)\nconsumer = KafkaConsumer("order.paid", group_id="g")',
      topics: ["sends order.created", "receives order.paid"],
    },
    {
      file: "a.py",
      text: 'channel.basic_publish(exchange="shop", routing_key="order.created", body=b"")',
      topics: ["sends order.created"],
    },
    {
      file: "a.go",
      text: 'w := &kafka.Writer{Addr: addr, Topic: "order.created"}\nr := kafka.NewReader(kafka.ReaderConfig{Brokers: b, Topic: "order.paid"})',
      topics: ["sends order.created", "receives order.paid"],
    },
    {
      file: "a.go",
      text: 'ch.PublishWithContext(ctx, "shop", "order.created", false, false, msg)\nnc.Subscribe("order.paid", handle)',
      topics: ["sends order.created", "receives order.paid"],
    },
    {
      file: "A.java",
      text: 'class A { void f() { kafkaTemplate.send("order.created", event); }\n @KafkaListener(topics = {"order.paid"}, groupId = "g") void on(Event e) {} }',
      topics: ["receives order.paid", "sends order.created"],
    },
    {
      file: "A.java",
      text: 'class A { void f() { rabbitTemplate.convertAndSend("shop", "order.created", event); } @Incoming("order.paid") void on(E e) {} }',
      topics: ["receives order.paid", "sends order.created"],
    },
  ])("$file: $text", ({ file, text, topics }) => {
    expect(
      codeOf(file, text)
        .topics.map(({ role, topic }) => `${role} ${topic}`)
        .sort(),
    ).toEqual([...topics].sort());
  });
});

test.each([
  {
    file: "src/a.ts",
    text: "const { PORT, HOST: host = 'x' } = process.env; process.env['TOKEN']; process.env.URL",
    environment: ["HOST", "PORT", "TOKEN", "URL"],
  },
  {
    file: "a.py",
    text: 'os.environ["PORT"]; os.environ.get("HOST"); os.getenv("URL", "x")',
    environment: ["HOST", "PORT", "URL"],
  },
  { file: "a.go", text: 'os.Getenv("PORT"); v, ok := os.LookupEnv("HOST")', environment: ["HOST", "PORT"] },
  {
    file: "A.java",
    text: 'class A { @Value("${app.port:80}") int port; String h = System.getenv("HOST"); }',
    environment: ["HOST", "app.port"],
  },
])("variables of the environment in $file", ({ file, text, environment }) => {
  expect(
    codeOf(file, text)
      .environment.map(({ name }) => name)
      .sort(),
  ).toEqual(environment);
});

test.each([
  {
    file: "src/a.ts",
    text: "export const a = 1\nexport default class B {}\nexport async function c() {}\nexport type { D, E as F }\nconst g = 1",
    exports: ["a", "B", "c", "D", "F"],
  },
  {
    file: "a.py",
    text: "class A:\n    def inner(self): pass\nasync def b(): pass\ndef _c(): pass",
    exports: ["A", "b"],
  },
  {
    file: "a.go",
    text: "func Place() {}\nfunc (s *S) Read() {}\ntype Order struct{}\nfunc private() {}",
    exports: ["Place", "Read", "Order"],
  },
  { file: "A.java", text: "public class A { public interface B {} class C {} }", exports: ["A", "B"] },
])("what others may use of $file", ({ file, text, exports }) => {
  expect(codeOf(file, text).exports.map(({ name }) => name)).toEqual(exports);
});

test.each([
  {
    file: "a.test.ts",
    text: 'describe("orders", () => {\n  it("are placed", () => {})\n  test.each([[1], [2]])("cost %i", () => {})\n})\ntest.skip(`are kept`, f)',
    tests: ["orders › are placed", "orders › cost %i", "are kept"],
  },
  {
    file: "test_orders.py",
    text: "class TestOrders:\n    def test_are_placed(self): pass\n\nasync def test_are_kept(): pass\ndef helper(): pass",
    tests: ["TestOrders › are placed", "are kept"],
  },
  {
    file: "orders_test.go",
    text: 'func TestOrdersArePlaced(t *testing.T) {\n\tt.Run("twice", func(t *testing.T) {})\n}',
    tests: ["Orders Are Placed", "Orders Are Placed › twice"],
  },
  {
    file: "OrdersTest.java",
    text: 'class OrdersTest {\n  @Test\n  @DisplayName("orders are placed")\n  void a() {}\n  @Test void ordersAreKept() {}\n}',
    tests: ["OrdersTest › orders are placed", "OrdersTest › orders Are Kept"],
  },
])("titles of the tests in $file", ({ file, text, tests }) => {
  expect(codeOf(file, text).tests.map(({ name }) => name)).toEqual(tests);
});

test("a breaking change names the consumers in code, with file and line", async () => {
  const contract = (required: string) => `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [${required}], properties: { name: { type: string } } } } } }
      responses: { '201': { description: Made }, '400': { description: Bad } }
  /api/v1/users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: One }, '404': { description: None } }
`;
  const root = folderWith({
    "services/user-service/openapi.yaml": contract(""),
    "services/order-service/specs/001-orders/spec.md":
      "# Order Service\n\n## Service Name\norder-service\n\n**Given** a **When** b **Then** c\n",
    "services/order-service/src/users.ts":
      "export const add = (user: User) =>\n  fetch(`${process.env.USER_SERVICE_URL}/api/v1/users`, { method: 'POST' })\nexport const read = (id: string) => fetch(`${process.env.USER_SERVICE_URL}/api/v1/users/${id}`)\n",
    "services/mail-service/specs/001-mail/spec.md":
      "# Mail Service\n\n## Service Name\nmail-service\n\n**Given** a **When** b **Then** c\n",
    "services/mail-service/main.py":
      'def name(id):\n    return requests.get(f"{USER_SERVICE_URL}/api/v1/users/{id}").json()["name"]\n',
  });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root });
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "first");
  writeFileSync(join(root, "services/user-service/openapi.yaml"), contract("name"));
  const { code, out } = await runCli(root, [
    "validate-contracts",
    "--all",
    "--breaking-changes-only",
    "--json",
  ]);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toMatchObject([
    {
      rule: "property-became-required",
      consumers: ["order-service"],
      related: [{ file: "services/order-service/src/users.ts", line: 2, message: "uses it" }],
    },
  ]);
  const { out: catalog } = await runCli(root, ["service-catalog", "--format", "json"]);
  expect(JSON.parse(catalog).edges).toMatchObject([
    {
      from: "mail-service",
      to: "user-service",
      kind: "calls",
      evidence: [{ file: "services/mail-service/main.py", line: 2, source: "code" }],
    },
    { from: "order-service", to: "user-service", kind: "calls" },
  ]);
});
