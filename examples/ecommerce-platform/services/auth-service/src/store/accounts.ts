import { randomUUID } from "node:crypto";
import type { Database } from "@speckit/service-kit";
import type { Role, TokenOwner } from "../domain/account.ts";
import type { AuthTables } from "./tables.ts";

export interface Account extends TokenOwner {
  readonly passwordHash: string;
}

export interface AccountStore {
  /** `email` in lower case. */
  find(email: string): Promise<Account | undefined>;
  /** The id of the new account; undefined when the address has one already. */
  add(account: NewAccount, now: Date): Promise<string | undefined>;
}

export interface NewAccount {
  readonly email: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
}

export function createAccountStore({ db }: Database<AuthTables>): AccountStore {
  return {
    async find(email) {
      const row = await db.selectFrom("accounts").selectAll().where("email", "=", email).executeTakeFirst();
      return row && { userId: row.user_id, email, roles: row.roles, passwordHash: row.password_hash };
    },

    async add({ email, passwordHash, roles }, now) {
      const row = await db
        .insertInto("accounts")
        .values({
          user_id: randomUUID(),
          email,
          password_hash: passwordHash,
          roles: [...roles],
          created_at: now,
        })
        .onConflict((conflict) => conflict.column("email").doNothing())
        .returning("user_id")
        .executeTakeFirst();
      return row?.user_id;
    },
  };
}
