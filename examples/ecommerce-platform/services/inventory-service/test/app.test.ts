import { buildContractApp, ContractMismatch } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { inventoryConsumers, inventoryHandlers } from "../src/app.ts";
import { contract } from "./support/app.ts";
import { contracts, type Inventory } from "./support/inventory.ts";

// Nothing is asked of it: these tests look at names only.
const dependencies = {} as Inventory;
const anybody = async () => ({ userId: "", email: "", roles: [], sessionId: "", token: "" });
const options = {
  contract,
  checkToken: Object.assign(anybody, { verifyOnly: anybody }),
  health: {},
  log: silentLog(),
  metrics: testMetrics(),
};

test("the app has a handler for each operation of the contract", async () => {
  const app = await buildContractApp({ ...options, handlers: inventoryHandlers(dependencies) });
  await app.close();
});

test("without the handler of an operation the app refuses to start", async () => {
  const { saveProduct: _, ...handlers } = inventoryHandlers(dependencies);
  await expect(buildContractApp({ ...options, handlers })).rejects.toThrow(ContractMismatch);
  await expect(buildContractApp({ ...options, handlers })).rejects.toThrow("saveProduct");
});

test("with a handler that the contract does not name the app refuses to start", async () => {
  const handlers = { ...inventoryHandlers(dependencies), deleteProduct: async () => ({}) };
  await expect(buildContractApp({ ...options, handlers })).rejects.toThrow("deleteProduct");
});

test("there is a consumer for each event whose contract names inventory-service", () => {
  const named = contracts.events.filter(({ consumers }) => consumers.includes("inventory-service"));
  const types = inventoryConsumers(dependencies).map(({ eventType }) => eventType);
  expect(types.toSorted()).toEqual(named.map(({ type }) => type).toSorted());
});
