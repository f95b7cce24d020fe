import { randomUUID } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, claimsOf, customerWith, type Person, post, type Tokens } from "../support/person.ts";

const refresh = (person: Person, refreshToken: string) =>
  person.asks<Tokens>("/api/v1/auth/refresh", post({ refreshToken }));
const logOut = ({ does, refreshToken }: Customer) => does("/api/v1/auth/logout", post({ refreshToken }));
const validate = (person: Person, token: string) =>
  person.asks<{ userId: string; roles: string[] }>("/api/v1/auth/validate", post({ token }));
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const pair = { accessToken: expect.any(String), refreshToken: expect.any(String), expiresIn: 900 };

/** Accounts and tokens. */
export function accounts(shop: () => Shop): void {
  describe("an account", () => {
    test("is made with an address and a password, and is its owner's from then on", async () => {
      const ada = shop().somebody();
      const registered = await ada.register();
      expect(registered).toMatchObject({ status: 201, data: { userId: expect.stringMatching(uuid) } });
      const { status, data } = await ada.logIn();
      expect({ status, data }).toEqual({ status: 200, data: pair });
      const { accessToken } = data as { accessToken: string };
      expect(claimsOf(accessToken).sub).toBe(registered.data.userId);
    });

    test("is one for an address, whatever its upper and lower case", async () => {
      const name = randomUUID();
      const ada = shop().somebody({ email: `ada.${name}@example.com` });
      const loud = shop().somebody({ email: `ADA.${name}@Example.COM` });
      expect((await ada.register()).status).toBe(201);
      expect((await loud.register()).status).toBe(409);
      expect((await loud.logIn()).status).toBe(200);
    });

    test.each([
      { given: "11 characters", password: "x".repeat(11), status: 422 },
      { given: "12 characters", password: "x".repeat(12), status: 201 },
    ])("with a password of $given answers $status", async ({ password, status }) => {
      expect((await shop().somebody({ password }).register()).status).toBe(status);
    });

    test.each([
      { given: "no password", body: { email: "ada@example.com" }, status: 422 },
      { given: "an address that is none", body: { email: "ada", password: "x".repeat(12) }, status: 422 },
      { given: "no object", body: "[]", status: 422 },
      { given: "half of a body", body: '{"email":', status: 400 },
      { given: "nothing", body: "", status: 422 },
    ])("with $given answers $status", async ({ body, status }) => {
      expect((await shop().somebody().asks("/api/v1/auth/register", post(body))).status).toBe(status);
    });

    test("does not tell whether the address or the password is wrong", async () => {
      const ada = await shop().newCustomer();
      const wrong = await ada.logIn("wrong horse battery");
      const unknown = await shop().somebody().logIn();
      const { requestId: _one, ...said } = wrong.body;
      const { requestId: _other, ...saidToo } = unknown.body;
      expect(wrong.status).toBe(401);
      expect(saidToo).toEqual(said);
    });

    test("locks for a while after 10 wrong passwords, for the right one too, and nobody else's", async () => {
      const ada = await shop().newCustomer();
      const grace = await shop().newCustomer();
      for (let count = 0; count < 9; count++)
        expect((await ada.logIn("wrong horse battery")).status).toBe(401);
      expect([401, 429]).toContain((await ada.logIn("wrong horse battery")).status);
      const locked = await ada.logIn();
      expect(locked.status).toBe(429);
      expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await grace.logIn()).status).toBe(200);
    });

    test("of the administrator is there from the beginning", async () => {
      const administrator = await shop().administrator();
      const { data } = await validate(administrator, administrator.accessToken);
      expect(data.roles).toContain("administrator");
    });
  });

  describe("an access token", () => {
    test("is signed with a published key, ES256, for 15 minutes", async () => {
      const { accessToken, asks } = await shop().newCustomer();
      const { body } = await asks("/api/v1/auth/jwks");
      expect(Object.keys(body)).toEqual(["keys"]);
      const keys = createLocalJWKSet(body as unknown as JSONWebKeySet);
      const { payload, protectedHeader } = await jwtVerify(accessToken, keys);
      expect(protectedHeader).toMatchObject({ alg: "ES256", kid: expect.stringMatching(/./) });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(15 * 60);
      expect(body.keys).toContainEqual(expect.objectContaining({ kid: protectedHeader.kid }));
      expect(JSON.stringify(body)).not.toContain('"d"');
    });

    test("says whose it is and what they may", async () => {
      const ada = await shop().newCustomer();
      const { status, data } = await validate(ada, ada.accessToken);
      expect({ status, data }).toEqual({ status: 200, data: { userId: ada.userId, roles: ["customer"] } });
      expect(decodeProtectedHeader(ada.accessToken).alg).toBe("ES256");
      expect((await validate(ada, `${ada.accessToken}x`)).status).toBe(401);
      expect((await validate(ada, "tea")).status).toBe(401);
    });
  });

  describe("a session", () => {
    test("goes on with its refresh token", async () => {
      const ada = await shop().newCustomer();
      const { status, data } = await refresh(ada, ada.refreshToken);
      expect({ status, data }).toEqual({ status: 200, data: pair });
      expect(data.refreshToken).not.toBe(ada.refreshToken);
      expect((await customerWith(ada, data).does("/api/v1/orders")).status).toBe(200);
      expect((await refresh(ada, "rt_nobodys")).status).toBe(401);
    });

    test("survives 20 refreshes at once", async () => {
      const ada = await shop().newCustomer();
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(ada, ada.refreshToken)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      for (const { data } of answers)
        expect((await customerWith(ada, data).does("/api/v1/orders")).status).toBe(200);
      const [{ data: any } = { data: ada }] = answers;
      expect((await refresh(ada, any.refreshToken)).status).toBe(200);
    });

    test("ends with a logout: both tokens are void at once, and other sessions go on", async () => {
      const ada = await shop().newCustomer();
      const elsewhere = customerWith(ada, (await ada.logIn()).data as unknown as Tokens);
      expect((await logOut(ada)).status).toBe(204);
      expect((await validate(ada, ada.accessToken)).status).toBe(401);
      expect((await refresh(ada, ada.refreshToken)).status).toBe(401);
      for (const path of ["/api/v1/orders", `/api/v1/users/${ada.userId}`, "/api/v1/notifications"])
        expect((await ada.does(path)).status).toBe(401);
      expect((await elsewhere.does("/api/v1/orders")).status).toBe(200);
    });

    test("is not ended by a stranger", async () => {
      const ada = await shop().newCustomer();
      const { asks } = shop().somebody();
      const body = { refreshToken: ada.refreshToken };
      expect((await asks("/api/v1/auth/logout", post(body))).status).toBe(401);
      expect((await ada.does("/api/v1/orders")).status).toBe(200);
    });
  });

  describe("a forgotten password", () => {
    const request = (person: Person) =>
      person.asks("/api/v1/auth/password-reset/request", post({ email: person.email }));
    const confirm = (person: Person, token: string, newPassword: string) =>
      person.asks("/api/v1/auth/password-reset/confirm", post({ token, newPassword }));

    test("is replaced with the token from the mail, once, and every session ends", async () => {
      const ada = await shop().newCustomer();
      expect((await request(ada)).status).toBe(202);
      const { Text, HTML } = await shop().mailArrives(ada.email, "eset");
      const token = Text.split(/\s+/).find((word) => HTML.includes(word) && word.length >= 20) ?? "";

      expect((await confirm(ada, token, "short")).status).toBe(422);
      expect((await confirm(ada, token, "battery staple correct")).status).toBe(204);
      expect((await ada.logIn()).status).toBe(401);
      expect((await ada.logIn("battery staple correct")).status).toBe(200);
      expect((await ada.does("/api/v1/orders")).status).toBe(401);
      expect((await refresh(ada, ada.refreshToken)).status).toBe(401);
      expect((await confirm(ada, token, "another horse battery")).status).toBe(401);
    });

    test("of nobody is answered alike, and sends nothing", async () => {
      const nobody = shop().somebody();
      const ada = await shop().newCustomer();
      const [one, other] = [await request(nobody), await request(ada)];
      expect({ status: one.status, data: one.data }).toEqual({ status: other.status, data: other.data });
      await shop().mailArrives(ada.email, "eset");
      expect(await shop().mailsTo(nobody.email)).toEqual([]);
      expect((await confirm(nobody, "pr_nobodys", "battery staple correct")).status).toBe(401);
    });
  });
}
