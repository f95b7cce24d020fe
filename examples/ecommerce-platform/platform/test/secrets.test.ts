import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSecrets } from "../src/secrets.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "shop-secrets-"));
});
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }));

test("are made once, are no two alike, and are for nobody else to read", () => {
  const secrets = keepSecrets(dataDir, ["auth_service", "order_service"]);
  expect(keepSecrets(dataDir, ["auth_service", "order_service"])).toEqual(secrets);
  const all = [
    secrets.authSecret,
    secrets.administratorPassword,
    ...Object.values(secrets.databasePasswords),
  ];
  expect(new Set(all).size).toBe(4);
  expect(Math.min(...all.map(({ length }) => length))).toBeGreaterThanOrEqual(16);
  expect(fs.readdirSync(dataDir)).toEqual(["secrets.json"]);
  expect(fs.statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("of a role that is new are added to those that are known", () => {
  const before = keepSecrets(dataDir, ["auth_service"]);
  const after = keepSecrets(dataDir, ["auth_service", "order_service"]);
  expect(after.databasePasswords.auth_service).toBe(before.databasePasswords.auth_service);
  expect(after.databasePasswords.order_service).toBeTruthy();
});
