import { expect, test } from "vitest";
import { type Dependencies, orderConsumers, orderHandlers } from "../src/app.ts";
import type { OrderStore } from "../src/store/orders.ts";
import { contract } from "./support/app.ts";
import { contracts } from "./support/shop.ts";

const healthOperations = ["getHealth", "getLiveness", "getReadiness"];

test("there is one handler for each operation of the contract that service-kit does not serve itself", () => {
  const handlers = orderHandlers({} as Dependencies);

  expect([...Object.keys(handlers), ...healthOperations].toSorted()).toEqual(
    [...contract.operations.keys()].toSorted(),
  );
});

test("there is one consumer for each event that names order-service", () => {
  const expected = contracts.events.filter(({ consumers }) => consumers.includes("order-service"));

  expect(
    orderConsumers({} as OrderStore)
      .map(({ eventType }) => eventType)
      .toSorted(),
  ).toEqual(expected.map(({ type }) => type).toSorted());
});
