import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, openApp } from "../support/app.ts";
import { type Inventory, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
let app: App;
let reservationId = "";
const orderId = randomUUID();
beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
  await inventory.stock({ "TEA-100": 10 });
  await inventory.handle(orders.created(orderId, [{ sku: "TEA-100", quantity: 2 }]));
  reservationId = (await inventory.reservationOf(orderId))?.reservationId ?? "";
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

describe("P3: Stock Reservation: one reservation", () => {
  test("an administrator reads it", async () => {
    const { status, body } = await app.send({
      url: `/api/v1/reservations/${reservationId}`,
      as: "administrator",
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      reservationId,
      orderId,
      status: "live",
      items: [{ sku: "TEA-100", quantity: 2 }],
    });
  });

  test.each([
    { given: "an unknown id", id: () => randomUUID(), as: "administrator", status: 404 },
    { given: "a malformed id", id: () => "1%20OR%201=1", as: "administrator", status: 404 },
    { given: "a customer", id: () => reservationId, as: "customer", status: 403 },
    { given: "nobody", id: () => reservationId, as: undefined, status: 401 },
  ] as const)("$given answers $status", async ({ id, as, status }) => {
    expect((await app.send({ url: `/api/v1/reservations/${id()}`, as })).status).toBe(status);
  });
});
