import { EnvironmentError, type RunningService, topicOf } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { serve } from "../src/service.ts";
import { event } from "./support/events.ts";
import { listenAs, openPlatform, type Platform } from "./support/platform.ts";
import { ada } from "./support/shop.ts";

let platform: Platform;
let service: RunningService;
let received: Awaited<ReturnType<typeof listenAs>>;

beforeAll(async () => {
  platform = await openPlatform();
  received = await listenAs(platform.bus, "notification-service");
  service = await serve(platform.environment);
});
afterAll(async () => {
  await service.stop();
  await platform.close();
});

const soon = { timeout: 30_000, interval: 20 };

async function call(method: string, path: string, body?: object) {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      ...(await platform.auth.bearer(ada)),
      "idempotency-key": crypto.randomUUID(),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const json = (await response.json()) as { data: Record<string, unknown> };
  return { status: response.status, data: json.data };
}

const place = () => call("POST", "/api/v1/orders", { items: [{ sku: "TEA-100", quantity: 2 }] });
const eventsOf = (orderId: unknown) =>
  received.filter(({ data }) => data.orderId === orderId).map(({ eventType }) => eventType);

describe("order-service on a bus", () => {
  test("P3: Order Confirmation: an order is placed, reserved and confirmed, and everybody hears of it", async () => {
    const { status, data } = await place();
    expect(status).toBe(202);
    await vi.waitFor(() => expect(eventsOf(data.orderId)).toEqual(["order.created"]), soon);

    const reserved = event("inventory.stock.reserved", { orderId: data.orderId });
    await platform.bus.publish([
      { id: reserved.eventId, topic: topicOf(reserved.eventType), body: reserved, headers: {} },
    ]);

    await vi.waitFor(
      () => expect(eventsOf(data.orderId)).toEqual(["order.created", "order.confirmed"]),
      soon,
    );
    expect((await call("GET", `/api/v1/orders/${data.orderId}`)).data).toMatchObject({
      status: "confirmed",
      totalAmount: 900,
      currency: "EUR",
    });
  });

  test("P8: Outage During Placement: Failure mode: Message bus down: orders are accepted and told when it is back", async () => {
    await platform.cutBus();
    const { status, data } = await place();
    expect(status).toBe(202);

    await platform.mendBus();
    await vi.waitFor(() => expect(eventsOf(data.orderId)).toEqual(["order.created"]), soon);
  });

  test("health shows each thing that order-service needs", async () => {
    const { status, data } = await call("GET", "/health");

    expect(status).toBe(200);
    expect(Object.keys(data.checks as object).toSorted()).toEqual([
      "auth-service",
      "bus",
      "database",
      "inventory-service",
      "user-service",
    ]);
  });

  test("without inventory-service the service is degraded, and ready all the same", async () => {
    platform.inventory.failWith(500);
    try {
      expect((await call("GET", "/health")).data).toMatchObject({
        status: "degraded",
        checks: { "inventory-service": { status: "down" } },
      });
      expect((await call("GET", "/health/ready")).status).toBe(200);
    } finally {
      platform.inventory.failWith(undefined);
    }
  });

  test("metrics tell orders by status, and how long the oldest has been pending", async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();

    expect(text).toMatch(/^orders_total\{.*status="confirmed".*\} 1$/m);
    expect(text).toMatch(/^orders_pending_oldest_seconds\{.*\} \d/m);
  });
});

test.each([
  "DATABASE_URL",
  "BUS_DATABASE_URL",
  "AUTH_URL",
  "INVENTORY_URL",
  "USER_URL",
])("without %s it does not start, and says so", async (name) => {
  const starting = serve({ ...platform.environment, [name]: undefined });

  await expect(starting).rejects.toThrow(EnvironmentError);
  await expect(starting).rejects.toThrow(name);
});
