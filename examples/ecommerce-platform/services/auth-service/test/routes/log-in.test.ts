import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AuthApp, authApp, bearer, password } from "../support/auth-app.ts";

let app: AuthApp;
beforeEach(async () => {
  app = await authApp();
});
afterEach(() => app.close());

const minute = 60_000;
const credentials = { email: "ada@example.com", password };
const wrong = { ...credentials, password: "wrong horse battery" };
const unknown = { ...wrong, email: "nobody@example.com" };

describe("P1: User Login", () => {
  test("the password gives an access token of 15 minutes and a refresh token", async () => {
    const { userId } = (await app.post("register", credentials)).body.data;
    const { status, body } = await app.post("login", { ...credentials, email: "ADA@example.com" });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
    });

    const iat = app.now().getTime() / 1000;
    expect(decodeProtectedHeader(body.data.accessToken)).toEqual({ alg: "ES256", kid: expect.any(String) });
    expect(decodeJwt(body.data.accessToken)).toEqual({
      iss: "auth-service",
      aud: "ecommerce-platform",
      sub: userId,
      email: "ada@example.com",
      roles: ["customer"],
      sid: expect.any(String),
      jti: expect.any(String),
      iat,
      exp: iat + 900,
    });
  });

  test("an unknown email and a wrong password get the same answer", async () => {
    await app.post("register", credentials);
    const [one, other] = [await app.post("login", wrong), await app.post("login", unknown)];
    expect(one.status).toBe(401);
    const withoutIds = ({ status, body: { requestId, ...body } }: typeof one) => ({ status, body });
    expect(withoutIds(one)).toEqual(withoutIds(other));
  });

  test("an unknown email and a wrong password cost the same work", async () => {
    await app.post("register", credentials);
    const parametersOf = (text: string) => text.replace(/\$[^$]*\$[^$]*$/, "");
    const { passwordHash = "" } = (await app.dependencies.accounts.find(credentials.email)) ?? {};
    const asked: (string | undefined)[] = [];
    const verify = app.dependencies.passwords.verify;
    Object.assign(app.dependencies.passwords, {
      verify: (hash: string | undefined, given: string) => {
        asked.push(hash);
        return verify(hash, given);
      },
    });
    await app.post("login", unknown);
    await app.post("login", wrong);
    expect(asked).toEqual([undefined, passwordHash]);
    expect(parametersOf(passwordHash)).toBe("$argon2id$v=19$m=8,t=1,p=1");
  });

  test("each login is a session of its own", async () => {
    const first = await app.signIn(credentials.email);
    const second = (await app.post("login", credentials)).body.data;
    await app.post("logout", { refreshToken: first.refreshToken }, bearer(first));
    expect((await app.post("validate", { token: first.accessToken })).status).toBe(401);
    expect((await app.post("validate", { token: second.accessToken })).status).toBe(200);
  });

  test.each([
    { given: "no password", body: { email: "ada@example.com" } },
    { given: "an empty password", body: { email: "ada@example.com", password: "" } },
    {
      given: "a list as the password",
      body: { email: "ada@example.com", password: ["correct horse battery"] },
    },
    { given: "a condition as the password", body: { email: "ada@example.com", password: { $ne: null } } },
    { given: "an unknown property", body: { ...credentials, remember: true } },
  ])("$given answers 422", async ({ body }) => {
    expect((await app.post("login", body)).status).toBe(422);
  });
});

describe("P6: Repeated Wrong Passwords", () => {
  async function guess(count: number, body = wrong, headers = {}) {
    const statuses: number[] = [];
    for (let done = 0; done < count; done += 1)
      statuses.push((await app.post("login", body, headers)).status);
    return statuses;
  }

  test.each([
    { whose: "an account", body: wrong },
    { whose: "an email without an account", body: unknown },
  ])("after 10 wrong passwords $whose is locked for 15 minutes", async ({ body }) => {
    await app.post("register", credentials);
    expect(await guess(11, body)).toEqual([...Array(10).fill(401), 429]);
    const { status, headers, body: problem } = await app.post("login", { ...body, password });
    expect({ status, type: problem.type, wait: headers["retry-after"] }).toEqual({
      status: 429,
      type: "/problems/locked",
      wait: "900",
    });

    app.pass(15 * minute - 1);
    expect((await app.post("login", { ...body, password })).headers["retry-after"]).toBe("1");
    app.pass(1);
    expect((await app.post("login", { ...body, password })).status).toBe(body === wrong ? 200 : 401);
  });

  test("upper and lower case are one email", async () => {
    await app.post("register", credentials);
    await guess(5);
    await guess(5, { ...wrong, email: "ADA@EXAMPLE.COM" });
    expect((await app.post("login", credentials)).status).toBe(429);
  });

  test("9 wrong passwords lock nothing", async () => {
    await app.post("register", credentials);
    await guess(9);
    expect((await app.post("login", credentials)).status).toBe(200);
  });

  test("30 wrong passwords at the same moment are told 10 outcomes", async () => {
    await app.post("register", credentials);
    const answers = await Promise.all(Array.from({ length: 30 }, () => app.post("login", wrong)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
  });

  test("300 wrong passwords from one address lock that address, whatever it says about where it comes from", async () => {
    await app.post("register", credentials);
    const from = (address: string) => ({ "x-forwarded-for": address });
    const { failures } = app.dependencies;
    for (let count = 0; count < 300; count += 1) {
      const origin = { email: `customer-${count}@example.com`, address: "203.0.113.9" };
      await failures.settle(origin, false, app.now());
    }
    expect((await app.post("login", credentials, from("203.0.113.9"))).status).toBe(429);
    expect((await app.post("login", credentials, from("198.51.100.1, 203.0.113.9"))).status).toBe(429);
    expect((await app.post("login", credentials, from("203.0.113.10"))).status).toBe(200);
  });
});
