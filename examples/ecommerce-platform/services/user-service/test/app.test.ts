import { buildContractApp, ContractMismatch } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { userHandlers } from "../src/app.ts";
import { acceptUploads } from "../src/read-upload.ts";
import { contract } from "./support/app.ts";
import type { Users } from "./support/users.ts";

// Nothing is asked of it: these tests look at names only.
const dependencies = {} as Users;
const anybody = async () => ({ userId: "", email: "", roles: [], sessionId: "", token: "" });
const options = () => ({
  contract,
  checkToken: Object.assign(anybody, { verifyOnly: anybody }),
  health: {},
  configure: acceptUploads,
  log: silentLog(),
  metrics: testMetrics(),
});

test("the app has a handler for each operation of the contract", async () => {
  const app = await buildContractApp({ ...options(), handlers: userHandlers(dependencies) });
  await app.close();
});

test("without the handler of an operation the app refuses to start", async () => {
  const { uploadAvatar: _, ...handlers } = userHandlers(dependencies);
  await expect(buildContractApp({ ...options(), handlers })).rejects.toThrow(ContractMismatch);
  await expect(buildContractApp({ ...options(), handlers })).rejects.toThrow("uploadAvatar");
});

test("with a handler that the contract does not name the app refuses to start", async () => {
  const handlers = { ...userHandlers(dependencies), setRoles: async () => ({}) };
  await expect(buildContractApp({ ...options(), handlers })).rejects.toThrow("setRoles");
});
