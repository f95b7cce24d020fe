import { describe, expect, test } from "vitest";
import { readSettings } from "../src/settings.ts";

const AUTH_SECRET = "a secret of at least thirty-two bytes";

describe("the environment", () => {
  test("AUTH_SECRET is enough", () => {
    expect(readSettings({ AUTH_SECRET })).toMatchObject({
      secret: AUTH_SECRET,
      parties: { issuer: "auth-service", audience: "ecommerce-platform" },
      redisUrl: undefined,
      redisPrefix: "auth:",
      administrator: undefined,
    });
  });

  test("the rest is read where it is given", () => {
    const given = {
      AUTH_SECRET,
      REDIS_URL: "redis://127.0.0.1:6379",
      REDIS_PREFIX: "tea_",
      TOKEN_ISSUER: "auth.shop",
      TOKEN_AUDIENCE: "shop",
      ADMIN_EMAIL: "admin@example.com",
      ADMIN_PASSWORD: "correct horse battery",
    };
    expect(readSettings(given)).toMatchObject({
      parties: { issuer: "auth.shop", audience: "shop" },
      redisUrl: "redis://127.0.0.1:6379",
      redisPrefix: "tea_auth:",
      administrator: { email: "admin@example.com" },
    });
  });

  test.each([
    { environment: {}, message: "AUTH_SECRET is missing." },
    { environment: { AUTH_SECRET: "short" }, message: "AUTH_SECRET has less than 32 bytes." },
    { environment: { AUTH_SECRET, REDIS_URL: "127.0.0.1:6379" }, message: "REDIS_URL is no address" },
    { environment: { AUTH_SECRET, TRUSTED_PROXIES: "gateway" }, message: 'TRUSTED_PROXIES names "gateway"' },
    { environment: { AUTH_SECRET, ADMIN_EMAIL: "admin@example.com" }, message: "ADMIN_PASSWORD is missing." },
  ])("$environment is refused: $message", ({ environment, message }) => {
    expect(() => readSettings(environment)).toThrow(message);
  });
});
