import { fileURLToPath } from "node:url";
import { createOutbox, type Database, readEventContracts } from "@speckit/service-kit";
import { testDatabase } from "@speckit/service-kit/testing";
import { type Account, createAccountStore } from "../../src/store/accounts.ts";
import { migrations } from "../../src/store/migrations.ts";
import type { AuthTables } from "../../src/store/tables.ts";

/** A fresh auth_db; `close` drops it. */
export function authDatabase(): Promise<Database<AuthTables>> {
  return testDatabase<AuthTables>(migrations);
}

export const serviceFolder = fileURLToPath(new URL("../..", import.meta.url));
const platformFolder = fileURLToPath(new URL("../../../..", import.meta.url));

export const contracts = readEventContracts(platformFolder);

export function authOutbox(clock?: () => Date) {
  return createOutbox({ contracts, service: "auth-service", ...(clock && { clock }) });
}

/** An account with a hash that is only compared, never verified. */
export async function register(database: Database<AuthTables>, email: string): Promise<Account> {
  const accounts = createAccountStore(database);
  await accounts.add({ email, passwordHash: `hash of ${email}`, roles: ["customer"] }, new Date(0));
  const account = await accounts.find(email);
  if (!account) throw new Error(`${email} is no account.`);
  return account;
}

/** 10:00:00 on a day in November, or as many milliseconds later. */
export function ten(laterMs = 0): Date {
  return new Date(Date.parse("2026-11-23T10:00:00Z") + laterMs);
}
