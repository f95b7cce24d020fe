import { createHmac, createPublicKey, createSign, generateKeyPairSync } from "node:crypto";
import { CompactSign, decodeJwt, decodeProtectedHeader, exportJWK } from "jose";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKeyRing } from "../../src/key-ring.ts";
import { type AuthApp, authApp, type SignedIn } from "../support/auth-app.ts";

let app: AuthApp;
let ada: SignedIn;
let claims: ReturnType<typeof decodeJwt>;
let kid: string;
let publicJwk: { x: string; y: string };
beforeAll(async () => {
  app = await authApp();
  ada = await app.signIn("ada@example.com");
  claims = decodeJwt(ada.accessToken);
  kid = decodeProtectedHeader(ada.accessToken).kid ?? "";
  publicJwk = (await app.get("/api/v1/auth/jwks")).body.keys[0];
});
afterAll(() => app.close());

const validate = (token: string) => app.post("validate", { token });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const strangers = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A token with any header and claims, signed by somebody who is not us. */
function forged(header: object, payload: object = claims, sign = signAsStranger): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${sign(signed)}`;
}

const signAsStranger = (text: string) =>
  createSign("sha256")
    .update(text)
    .sign({ key: strangers.privateKey, dsaEncoding: "ieee-p1363" })
    .toString("base64url");

const hmacWith = (secret: string | Buffer) => (text: string) =>
  createHmac("sha256", secret).update(text).digest("base64url");

const publicKey = () => createPublicKey({ key: { kty: "EC", crv: "P-256", ...publicJwk }, format: "jwk" });
const pem = () => publicKey().export({ type: "spki", format: "pem" });
const der = () => publicKey().export({ type: "spki", format: "der" });

/** A token with our own key, and claims that we would not have written. */
async function signedByUs(changes: object): Promise<string> {
  const ring = createKeyRing(async () => []);
  ring.replace(await app.dependencies.keys.published(app.now()));
  const { key } = await ring.signing(app.now());
  const payload = new TextEncoder().encode(JSON.stringify({ ...claims, ...changes }));
  return new CompactSign(payload).setProtectedHeader({ alg: "ES256", kid }).sign(key);
}

const parts = () => ada.accessToken.split(".") as [string, string, string];

describe("P2: Token Validation", () => {
  test("a valid token tells user ID and roles", async () => {
    const { status, body } = await validate(ada.accessToken);
    expect(status).toBe(200);
    expect(body.data).toEqual({ userId: ada.userId, roles: ["customer"] });
  });

  test("a token that we would have signed is accepted, so the refusals below are for what they change", async () => {
    expect((await validate(await signedByUs({}))).status).toBe(200);
  });

  test.each([
    { given: "a text that is no token", token: () => "ada" },
    { given: "two dots", token: () => ".." },
    { given: "alg none", token: () => `${encode({ alg: "none", kid })}.${encode(claims)}.` },
    { given: "alg None, with the signature of another", token: () => forged({ alg: "None", kid }) },
    {
      given: "HS256 with the public key (PEM)",
      token: () => forged({ alg: "HS256", kid }, claims, hmacWith(pem())),
    },
    {
      given: "HS256 with the public key (DER)",
      token: () => forged({ alg: "HS256", kid }, claims, hmacWith(der())),
    },
    {
      given: "HS256 with the public key (JWK)",
      token: () => forged({ alg: "HS256", kid }, claims, hmacWith(JSON.stringify(publicJwk))),
    },
    { given: "HS256 with an empty secret", token: () => forged({ alg: "HS256", kid }, claims, hmacWith("")) },
    { given: "the signature of a stranger", token: () => forged({ alg: "ES256", kid }) },
    { given: "an unknown kid", token: () => forged({ alg: "ES256", kid: "2025-01" }) },
    { given: "no kid", token: () => forged({ alg: "ES256" }) },
    { given: "a path as kid", token: () => forged({ alg: "ES256", kid: "../../../../dev/null" }) },
    { given: "SQL as kid", token: () => forged({ alg: "ES256", kid: "' UNION SELECT 'key' --" }) },
    { given: "__proto__ as kid", token: () => forged({ alg: "ES256", kid: "__proto__" }) },
    { given: "a list as kid", token: () => forged({ alg: "ES256", kid: [kid] }) },
    {
      given: "a critical header that nobody knows",
      token: () => forged({ alg: "ES256", kid, crit: ["exp"], exp: 1 }),
    },
    { given: "an unencoded payload", token: () => forged({ alg: "ES256", kid, crit: ["b64"], b64: false }) },
    {
      given: "a changed payload",
      token: () => [parts()[0], encode({ ...claims, roles: ["administrator"] }), parts()[2]].join("."),
    },
    {
      given: "a changed header",
      token: () => [encode({ alg: "ES256", kid, typ: "JWT" }), parts()[1], parts()[2]].join("."),
    },
    { given: "no signature", token: () => `${parts()[0]}.${parts()[1]}.` },
    {
      given: "a signature of zeros",
      token: () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(64).toString("base64url")}`,
    },
    { given: "a signature of another length", token: () => `${ada.accessToken}AAAA` },
    { given: "more behind it", token: () => `${ada.accessToken}.${parts()[2]}` },
    { given: "another audience", token: () => signedByUs({ aud: "another-shop" }) },
    {
      given: "a list of audiences",
      token: () => signedByUs({ aud: ["ecommerce-platform", "another-shop"] }),
    },
    { given: "another issuer", token: () => signedByUs({ iss: "another-service" }) },
    { given: "a time that is over", token: () => signedByUs({ exp: app.now().getTime() / 1000 }) },
    { given: "no expiry", token: () => signedByUs({ exp: undefined }) },
    {
      given: "the session of nobody",
      token: () => signedByUs({ sid: "5b1e4c92-0c3f-4a77-8d52-0a6f1c2d3e4f" }),
    },
    {
      given: "the session of another",
      token: () => signedByUs({ sub: "5b1e4c92-0c3f-4a77-8d52-0a6f1c2d3e4f" }),
    },
    { given: "a refresh token", token: () => ada.refreshToken },
  ])("$given answers 401", async ({ token }) => {
    const { status, body } = await validate(await token());
    expect({ status, type: body.type }).toEqual({ status: 401, type: "/problems/invalid-token" });
  });

  test("a key that the header brings along is not used", async () => {
    const jwk = await exportJWK(strangers.publicKey);
    for (const header of [
      { alg: "ES256", kid, jwk },
      { alg: "ES256", jwk },
      { alg: "ES256", kid, jku: "http://127.0.0.1:9/jwks" },
      { alg: "ES256", kid, x5u: "http://127.0.0.1:9/x5u" },
    ]) {
      expect((await validate(forged(header))).status).toBe(401);
    }
  });

  test("a token is valid for 15 minutes, remembered or not", async () => {
    const { accessToken } = await app.signIn("grace@example.com");
    app.pass(899_000);
    expect((await validate(accessToken)).status).toBe(200);
    app.pass(1_000);
    expect((await validate(accessToken)).status).toBe(401);
  });

  test("whoever gets other roles signs in again", async () => {
    const { userId, accessToken } = await app.signIn("alan@example.com");
    await sql`UPDATE accounts SET roles = '{customer,administrator}' WHERE user_id = ${userId}`.execute(
      app.database.db,
    );
    expect((await validate(accessToken)).status).toBe(401);
    const { body } = await app.post("login", {
      email: "alan@example.com",
      password: "correct horse battery",
    });
    expect((await validate(body.data.accessToken)).body.data.roles).toEqual(["customer", "administrator"]);
  });

  test.each([
    { given: "an empty token", body: { token: "" } },
    { given: "no token", body: {} },
    { given: "a token of 8193 characters", body: { token: "x".repeat(8193) } },
    { given: "a token that is an object", body: { token: { alg: "none" } } },
    { given: "an unknown property", body: { token: "a.b.c", roles: ["administrator"] } },
  ])("$given answers 422", async ({ body }) => {
    expect((await app.post("validate", body)).status).toBe(422);
  });
});
