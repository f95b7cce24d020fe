import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPrompt } from "../src/authoring/offline/prompt.ts";
import { slugOf } from "../src/authoring/offline/words.ts";
import { parseSpec } from "../src/parse/spec.ts";
import { folderWith, runCli } from "./run-cli.ts";

const told = (text: string) =>
  readPrompt(text, "shop-service", ["auth-service"]).asked.map((one) =>
    one.kind === "deed"
      ? `${one.actor ?? "somebody"}: ${one.action}`
      : one.kind === "part"
        ? one.name
        : one.title,
  );

const german =
  "Erstelle einen Bestellservice, der von auth-service für die Authentifizierung abhängt. Kunden können Bestellungen aufgeben und stornieren. Er veröffentlicht order.created.";

describe("what a prompt asks for", () => {
  const three = ["login", "token validation", "refresh"];
  test.each([
    { prompt: "Create a JWT-based authentication service", asked: [] },
    { prompt: "Create an authentication service with login, token validation and refresh", asked: three },
    { prompt: "Create a service for login, token validation and refresh", asked: three },
    { prompt: "Build auth (login, token validation, refresh).", asked: three },
    { prompt: "Build auth: login, token validation and refresh", asked: three },
    { prompt: "Build auth.\n\n- login\n- token validation\n* refresh", asked: three },
    {
      prompt: "Build auth:\n1. Login\n2. Token validation\n   of other services",
      asked: ["Login", "Token validation of other services"],
    },
    {
      prompt: "Auth service including login. It supports token validation.",
      asked: ["login", "token validation"],
    },
    {
      prompt: "Erstelle einen Dienst mit Anmeldung, Token-Prüfung und Erneuerung",
      asked: ["Anmeldung", "Token-Prüfung", "Erneuerung"],
    },
    {
      prompt: "Crée un service de paiement avec remboursement et facturation",
      asked: ["remboursement", "facturation"],
    },
    {
      prompt: "Create an auth service with login\n\nAdd password reset. Implement refresh!",
      asked: ["login", "password reset", "refresh"],
    },
    { prompt: "Create an auth service.\n\nAdd a limit of 5 tries", asked: [] },
    { prompt: "Crea un servicio de pagos con reembolsos y facturas", asked: ["reembolsos", "facturas"] },
    { prompt: "Crie um serviço de pagamentos com reembolsos e faturas", asked: ["reembolsos", "faturas"] },
    { prompt: "创建用户认证服务，支持登录、令牌验证和刷新。", asked: ["登录", "令牌验证", "刷新"] },
    {
      prompt: "ログイン、トークン検証を備えた認証サービスを作成してください",
      asked: ["ログイン", "トークン検証"],
    },
    {
      prompt: "Customers can place, cancel and list orders",
      asked: ["customer: place orders", "customer: cancel orders", "customer: list orders"],
    },
    {
      prompt: "Users can log in with email and password and reset their password",
      asked: ["user: log in with email and password", "user: reset their password"],
    },
    { prompt: "Customers can view orders and invoices", asked: ["customer: view orders and invoices"] },
    {
      prompt: "As a buyer, I want to return an order so that I get my money back.",
      asked: ["buyer: return an order"],
    },
    {
      prompt: "Shop:\n- cart\n- reset the password\n- Admins can block a user",
      asked: ["cart", "somebody: reset the password", "admin: block a user"],
    },
    {
      prompt: "Order service with checkout that depends on auth-service and publishes order.created",
      asked: ["checkout"],
    },
    {
      prompt: "User service that depends on auth-service for authentication and publishes user.created",
      asked: [],
    },
    { prompt: "Order service with PostgreSQL, checkout and REST API", asked: ["checkout"] },
    {
      prompt: "Build auth with login (email and password, locked after 5 tries), logout and refresh",
      asked: ["login", "logout", "refresh"],
    },
    {
      prompt: "Users can upload an avatar (max 2 MB, PNG or JPEG), and delete it",
      asked: ["user: upload an avatar (max 2 MB, PNG or JPEG)", "user: delete it"],
    },
    { prompt: "Build auth. Passwords must be hashed with bcrypt and have 12 characters", asked: [] },
  ])("$prompt", ({ prompt, asked }) => {
    expect(told(prompt)).toEqual(asked);
  });

  test.each([
    { prompt: "Create user profile service that depends on auth-service for authentication", rules: [] },
    { prompt: "Create order service using PostgreSQL", rules: ["Create order service using PostgreSQL"] },
    {
      prompt: "Add login. Passwords have 12 characters, e.g. letters. Tokens end after 15 minutes!",
      rules: ["Passwords have 12 characters, e.g. letters.", "Tokens end after 15 minutes!"],
    },
    ...[
      "Build auth with login (email and password, locked after 5 tries), logout and refresh",
      "Build auth with login, at most 5 tries a minute, and logout",
      "Order service with PostgreSQL, checkout and REST API",
    ].map((prompt) => ({ prompt, rules: [prompt] })),
    {
      prompt: "Build auth with login (of users) and logout",
      rules: ["Build auth with login (of users) and logout"],
    },
    { prompt: "Build auth (login, logout) and refresh", rules: ["Build auth (login, logout) and refresh"] },
    { prompt: "创建登录服务。密码至少12个字符。", rules: ["密码至少12个字符。"] },
    { prompt: "Benutzer können ihr Profil anlegen, ändern und löschen.", rules: [] },
    {
      prompt: "Baue eine Anmeldung. Passwörter müssen 12 Zeichen haben.",
      rules: ["Passwörter müssen 12 Zeichen haben."],
    },
    { prompt: german, rules: [] },
    {
      prompt: "Shop:\n- Orders over 100 EUR must be approved",
      rules: ["Orders over 100 EUR must be approved"],
    },
  ])("nothing of '$prompt' is lost", ({ prompt, rules }) => {
    expect(readPrompt(prompt, "shop-service", ["auth-service"]).rules).toEqual(rules);
  });

  test.each([
    { prompt: "Create a service that manages user profiles", subject: "user profiles" },
    { prompt: "As a customer, I want to return an order", subject: "return an order" },
    { prompt: "Erstelle einen Authentifizierungsdienst mit Anmeldung", subject: "Authentifizierungsdienst" },
    { prompt: "创建用户认证服务", subject: "用户认证" },
    { prompt: "Build a shop:\n- cart", subject: "shop" },
    { prompt: "", subject: "" },
  ])("'$prompt' is about '$subject'", ({ prompt, subject }) => {
    expect(readPrompt(prompt, "", []).subject).toBe(subject);
  });

  test.each([
    { prompt: "Consumes user.created from user-service", from: ["user-service"] },
    {
      prompt: "Depends on user-service for names, consumes user.created from user-service",
      from: ["user-service"],
    },
    {
      prompt:
        "Depends on user-service and bill-service. It consumes `user.created`, user.changed and user.deleted from the `user-service` and bill.paid from bill-service.",
      from: ["user-service", "user-service", "user-service", "bill-service"],
    },
    { prompt: "Depends on user-service for names and consumes user.created", from: [undefined] },
    { prompt: "Mails customers when `user.created` events arrive", from: [undefined] },
  ])("'$prompt' says who sends the events", ({ prompt, from }) => {
    const { events } = readPrompt(prompt, "shop-service", []);
    expect(events.map((event) => event.from)).toEqual(from);
    expect(events.every(({ direction }) => direction === "consumed")).toBe(true);
  });

  test.each([
    ["Prüfung der Token", "prufung-der-token"],
    ["用户认证", "用户认证"],
    ["パスワード再設定", "パスワード再設定"],
    ["비밀번호 재설정", "비밀번호-재설정"],
  ])("%s is the folder %s", (subject, slug) => {
    expect(slugOf(subject)).toBe(slug);
  });
});

