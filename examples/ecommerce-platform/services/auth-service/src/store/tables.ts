import type { Role } from "../domain/account.ts";
import type { FailureKind } from "../domain/lock-out.ts";

/** The tables that `migrations` make. */
export interface AuthTables {
  accounts: AccountsTable;
  sessions: SessionsTable;
  refresh_tokens: RefreshTokensTable;
  signing_keys: SigningKeysTable;
  login_failures: LoginFailuresTable;
  password_resets: PasswordResetsTable;
}

interface AccountsTable {
  user_id: string;
  /** In lower case. */
  email: string;
  /** As argon2 writes it, with its parameters and salt. */
  password_hash: string;
  roles: Role[];
  created_at: Date;
}

interface SessionsTable {
  session_id: string;
  user_id: string;
  created_at: Date;
  revoked_at: Date | null;
}

interface RefreshTokensTable {
  token_hash: Buffer;
  session_id: string;
  expires_at: Date;
  used_at: Date | null;
}

interface SigningKeysTable {
  kid: string;
  public_jwk: { readonly x: string; readonly y: string };
  private_jwk_encrypted: Buffer;
  published_at: Date;
  signs_from: Date;
}

interface LoginFailuresTable {
  kind: FailureKind;
  value: string;
  failed_at: Date;
}

interface PasswordResetsTable {
  reset_id: string;
  user_id: string;
  token_hash: Buffer;
  requested_at: Date;
  expires_at: Date;
  used_at: Date | null;
}
