import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ContractRequest, judgeAnswer, operationsIn, requestsFor } from "@speckit/cli";
import { encodeCursor } from "@speckit/service-kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "./support/app.ts";
import { type Inventory, openInventory, orders } from "./support/inventory.ts";

const file = "contracts/api-spec.yaml";
const operations = operationsIn({ file, text: readFileSync(new URL(`../${file}`, import.meta.url), "utf8") });

let inventory: Inventory;
let app: App;
let known: Record<string, string>;
beforeAll(async () => {
  inventory = await openInventory();
  app = await openApp(inventory);
  await inventory.stock({ "MUG-001": 5, "TEA-100": 1000 });
  const orderId = randomUUID();
  await inventory.handle(orders.created(orderId, [{ sku: "TEA-100", quantity: 2 }]));
  await inventory.handle(orders.created(randomUUID(), [{ sku: "MUG-001", quantity: 6 }]));
  const reservationId = (await inventory.reservationOf(orderId))?.reservationId ?? "";
  known = {
    sku: "TEA-100",
    orderId,
    reservationId,
    // No schema says what is a cursor of a list and what only looks like one.
    "listProducts.cursor": encodeCursor(["MUG-001"]),
    "listReservations.cursor": encodeCursor([inventory.clock().toISOString(), reservationId]),
  };
});
afterAll(async () => {
  await app.close();
  await inventory.close();
});

async function answerTo({ method, path, headers, body, credentials }: ContractRequest) {
  const bearer = credentials === "sent" ? await app.auth.bearer(administrator) : {};
  const answer = await app.app.inject({
    method: method as "GET",
    url: path,
    headers: { ...headers, ...bearer },
    ...(body !== undefined && { payload: Buffer.from(body as string) }),
  });
  const answered = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode, headers: Object.fromEntries(answered), body: answer.body };
}

describe("the contract", () => {
  test("has the operations of the spec", () => {
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual([
      "getHealth",
      "getLiveness",
      "getProduct",
      "getReadiness",
      "getReservation",
      "listProducts",
      "listReservations",
      "saveProduct",
    ]);
  });

  test.each(
    operations,
  )("$operationId answers valid, boundary and invalid requests as it says", async (operation) => {
    const accepted = { valid: 0, boundary: 0, invalid: 0 };
    const wrong: string[] = [];
    for (const request of requestsFor(operation, { values: known })) {
      const answer = await answerTo(request);
      if (answer.status < 300) accepted[request.kind] += 1;
      wrong.push(...judgeAnswer(operation, answer, request).map(({ message }) => message));
    }
    expect(wrong).toEqual([]);
    expect(accepted).toMatchObject({ valid: expect.toSatisfy((count) => count > 0), invalid: 0 });
  });
});
