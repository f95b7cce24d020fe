import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, parties } from "../support/auth-app.ts";

const day = 86_400_000;
let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

const jwks = async (): Promise<JSONWebKeySet> => (await app.get("/api/v1/auth/jwks")).body;

describe("P8: Signing Key Rotation", () => {
  test("the key set is as RFC 7517 has it, and holds no private part", async () => {
    const { status, body } = await app.get("/api/v1/auth/jwks");
    expect(status).toBe(200);
    const text = expect.stringMatching(/^[A-Za-z0-9_-]{43}$/);
    const key = {
      kty: "EC",
      crv: "P-256",
      x: text,
      y: text,
      kid: expect.any(String),
      alg: "ES256",
      use: "sig",
    };
    expect(body).toEqual({ keys: [key] });
  });

  test("any library verifies our tokens with it", async () => {
    const { accessToken, userId } = await app.signIn("ada@example.com");
    const verified = await jwtVerify(accessToken, createLocalJWKSet(await jwks()), {
      ...parties,
      algorithms: ["ES256"],
      currentDate: app.now(),
    });
    expect(verified.payload.sub).toBe(userId);
  });

  test("it holds the next key, the current one, and the last one for a day", async () => {
    const kids = async () => (await jwks()).keys.map(({ kid }) => kid);
    const [first] = await kids();
    app.pass(29 * day);
    await app.rotateKeys();
    const [, next] = await kids();
    expect(await kids()).toEqual([first, next]);
    app.pass(2 * day - 1);
    expect(await kids()).toEqual([first, next]);
    app.pass(1);
    expect(await kids()).toEqual([next]);
  });
});
