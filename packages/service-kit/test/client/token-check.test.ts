import { createHmac } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Client,
  createClient,
  createTokenCheck,
  DependencyUnavailable,
  type TokenCheck,
} from "../../src/index.ts";
import {
  type FakeAuth,
  fakeAuth,
  signedTestTokens,
  silentLog,
  testMetrics,
} from "../../src/testing/index.ts";

let auth: FakeAuth;
let client: Client;
let check: TokenCheck;
let now: number;

beforeEach(async () => {
  auth = await fakeAuth();
  now = Date.now();
  const telemetry = { log: silentLog(), metrics: testMetrics() };
  client = createClient({ name: "auth-service", baseUrl: auth.url, ...telemetry });
  check = createTokenCheck({
    auth: client,
    issuer: "auth-service",
    audience: "ecommerce-platform",
    now: () => now,
    ...telemetry,
  });
});
afterEach(async () => {
  await client.close();
  await auth.close();
});

const ada = { userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60", email: "ada@example.com" };
const unauthorized = { status: 401, options: { headers: { "www-authenticate": "Bearer" } } };

test("a token that holds says who calls, with the roles that hold now", async () => {
  const token = await auth.tokens.sign({ ...ada, roles: ["customer"], sessionId: "session-1" });
  auth.setRoles(ada.userId, ["customer", "administrator"]);
  expect(await check(token)).toEqual({
    ...ada,
    roles: ["customer", "administrator"],
    sessionId: "session-1",
    token,
  });
});

describe("refused without a call to validate", () => {
  const claims = () => ({
    sub: ada.userId,
    email: ada.email,
    iss: "auth-service",
    aud: "ecommerce-platform",
    exp: now / 1000 + 900,
  });
  test.each([
    { given: "alg none", token: async () => new UnsecuredJWT(claims()).encode() },
    {
      given: "alg HS256 with the public key",
      token: async () => hs256(claims(), JSON.stringify(auth.tokens.jwks.keys[0])),
    },
    { given: "a key of somebody else", token: async () => (await signedTestTokens()).sign(ada) },
    {
      given: "a key that nobody knows",
      token: async () => (await signedTestTokens({ kid: "2031-01" })).sign(ada),
    },
    { given: "another issuer", token: () => auth.tokens.sign({ issuer: "eve-service" }) },
    { given: "another audience", token: () => auth.tokens.sign({ audience: "another-platform" }) },
    { given: "expired", token: () => auth.tokens.sign({ expiresInSeconds: -1 }) },
    { given: "a signature that was cut", token: async () => (await auth.tokens.sign()).slice(0, -4) },
    { given: "claims that were changed", token: async () => changed(await auth.tokens.sign()) },
    { given: "a header that names where its key is", token: async () => withOwnKey() },
    { given: "no token at all", token: async () => "tea" },
    { given: "dots", token: async () => ".." },
    { given: "base64 of nothing", token: async () => "e30.e30." },
  ])("$given", async ({ token }) => {
    await expect(check(await token())).rejects.toMatchObject(unauthorized);
    expect(auth.calls.validate).toBe(0);
  });
});

function hs256(claims: object, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", kid: "2026-11" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

function changed(token: string): string {
  const [header, claims = "", signature] = token.split(".");
  const administrator = {
    ...JSON.parse(Buffer.from(claims, "base64url").toString()),
    roles: ["administrator"],
  };
  return [header, Buffer.from(JSON.stringify(administrator)).toString("base64url"), signature].join(".");
}

async function withOwnKey(): Promise<string> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    true,
    ["sign", "verify"],
  );
  const jwk = await crypto.subtle.exportKey("jwk", publicKey);
  const header = {
    alg: "ES256",
    kid: "2026-11",
    jwk: { kty: "EC", crv: "P-256", x: String(jwk.x), y: String(jwk.y) },
    jku: "http://127.0.0.1:9/jwks",
  };
  const token = new SignJWT({}).setProtectedHeader(header).setSubject(ada.userId).setIssuer("auth-service");
  return token.setAudience("ecommerce-platform").setExpirationTime("15m").sign(privateKey);
}

test("a token that was revoked is refused from then on, though its signature is remembered", async () => {
  const token = await auth.tokens.sign(ada);
  await check(token);
  auth.revoke(token);
  await expect(check(token)).rejects.toMatchObject(unauthorized);
});

test("auth-service is asked about each request, and for its keys once", async () => {
  const token = await auth.tokens.sign(ada);
  await Promise.all([check(token), check(token), check(await auth.tokens.sign(ada))]);
  await check(token);
  expect(auth.calls).toEqual({ jwks: 1, validate: 4 });
});

test("verifying alone asks nobody and believes the token's roles", async () => {
  const token = await auth.tokens.sign({ ...ada, roles: ["customer"] });
  expect(await check.verifyOnly(token)).toMatchObject({ ...ada, roles: ["customer"] });
  expect(await check.verifyOnly(token)).toMatchObject(ada);
  expect(auth.calls).toEqual({ jwks: 1, validate: 0 });
});

test("a remembered token expires all the same", async () => {
  const token = await auth.tokens.sign({ ...ada, expiresInSeconds: 900 });
  await check.verifyOnly(token);
  now += 901_000;
  await expect(check.verifyOnly(token)).rejects.toMatchObject(unauthorized);
});

test("an unknown key is asked for, but not again within 30 seconds", async () => {
  const unknown = await (await signedTestTokens({ kid: "2026-12" })).sign(ada);
  await check.verifyOnly(await auth.tokens.sign(ada));
  for (let times = 0; times < 3; times++)
    await expect(check.verifyOnly(unknown)).rejects.toMatchObject(unauthorized);
  expect(auth.calls.jwks).toBe(1);
  now += 30_000;
  await expect(check.verifyOnly(unknown)).rejects.toMatchObject(unauthorized);
  expect(auth.calls.jwks).toBe(2);
});

describe("auth-service fails", () => {
  test.each([
    { given: "with an error", status: 500 },
    { given: "because it is not ready", status: 503 },
    { given: "with too many requests", status: 429 },
  ])("$given: the token is neither valid nor refused", async ({ status }) => {
    const token = await auth.tokens.sign(ada);
    auth.failWith(status);
    await expect(check(token)).rejects.toThrow(DependencyUnavailable);
    auth.failWith(undefined);
    expect(await check(token)).toMatchObject(ada);
    auth.failWith(status);
    await expect(check(token)).rejects.toThrow(DependencyUnavailable);
  });
});
