import { fileURLToPath } from "node:url";
import {
  buildContractApp,
  createClient,
  createTokenCheck,
  type Database,
  readContract,
} from "@speckit/service-kit";
import { fakeAuth, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { onTestFinished } from "vitest";
import { notificationHandlers } from "../../src/app.ts";
import type { NotificationTables } from "../../src/store/migrations.ts";

export const contract = readContract(
  fileURLToPath(new URL("../../contracts/api-spec.yaml", import.meta.url)),
  "notification-service",
);

/** The app on a database, with an auth-service that believes tokens of its own. */
export async function openApp(database: Database<NotificationTables>) {
  const auth = await fakeAuth();
  const log = silentLog();
  const metrics = testMetrics();
  const client = createClient({ name: "auth-service", baseUrl: auth.url, log, metrics });
  const app = await buildContractApp({
    contract,
    handlers: notificationHandlers({ database }),
    checkToken: createTokenCheck({
      auth: client,
      issuer: "auth-service",
      audience: "ecommerce-platform",
      log,
      metrics,
    }),
    health: { database: { check: () => database.check(), readiness: true } },
    log,
    metrics,
  });
  onTestFinished(async () => {
    await app.close();
    await client.close();
    await auth.close();
  });
  return { app, auth };
}
