import { createServer, type Server } from "node:http";
import type { RunningService } from "@speckit/service-kit";
import { signedTestTokens } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../src/service.ts";
import { listen } from "./gateway-for-tests.ts";

const names = ["AUTH_URL", "USER_URL", "ORDER_URL", "INVENTORY_URL", "NOTIFICATION_URL"];
const tokens = await signedTestTokens();

let services: Server;
let environment: Record<string, string>;
let gateway: RunningService;
let statusUrl: string;

beforeAll(async () => {
  // Stands for all services, auth-service among them: it shows the keys.
  services = createServer(({ url }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(url === "/api/v1/auth/jwks" ? tokens.jwks : { data: { url }, meta: {} }));
  });
  const url = `http://127.0.0.1:${await listen(services)}`;
  const free = createServer();
  const statusPort = await listen(free);
  await new Promise((resolve) => free.close(resolve));
  statusUrl = `http://127.0.0.1:${statusPort}`;
  environment = {
    ...Object.fromEntries(names.map((name) => [name, url])),
    LOG_LEVEL: "silent",
    STATUS_PORT: `${statusPort}`,
  };
  gateway = await serve(environment);
});
afterAll(async () => {
  await gateway.stop();
  services.closeAllConnections();
  services.close();
});

const orders = (token: string) =>
  fetch(`${gateway.url}/api/v1/orders`, { headers: { authorization: `Bearer ${token}` } });
describe("a gateway", () => {
  test.each([
    { given: "a token that holds", claims: {}, status: 200 },
    { given: "an expired token", claims: { expiresInSeconds: -1 }, status: 401 },
    { given: "a token of another issuer", claims: { issuer: "evil-service" }, status: 401 },
    { given: "a token for others", claims: { audience: "another-platform" }, status: 401 },
  ])("answers $status to $given", async ({ claims, status }) => {
    expect((await orders(await tokens.sign(claims))).status).toBe(status);
  });

  test.each([
    ["is missing", { ORDER_URL: undefined }, "ORDER_URL is missing."],
    ["is no address", { ORDER_URL: "order-service" }, "ORDER_URL is no address"],
    ["is no number", { LOGINS_PER_MINUTE: "many" }, 'LOGINS_PER_MINUTE is "many"'],
  ])("does not start when a variable %s", async (_what, wrong, says) => {
    await expect(serve({ ...environment, STATUS_PORT: undefined, ...wrong })).rejects.toThrow(says);
  });

  test("tells supervisors of itself and of the services, and Prometheus what it measured", async () => {
    await orders(await tokens.sign());
    expect(await (await fetch(`${statusUrl}/health/live`)).json()).toMatchObject({ data: { status: "up" } });
    expect(await (await fetch(`${statusUrl}/health/ready`)).json()).toMatchObject({
      data: { status: "up", service: "gateway" },
    });
    expect(await (await fetch(`${statusUrl}/health`)).json()).toMatchObject({
      data: { checks: { "order-service": { status: "up" }, "auth-service": { status: "up" } } },
    });
    const metrics = await (await fetch(`${statusUrl}/metrics`)).text();
    expect(metrics).toMatch(
      /http_server_request_duration_seconds_count\{service="gateway",operation="listOrders",status="200"\} \d/,
    );
    expect((await fetch(`${statusUrl}/api/v1/products`)).status).toBe(404);
  });

  test("stops once, however often it is told to", async () => {
    const another = await serve({ ...environment, STATUS_PORT: undefined });
    await Promise.all([another.stop(), another.stop()]);
    await expect(fetch(another.url)).rejects.toThrow();
  });
});
