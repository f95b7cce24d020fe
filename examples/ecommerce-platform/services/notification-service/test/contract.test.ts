import { fileURLToPath } from "node:url";
import { verifyService } from "@speckit/cli/node";
import { encodeCursor } from "@speckit/service-kit";
import { expect, test } from "vitest";
import { listEntries } from "../src/store/email-log.ts";
import { contract, openApp } from "./support/log-app.ts";
import { ada, eventOf, openNotifications, orderId } from "./support/notifications.ts";

test.each([
  ...contract.operations.keys(),
])("%s answers valid, boundary and invalid requests as its contract allows", async (operation) => {
  const notifications = await openNotifications();
  await notifications.receive(eventOf("user.profile.created"), eventOf("order.rejected"));
  const everything = { userId: ada, orderId: undefined, template: undefined, after: undefined, limit: 1 };
  const [entry] = await listEntries(notifications.database.db, everything);
  const { app, auth } = await openApp(notifications.database);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const { authorization } = await auth.bearer({ userId: ada });

  const { findings, operations } = await verifyService({
    contract: fileURLToPath(new URL("../contracts/api-spec.yaml", import.meta.url)),
    url,
    operations: [operation],
    token: authorization.slice("Bearer ".length),
    values: {
      orderId,
      notificationId: entry?.notificationId ?? "",
      // No schema says what is a cursor of a list and what only looks like one.
      cursor: encodeCursor(["2026-11-23T10:10:00.000Z", orderId]),
    },
  });

  expect(findings).toEqual([]);
  expect(operations).toMatchObject([{ accepted: expect.toSatisfy((count) => count > 0), refused: 0 }]);
});
