import { expect, test } from "vitest";
import { routesOf } from "../src/routes.ts";
import { contracts } from "./gateway-for-tests.ts";

const routes = routesOf(contracts);
const named = (operationId: string) => routes.find(({ operation }) => operation.operationId === operationId);

test("every operation of every contract has a route, but the probes", () => {
  const promised = contracts.flatMap(({ service, operations }) =>
    [...operations.keys()]
      .filter((id) => !/^get(Health|Liveness|Readiness)$/.test(id))
      .map((id) => `${service} ${id}`),
  );
  expect(routes.map(({ service, operation }) => `${service} ${operation.operationId}`)).toEqual(promised);
  expect(contracts.map(({ service }) => service)).toEqual([
    "auth-service",
    "inventory-service",
    "notification-service",
    "order-service",
    "user-service",
  ]);
});

test("what needs no token is what the platform promises to be public", () => {
  const open = routes
    .filter(({ operation }) => !operation.secured)
    .map(({ operation }) => operation.operationId);
  expect(open.sort()).toEqual([
    "confirmPasswordReset",
    "getJwks",
    "getProduct",
    "listProducts",
    "logIn",
    "refreshTokens",
    "registerAccount",
    "requestPasswordReset",
    "validateToken",
  ]);
});

test.each([
  { operationId: "placeOrder", bytes: 1024 * 1024 },
  { operationId: "uploadAvatar", bytes: 2 * 1024 * 1024 + 64 * 1024 },
])("$operationId takes bodies of $bytes bytes", ({ operationId, bytes }) => {
  expect(named(operationId)?.bodyLimitBytes).toBe(bytes);
});

test("parameters of paths become parameters of routes", () => {
  expect(named("cancelOrder")?.url).toBe("/api/v1/orders/:orderId/cancel");
});
