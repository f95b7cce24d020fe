import { type Environment, EnvironmentError, optional, required } from "@speckit/service-kit";
import { isLongEnough, rolesOfAdministrator, sameForAllCases } from "./domain/account.ts";
import type { Passwords } from "./hash-password.ts";
import type { AccountStore } from "./store/accounts.ts";

/** Whom the configuration names as the first administrator. */
export interface Administrator {
  readonly email: string;
  readonly password: string;
}

/** Reads ADMIN_EMAIL and ADMIN_PASSWORD. Throws `EnvironmentError` when they name somebody who could never log in. */
export function readAdministrator(environment: Environment): Administrator | undefined {
  const email = optional(environment, "ADMIN_EMAIL");
  if (!email) return undefined;
  const password = required(environment, "ADMIN_PASSWORD");
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new EnvironmentError("ADMIN_EMAIL is no e-mail address.");
  if (!isLongEnough(password)) throw new EnvironmentError("ADMIN_PASSWORD has less than 12 characters.");
  return { email: sameForAllCases(email), password };
}

export interface AdministratorDependencies {
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly clock: () => Date;
}

/** Creates the account unless there is one with this address; that one stays as it is. */
export async function createAdministrator(
  { email, password }: Administrator,
  { accounts, passwords, clock }: AdministratorDependencies,
): Promise<void> {
  if (await accounts.find(email)) return;
  const passwordHash = await passwords.hash(password);
  await accounts.add({ email, passwordHash, roles: rolesOfAdministrator }, clock());
}
