import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, password } from "../support/auth-app.ts";

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

describe("P3: Account Registration", () => {
  test("a new customer gets a user ID and can log in", async () => {
    const { status, body } = await app.post("register", { email: "Ada@Example.com", password });
    expect(status).toBe(201);
    expect(body.data.userId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

    const { accessToken } = (await app.post("login", { email: "ada@example.com", password })).body.data;
    const validated = await app.post("validate", { token: accessToken });
    expect(validated.body.data).toEqual({ userId: body.data.userId, roles: ["customer"] });
  });

  test.each([
    { email: "grace@example.com" },
    { email: "GRACE@example.com" },
    { email: "Grace@Example.Com" },
  ])("$email is taken once grace@example.com has registered", async ({ email }) => {
    await app.post("register", { email: "grace@example.com", password });
    const { status, body } = await app.post("register", { email, password: "another password" });
    expect({ status, type: body.type }).toEqual({ status: 409, type: "/problems/email-taken" });
  });

  test("of five registrations with one address at the same moment one succeeds", async () => {
    const body = { email: "alan@example.com", password };
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.post("register", body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test.each([
    {
      given: "a password of 11 characters",
      body: { email: "mary@example.com", password: "12345678901" },
      path: "/password",
    },
    {
      given: "a password of 257 characters",
      body: { email: "mary@example.com", password: "x".repeat(257) },
      path: "/password",
    },
    { given: "no password", body: { email: "mary@example.com" }, path: "/password" },
    {
      given: "a password that is a number",
      body: { email: "mary@example.com", password: 123456789012 },
      path: "/password",
    },
    { given: "an address without a domain", body: { email: "mary", password }, path: "/email" },
    {
      given: "roles of their own choice",
      body: { email: "mary@example.com", password, roles: ["administrator"] },
      path: "/roles",
    },
    {
      given: "a user ID of their own choice",
      body: { email: "mary@example.com", password, userId: "1" },
      path: "/userId",
    },
    {
      given: "a prototype",
      body: `{"email":"mary@example.com","password":"${password}","__proto__":{"roles":["administrator"]}}`,
      path: "",
    },
    {
      given: "SQL as the address",
      body: { email: "mary@example.com'; DROP TABLE accounts; --", password },
      path: "/email",
    },
    {
      given: "a second mail header in the address",
      body: { email: "mary@example.com\r\nBcc: all@example.com", password },
      path: "/email",
    },
    {
      given: "a line feed after the address",
      body: { email: "mary@example.com\n", password },
      path: "/email",
    },
    {
      given: "two addresses",
      body: { email: "mary@example.com, all@example.com", password },
      path: "/email",
    },
  ])("$given answers 422 and makes no account", async ({ body, path }) => {
    const { status, body: problem } = await app.post("register", body);
    expect(status).toBe(422);
    expect(problem.errors?.[0]?.path ?? "").toBe(path);
    expect(await app.dependencies.accounts.find("mary@example.com")).toBeUndefined();
  });

  test("SQL that is a valid address is an address", async () => {
    const email = "o'or'1'='1@example.com";
    expect((await app.post("register", { email, password })).status).toBe(201);
    expect((await app.post("login", { email, password })).status).toBe(200);
    expect((await app.post("login", { email: "or'1'='1@example.com", password })).status).toBe(401);
  });

  test.each([
    { given: "JSON that cannot be read", body: '{"email":', status: 400 },
    {
      given: "another media type",
      body: "email=ada",
      type: "application/x-www-form-urlencoded",
      status: 415,
    },
    { given: "more than 1 MB", body: JSON.stringify({ email: "x".repeat(1_100_000) }), status: 413 },
  ])("$given answers $status", async ({ body, type, status }) => {
    expect((await app.post("register", body, type ? { "content-type": type } : {})).status).toBe(status);
  });

  test("passwords are stored as argon2id hashes", async () => {
    await app.post("register", { email: "linus@example.com", password });
    const account = await app.dependencies.accounts.find("linus@example.com");
    expect(account?.passwordHash).toMatch(/^\$argon2id\$/);
  });
});
