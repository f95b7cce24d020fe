import { fileURLToPath } from "node:url";
import { verifyService } from "@speckit/cli/node";
import { encodeCursor } from "@speckit/service-kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contract, type OrderApp, openApp } from "./support/app.ts";
import { ada, pendingOrder } from "./support/shop.ts";

let shop: OrderApp;
let url: string;

beforeAll(async () => {
  shop = await openApp();
  url = await shop.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => shop.close());

test.each([
  ...contract.operations.keys(),
])("%s answers valid, boundary and invalid requests as its contract allows", async (operation) => {
  const { authorization } = await shop.auth.bearer(ada);
  const orderId = await pendingOrder(shop);

  const { findings, operations } = await verifyService({
    contract: fileURLToPath(new URL("../contracts/api-spec.yaml", import.meta.url)),
    url,
    operations: [operation],
    token: authorization.slice("Bearer ".length),
    // No schema says what is a cursor of a list and what only looks like one.
    values: { orderId, cursor: encodeCursor(["2026-11-23T10:10:00.000Z", orderId]) },
  });

  expect(findings).toEqual([]);
  expect(operations).toMatchObject([{ accepted: expect.toSatisfy((count) => count > 0), refused: 0 }]);
});
