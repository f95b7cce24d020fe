import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { healthChecks } from "../src/health-checks.ts";
import { type AuthApp, authApp } from "./support/auth-app.ts";

const up = { check: async () => {} };
const down = { check: () => Promise.reject(new Error("connection refused")) };

describe("the revocation list", () => {
  test.each([
    { case: "a copy that answers", database: down, copy: up, isUp: true },
    { case: "a copy that does not", database: up, copy: down, isUp: false },
    { case: "no copy and a database that answers", database: up, copy: undefined, isUp: true },
    { case: "no copy and a database that does not", database: down, copy: undefined, isUp: false },
  ])("with $case it is up: $isUp", async ({ database, copy, isUp }) => {
    const answered = healthChecks(database, copy).revocationList?.check();
    await (isUp ? expect(answered).resolves.toBeUndefined() : expect(answered).rejects.toThrow());
  });

  test("is not what readiness asks for: the database serves without it", () => {
    expect(healthChecks(up, down).revocationList?.readiness).toBe(false);
  });
});

describe("the health operations", () => {
  let app: AuthApp;
  beforeAll(async () => {
    app = await authApp();
  });
  afterAll(() => app.close());

  test("health shows what the service needs", async () => {
    const { status, body } = await app.get("/health");
    expect(status).toBe(200);
    const checks = { database: { status: "up" }, revocationList: { status: "up" } };
    expect(body.data).toEqual({ status: "up", service: "auth-service", checks });
  });

  test("readiness asks for the database alone", async () => {
    expect((await app.get("/health/ready")).body.data.checks).toEqual({ database: { status: "up" } });
    expect((await app.get("/health/live")).body.data).toEqual({ status: "up" });
  });
});
