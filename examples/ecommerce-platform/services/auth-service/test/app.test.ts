import { join } from "node:path";
import { buildContractApp, readContract } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authHandlers } from "../src/app.ts";
import { type AuthApp, authApp } from "./support/auth-app.ts";
import { serviceFolder } from "./support/auth-database.ts";

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

function build(handlers: ReturnType<typeof authHandlers>) {
  return buildContractApp({
    contract: readContract(join(serviceFolder, "contracts", "api-spec.yaml"), "auth-service"),
    handlers,
    checkToken: app.checkToken,
    health: {},
    log: silentLog(),
    metrics: testMetrics(),
  });
}

test("handlers and operations have the same names", async () => {
  const built = await build(authHandlers(app.dependencies));
  await built.close();
});

test("without a handler the service does not start", async () => {
  const { logOut, ...others } = authHandlers(app.dependencies);
  await expect(build(others)).rejects.toThrow("logOut");
});

test("with a handler that the contract does not know the service does not start", async () => {
  const { getJwks, ...others } = authHandlers(app.dependencies);
  await expect(
    build({ ...others, getJwks: getJwks as never, becomeAdministrator: getJwks as never }),
  ).rejects.toThrow("becomeAdministrator");
});
