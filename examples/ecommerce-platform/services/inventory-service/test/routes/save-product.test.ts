import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Product } from "../../src/store/products.ts";
import { type App, openApp } from "../support/app.ts";
import { type Inventory, openInventory, orders } from "../support/inventory.ts";

let inventory: Inventory;
let app: App;
beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

const tea = { name: "Tea, 100 g", unitPrice: 450, currency: "EUR", available: 1000 };
const put = (sku: string, body: object, as: "administrator" | "customer" | undefined = "administrator") =>
  app.send({ method: "PUT", url: `/api/v1/products/${sku}`, as, body });

describe("P2: Product Maintenance", () => {
  test("an administrator creates a product with 201 and replaces it with 200", async () => {
    const created = await put("TEA-100", tea);
    expect(created).toMatchObject({ status: 201, body: { data: { sku: "TEA-100", ...tea } } });
    const replaced = await put("TEA-100", { ...tea, unitPrice: 500 });
    expect(replaced).toMatchObject({
      status: 200,
      body: { data: { sku: "TEA-100", ...tea, unitPrice: 500 } },
    });
    const { body } = await app.send({ url: "/api/v1/products/TEA-100" });
    expect(body.data).toEqual({ sku: "TEA-100", ...tea, unitPrice: 500 });
  });

  test.each([
    { who: "customer", status: 403 },
    { who: undefined, status: 401 },
  ] as const)("$who may not: $status, and nothing changes", async ({ who, status }) => {
    await put("TEA-200", tea);
    // No default here: nobody is somebody too.
    const answer = await app.send({
      method: "PUT",
      url: "/api/v1/products/TEA-200",
      as: who,
      body: { ...tea, unitPrice: 1 },
    });
    expect(answer.status).toBe(status);
    expect((await app.send<Product>({ url: "/api/v1/products/TEA-200" })).body.data.unitPrice).toBe(450);
  });

  test.each([
    { given: "a negative price", body: { ...tea, unitPrice: -1 }, path: "/unitPrice" },
    { given: "a price with a fraction", body: { ...tea, unitPrice: 4.5 }, path: "/unitPrice" },
    { given: "a price as text", body: { ...tea, unitPrice: "450" }, path: "/unitPrice" },
    { given: "a negative number of pieces", body: { ...tea, available: -1 }, path: "/available" },
    { given: "a currency in small letters", body: { ...tea, currency: "eur" }, path: "/currency" },
    { given: "a name with a line break", body: { ...tea, name: "Tea\n100 g" }, path: "/name" },
    { given: "no name", body: { unitPrice: 450, currency: "EUR", available: 1 }, path: "" },
    { given: "another sku in the body", body: { ...tea, sku: "MUG-001" }, path: "/sku" },
  ])("$given answers 422 and names the place", async ({ body, path }) => {
    const answer = await put("TEA-300", body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.path).join()).toContain(path);
    expect((await app.send({ url: "/api/v1/products/TEA-300" })).status).toBe(404);
  });

  test("without auth-service saving answers 503 and changes nothing", async () => {
    app.auth.failWith(500);
    expect((await put("TEA-400", tea)).status).toBe(503);
    app.auth.failWith(undefined);
    expect((await app.send({ url: "/api/v1/products/TEA-400" })).status).toBe(404);
  });
});

test("Failure mode: Price changed after placement: what is reserved stays as it was ordered", async () => {
  const orderId = randomUUID();
  await put("MUG-001", { ...tea, name: "Mug", available: 5 });
  await inventory.handle(orders.created(orderId, [{ sku: "MUG-001", quantity: 2 }]));
  const reserved = await inventory.told();
  await put("MUG-001", { ...tea, name: "Mug", unitPrice: 9900, available: 3 });
  await inventory.handle(orders.confirmed(orderId));
  expect(await inventory.reservationOf(orderId)).toMatchObject({
    status: "sold",
    lines: [{ sku: "MUG-001", quantity: 2 }],
  });
  // No price is kept here or told from here: an order's is order-service's, as it was placed.
  expect(await inventory.told()).toEqual(reserved);
  expect(JSON.stringify(reserved)).not.toContain("rice");
});
