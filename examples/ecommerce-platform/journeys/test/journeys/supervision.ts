import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { call, type Fields } from "../support/call.ts";
import type { Shop } from "../support/open-shop.ts";
import { order } from "../support/person.ts";

/** What each service says its readiness and its work need. */
const needs: Readonly<Record<string, readonly string[]>> = {
  "auth-service": ["database", "bus", "revocationList"],
  "user-service": ["database", "bus", "auth-service"],
  "inventory-service": ["database", "bus", "auth-service"],
  "order-service": ["database", "bus", "auth-service", "inventory-service", "user-service"],
  "notification-service": ["database", "bus", "auth-service", "mailServer"],
};

/** What those see who look after the shop. */
export function supervision(shop: () => Shop): void {
  describe.each(Object.entries(needs))("%s", (name, expected) => {
    const ask = async (path: string) => {
      const service = shop().platform.services.get(name);
      return call(`${service?.url}${path}`);
    };

    test("says how it is and whether what it needs answers", async () => {
      const checks = Object.fromEntries(expected.map((one) => [one, { status: "up" }]));
      const health = await ask("/health");
      expect(health).toMatchObject({ status: 200, data: { status: "up", service: name } });
      expect(health.data.checks).toEqual(checks);
      expect((await ask("/health/live")).data).toEqual({ status: "up" });
      expect((await ask("/health/ready")).data).toMatchObject({ checks: { database: { status: "up" } } });
    });

    test("is measured: requests, errors and times, queues and pools", async () => {
      await ask("/health");
      const { status, bytes } = await ask("/metrics");
      expect(status).toBe(200);
      const lines = bytes.toString().split("\n");
      const series = [
        /^http_server_request_duration_seconds_count\{.*operation="getHealth".*status="200".*\} [1-9]/,
        /^http_server_request_duration_seconds_bucket\{.*le="0.5".*operation="getHealth"/,
        /^# TYPE bus_queue_messages gauge/,
        /^database_pool_connections\{/,
      ];
      expect(series.filter((one) => !lines.some((line) => one.test(line)))).toEqual([]);
    });
  });

  test("the gateway says which services are ready, and is measured, where customers do not come", async () => {
    const { statusUrl } = shop().platform;
    const up = Object.keys(needs).map((name) => [name, { status: "up" }]);
    const { data } = await call(`${statusUrl}/health`);
    expect(data).toEqual({ status: "up", service: "gateway", checks: Object.fromEntries(up) });
    expect((await call(`${statusUrl}/health/ready`)).status).toBe(200);
    const { bytes } = await call(`${statusUrl}/metrics`);
    expect(bytes.toString()).toMatch(/^http_server_request_duration_seconds_count\{/m);
  });

  test("one request can be followed through all services by its id and its trace", async () => {
    const ada = await shop().newCustomer();
    const requestId = `tea-${randomBytes(6).toString("hex")}`;
    const traceId = randomBytes(16).toString("hex");
    const { body, headers } = order([{ sku: "TEA-100", quantity: 1 }]);
    const traceparent = `00-${traceId}-${randomBytes(8).toString("hex")}-01`;
    const { data } = await ada.does<{ orderId: string }>("/api/v1/orders", {
      method: "POST",
      ...(body && { body }),
      headers: { ...headers, "x-request-id": requestId, traceparent },
    });
    await shop().mailArrives(ada.email, `Order ${data.orderId} confirmed`);
    const places = () =>
      linesOf(shop())
        .filter((line) => line.requestId === requestId && line.traceId === traceId)
        .map((line) => line.service);
    await expect
      .poll(() => [...new Set(places())].sort(), { timeout: 30_000 })
      .toEqual(["auth-service", "gateway", "inventory-service", "notification-service", "order-service"]);
  });

  test("logs are JSON, line by line, with the service, a level and a time", () => {
    const lines = linesOf(shop());
    expect(lines.length).toBeGreaterThan(0);
    const form = { service: expect.any(String), level: expect.any(String), time: expect.any(String) };
    for (const line of lines) expect(line).toMatchObject(form);
  });
}

function linesOf(shop: Shop): Fields[] {
  const texts = [...shop.logs().values()];
  return texts.flatMap((text) => text.split("\n").filter(Boolean)).map((line) => JSON.parse(line));
}
