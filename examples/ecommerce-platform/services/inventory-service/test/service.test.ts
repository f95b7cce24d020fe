import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { orders } from "./support/inventory.ts";
import { type Platform, startPlatform } from "./support/platform.ts";

const soon = { timeout: 20_000, interval: 20 };
let platform: Platform;
afterEach(() => platform.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${platform.service.url}${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as { data: Record<string, unknown> } };
}

test("P3: Stock Reservation, P7: Reservation Expiry: an order is answered, and without a confirmation released", async () => {
  platform = await startPlatform({ SEED_DEMO: "on", RESERVATION_SECONDS: "1" });
  const orderId = randomUUID();
  await platform.publish(orders.created(orderId, [{ sku: "TEA-100", quantity: 2 }]));
  await vi.waitFor(() => expect(platform.received).toHaveLength(2), soon);
  expect(platform.received).toMatchObject([
    { eventType: "inventory.stock.reserved", data: { orderId } },
    { eventType: "inventory.stock.released", data: { orderId, reason: "expired" } },
  ]);
  expect((await get("/api/v1/products/TEA-100")).body.data.available).toBe(1000);
});

test("P8: Scarce Stock: of 40 orders for the last 5 mugs five are reserved and each is answered once", async () => {
  platform = await startPlatform({ SEED_DEMO: "on" });
  const orderIds = Array.from({ length: 40 }, () => randomUUID());
  await platform.publish(
    ...orderIds.map((orderId) =>
      orders.created(orderId, [
        { sku: "TEA-100", quantity: 1 },
        { sku: "MUG-001", quantity: 1 },
      ]),
    ),
  );
  await vi.waitFor(() => expect(platform.received).toHaveLength(40), soon);
  expect(platform.received.map(({ data }) => String(data.orderId)).toSorted()).toEqual(orderIds.toSorted());
  const reserved = platform.received.filter(({ eventType }) => eventType === "inventory.stock.reserved");
  expect(reserved).toHaveLength(5);
  expect((await get("/api/v1/products/TEA-100")).body.data.available).toBe(995);
});

describe("Failure mode: Database down", () => {
  test("every operation answers 503, the service is alive and not ready, and messages are handled when it is back", async () => {
    platform = await startPlatform({ SEED_DEMO: "on" });
    const administrator = await platform.auth.bearer({ roles: ["administrator"] });
    await platform.database.cut();

    const statuses = await Promise.all([
      get("/api/v1/products"),
      get("/api/v1/products/TEA-100"),
      get("/api/v1/reservations", administrator),
      get(`/api/v1/reservations/${randomUUID()}`, administrator),
      get("/health/ready"),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    expect((await get("/health/live")).status).toBe(200);
    expect((await get("/health")).body.data).toMatchObject({
      status: "degraded",
      checks: { database: { status: "down" }, "auth-service": { status: "up" } },
    });

    const orderId = randomUUID();
    await platform.publish(orders.created(orderId, [{ sku: "TEA-100", quantity: 2 }]));
    await platform.database.mend();
    await vi.waitFor(() => expect(platform.received).toMatchObject([{ data: { orderId } }]), soon);
    await vi.waitFor(async () => expect((await get("/health/ready")).status).toBe(200), soon);
    expect(await platform.bus.deadLetters.list("inventory-service")).toEqual([]);
  });
});

test("health shows database, bus and auth-service, and readiness the database", async () => {
  platform = await startPlatform();
  const up = { status: "up" };
  expect((await get("/health")).body.data).toEqual({
    status: "up",
    service: "inventory-service",
    checks: { database: up, bus: up, "auth-service": up },
  });
  expect((await get("/health/ready")).body.data).toMatchObject({ checks: { database: up } });
  expect((await get("/health/live")).body.data).toEqual(up);
  // Orders wait for no token: the service is ready without auth-service.
  platform.auth.failWith(500);
  expect((await get("/health/ready")).status).toBe(200);
});
