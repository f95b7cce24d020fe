import { buildContractApp, ContractMismatch } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { notificationConsumers, notificationHandlers } from "../src/app.ts";
import { contract } from "./support/log-app.ts";
import { contracts, openNotifications } from "./support/notifications.ts";

test("handlers and operations of the contract have the same names, else the app refuses to start", async () => {
  const { database } = await openNotifications();
  const handlers = notificationHandlers({ database });
  const build = (some: typeof handlers) =>
    buildContractApp({
      contract,
      handlers: some,
      checkToken: Object.assign(() => Promise.reject(new Error("nobody asks")), {
        verifyOnly: () => Promise.reject(new Error("nobody asks")),
      }),
      health: {},
      log: silentLog(),
      metrics: testMetrics(),
    });

  await (await build(handlers)).close();
  const { getNotification: _, ...fewer } = handlers;
  await expect(build(fewer)).rejects.toThrow(ContractMismatch);
  await expect(build({ ...handlers, sendMail: async () => ({}) })).rejects.toThrow(ContractMismatch);
});

test("there is a consumer for each event whose contract names the service", () => {
  const named = contracts.events.filter(({ consumers }) => consumers.includes("notification-service"));
  const consumers = notificationConsumers({ clock: () => new Date() });
  expect(consumers.map(({ eventType }) => eventType).sort()).toEqual(named.map(({ type }) => type).sort());
});