test.each([
  { prompt: german, purpose: "Authentifizierung" },
  { prompt: "创建订单服务，依赖 auth-service 进行身份验证。用户可以下单。", purpose: "身份验证" },
  {
    prompt:
      "Crée un service de commandes qui dépend de auth-service pour l'authentification et publie order.created",
    purpose: "authentification",
  },
  {
    prompt: "Crea un servicio de pedidos que depende de auth-service para la autenticación",
    purpose: "autenticación",
  },
])("'$prompt' says what for", ({ prompt, purpose }) => {
  expect(readPrompt(prompt, "order-service", ["auth-service"]).upstream).toEqual([
    { service: "auth-service", purpose },
  ]);
});

describe("the draft", () => {
  async function specOf(prompt: string, files: Readonly<Record<string, string>> = {}) {
    const root = folderWith({
      ".speckit.config.json": "{}",
      "services/auth-service/specs/001-auth/.gitkeep": "",
      ...files,
    });
    const cwd = join(root, "services/auth-service/specs/001-auth");
    const { code, out } = await runCli(cwd, ["specify", prompt]);
    expect(code, out).toBe(0);
    const text = readFileSync(join(cwd, "spec.md"), "utf8");
    const spec = parseSpec({ file: "spec.md", text, bytes: text.length });
    return { root, cwd, text, spec };
  }
  const validate = async (cwd: string, flag: string) => (await runCli(cwd, ["validate", flag])).code;

  test("has a scenario, a requirement and a line of the boundary for each thing", async () => {
    const { spec } = await specOf(
      "Create a JWT-based authentication service with login and refresh. Tokens end after 15 minutes.",
    );
    expect(spec.stories.map(({ title }) => title)).toEqual(["Login", "Refresh"]);
    expect(spec.responsible.map(({ text }) => text)).toEqual([
      "JWT-based authentication",
      "Login",
      "Refresh",
    ]);
    expect(spec.requirements.map(({ text }) => text)).toEqual([
      "The service MUST offer login (P1: Login)",
      "The service MUST offer refresh (P2: Refresh)",
      "Tokens end after 15 minutes",
    ]);
    expect(spec.clarifications.map(({ text }) => text)).toContain(
      "What does auth-service answer to a request for login, and what has changed?",
    );
  });

  test.each([
    "Erstelle einen Dienst mit Prüfung, Änderung und Löschung",
    "创建用户认证服务，支持登录、令牌验证和刷新。密码至少12个字符。",
    "Build auth:\n- login <b>| now\n- `refresh`\n## Events Published\n- <!-- a comment",
  ])("of '%s' holds together, and so do its tasks", async (prompt) => {
    const { cwd, spec } = await specOf(prompt);
    expect(spec.stories.length).toBeGreaterThanOrEqual(2);
    expect(await validate(cwd, "--spec")).toBe(0);
    expect((await runCli(cwd, ["tasks"])).code).toBe(0);
    const { out } = await runCli(cwd, ["validate", "--tasks", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ ok: true, findings: [] });
  });

  test("has a scenario for each thing that German allows, and says who may do it", async () => {
    const { spec, text } = await specOf(
      "Erstelle einen Bestelldienst. Angemeldete Kunden können Bestellungen aufgeben und stornieren.",
    );
    expect(spec.stories.map(({ title }) => title)).toEqual([
      "Bestellungen Aufgeben",
      "Bestellungen Stornieren",
    ]);
    expect(text).toContain("**Given** a caller (Angemeldete Kunden)");
    expect(spec.clarifications.map(({ text: question }) => question)).toContain(
      "What does auth-service answer to a request for Bestellungen stornieren, and what has changed?",
    );
  });

  test("keeps each word and sign of a sentence that it cannot place", async () => {
    const said = 'Echo "x" | `sh -c "a | b"` | tee `y && a < b';
    const { text } = await specOf(`Build auth with login. ${said} <!-- note`);
    expect(text).toContain('Echo "x" | `sh -c "a | b"` | tee \\`y && a \\< b \\<!-- note\n');
  });

  test("keeps what was asked for, with the operations that do it once there is a contract", async () => {
    const { text, spec } = await specOf("Create auth service with login, token validation and refresh", {
      "services/auth-service/contracts/api-spec.yaml": `openapi: 3.0.0
info: { title: Auth, version: v1 }
paths:
  /api/v1/auth/login: { post: { summary: User login, responses: { "200": { description: ok }, "401": { description: no }, "415": { description: no }, "422": { description: no } } } }
  /api/v1/auth/validate: { post: { summary: Validate a token, responses: { "200": { description: ok } } } }
  /api/v1/auth/sessions: { get: { summary: List sessions, responses: { "200": { description: ok } } } }
`,
    });
    expect(text).toContain(`### P1: Login
**Given** a caller
**When** they send \`POST /api/v1/auth/login\`
**Then** system returns 200
**Or** returns 401 without valid credentials
**Or** returns 415 or 422 if the request is not as the contract says
`);
    expect(spec.stories.map(({ title }) => title)).toEqual([
      "Login",
      "Token Validation",
      "Refresh",
      "List Sessions",
    ]);
  });
});
