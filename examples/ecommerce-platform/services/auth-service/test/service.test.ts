import type { RunningService } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../src/service.ts";
import { password } from "./support/auth-app.ts";
import { openSurroundings, post, type Surroundings } from "./support/running.ts";

let around: Surroundings;
let service: RunningService;
beforeAll(async () => {
  around = await openSurroundings();
  const administrator = { ADMIN_EMAIL: "Admin@Example.com", ADMIN_PASSWORD: "the first password" };
  service = await serve({ ...around.environment, ...administrator });
});
afterAll(async () => {
  await service.stop();
  await around.close();
});

const ask = (operation: string, body: object) => post(service.url, operation, body);
const get = async (path: string, headers = {}) => {
  const response = await fetch(`${service.url}${path}`, { headers });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

describe("auth-service on a database and a bus", () => {
  test("P9: First Administrator: the configured administrator can log in", async () => {
    const credentials = { email: "admin@example.com", password: "the first password" };
    const { accessToken } = (await ask("login", credentials)).body.data;
    const { body } = await ask("validate", { token: accessToken });
    expect(body.data.roles).toEqual(["customer", "administrator"]);
  });

  test("P7: Password Reset: Failure mode: Message bus down: a request is accepted, and mailed when the bus is back", async () => {
    await ask("register", { email: "ada@example.com", password });
    await around.bus.cut();
    expect((await ask("password-reset/request", { email: "ada@example.com" })).status).toBe(202);
    expect((await get("/health")).body.data).toMatchObject({
      status: "degraded",
      checks: { bus: { status: "down" } },
    });
    expect((await get("/health/ready")).status).toBe(200);

    await around.bus.mend();
    await expect.poll(() => around.received, { timeout: 30_000 }).toHaveLength(1);
    const [event] = around.received;
    const confirmation = { token: event?.data.resetToken, newPassword: "battery staple correct" };
    expect((await ask("password-reset/confirm", confirmation)).status).toBe(204);
  });

  test("Failure mode: Database down: every operation answers 503, and what was before holds after", async () => {
    const grace = { email: "grace@example.com", password };
    await ask("register", grace);
    const { accessToken, refreshToken } = (await ask("login", grace)).body.data;

    await around.database.cut();
    const operations: [string, object][] = [
      ["register", { email: "alan@example.com", password }],
      ["login", grace],
      ["refresh", { refreshToken }],
      ["validate", { token: accessToken }],
      ["password-reset/request", { email: grace.email }],
      ["password-reset/confirm", { token: "pr_unknown", newPassword: password }],
    ];
    for (const [operation, body] of operations) {
      const { status, body: problem } = await ask(operation, body);
      expect({ operation, status, type: problem.type }).toEqual({
        operation,
        status: 503,
        type: "/problems/service-unavailable",
      });
    }
    const logout = await fetch(`${service.url}/api/v1/auth/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ refreshToken }),
    });
    expect(logout.status).toBe(503);
    expect((await get("/api/v1/auth/jwks")).status).toBe(503);
    expect((await get("/health/ready")).body).toMatchObject({
      status: 503,
      checks: { database: { status: "down" } },
    });
    expect((await get("/health/live")).status).toBe(200);

    await around.database.mend();
    await expect.poll(async () => (await get("/health/ready")).status, { timeout: 30_000 }).toBe(200);
    expect((await ask("validate", { token: accessToken })).status).toBe(200);
    expect((await ask("refresh", { refreshToken })).status).toBe(200);
    expect((await ask("login", { email: "alan@example.com", password })).status).toBe(401);
  });

  test("two instances at once sign with one key and know each other's sessions", async () => {
    const { url, stop } = await serve(around.environment);
    const mary = { email: "mary@example.com", password };
    await ask("register", mary);
    const { accessToken } = (await post(url, "login", mary)).body.data;
    expect((await ask("validate", { token: accessToken })).status).toBe(200);
    expect((await get("/api/v1/auth/jwks")).body.keys).toHaveLength(1);
    await stop();
  });
});
