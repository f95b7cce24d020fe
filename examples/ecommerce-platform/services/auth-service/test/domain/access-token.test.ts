import { describe, expect, test } from "vitest";
import { accessClaims, isExpired, keyNamedBy, readClaims } from "../../src/domain/access-token.ts";

const parties = { issuer: "auth-service", audience: "ecommerce-platform" };
const ada = {
  userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60",
  email: "ada@example.com",
  roles: ["customer"] as const,
};
const session = { sessionId: "5b1e4c92-0c3f-4a77-8d52-0a6f1c2d3e4f", tokenId: "t-1" };
const now = new Date("2026-11-23T10:00:00.900Z");
const claims = accessClaims(ada, session, parties, now);

describe("P1: User Login", () => {
  test("an access token says who, which session, from whom, for whom, and 15 minutes", () => {
    expect(claims).toEqual({
      iss: "auth-service",
      aud: "ecommerce-platform",
      sub: ada.userId,
      email: "ada@example.com",
      roles: ["customer"],
      sid: session.sessionId,
      jti: "t-1",
      iat: 1795428000,
      exp: 1795428900,
    });
  });
});

describe("P2: Token Validation", () => {
  test.each([
    { header: { alg: "ES256", kid: "2026-11" }, key: "2026-11" },
    { header: { alg: "none", kid: "2026-11" }, key: undefined },
    { header: { alg: "None", kid: "2026-11" }, key: undefined },
    { header: { alg: "HS256", kid: "2026-11" }, key: undefined },
    { header: { alg: "ES384", kid: "2026-11" }, key: undefined },
    { header: { alg: ["ES256"], kid: "2026-11" }, key: undefined },
    { header: { kid: "2026-11" }, key: undefined },
    { header: { alg: "ES256" }, key: undefined },
    { header: { alg: "ES256", kid: { $ne: null } }, key: undefined },
  ])("the header $header names the key $key", ({ header, key }) => {
    expect(keyNamedBy(header)).toBe(key);
  });

  test.each([
    { given: "our own claims", payload: claims, isRead: true },
    { given: "another issuer", payload: { ...claims, iss: "another-shop" }, isRead: false },
    { given: "another audience", payload: { ...claims, aud: "another-shop" }, isRead: false },
    { given: "no audience", payload: { ...claims, aud: undefined }, isRead: false },
    { given: "no session", payload: { ...claims, sid: undefined }, isRead: false },
    { given: "no expiry", payload: { ...claims, exp: undefined }, isRead: false },
    { given: "an expiry in words", payload: { ...claims, exp: "tomorrow" }, isRead: false },
    { given: "roles that are no list", payload: { ...claims, roles: "administrator" }, isRead: false },
    { given: "null", payload: null, isRead: false },
    { given: "a text", payload: "ada", isRead: false },
  ])("a token with $given is read: $isRead", ({ payload, isRead }) => {
    expect(readClaims(payload, parties)).toEqual(isRead ? payload : undefined);
  });

  test.each([
    { time: "2026-11-23T10:14:59.999Z", isOver: false },
    { time: "2026-11-23T10:15:00.000Z", isOver: true },
  ])("at $time a token of 10:00:00 is expired: $isOver", ({ time, isOver }) => {
    expect(isExpired(claims, new Date(time))).toBe(isOver);
  });
});
