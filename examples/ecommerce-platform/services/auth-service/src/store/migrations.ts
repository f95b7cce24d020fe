import type { Migration } from "@speckit/service-kit";

/** The tables of auth_db, beside those of service-kit. */
export const migrations: readonly Migration[] = [
  {
    id: "001-accounts",
    sql: `CREATE TABLE accounts (
            user_id uuid PRIMARY KEY,
            email text NOT NULL UNIQUE,
            password_hash text NOT NULL,
            roles text[] NOT NULL,
            created_at timestamptz NOT NULL
          )`,
  },
  {
    id: "002-sessions",
    sql: `CREATE TABLE sessions (
            session_id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
            created_at timestamptz NOT NULL,
            revoked_at timestamptz
          );
          CREATE INDEX sessions_open ON sessions (user_id) WHERE revoked_at IS NULL;
          CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
          CREATE TABLE refresh_tokens (
            token_hash bytea PRIMARY KEY,
            session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
            expires_at timestamptz NOT NULL,
            used_at timestamptz
          );
          CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);
          CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at)`,
  },
  {
    id: "003-signing-keys",
    sql: `CREATE TABLE signing_keys (
            kid text PRIMARY KEY,
            public_jwk jsonb NOT NULL,
            private_jwk_encrypted bytea NOT NULL,
            published_at timestamptz NOT NULL,
            signs_from timestamptz NOT NULL
          )`,
  },
  {
    id: "004-login-failures",
    sql: `CREATE TABLE login_failures (
            kind text NOT NULL CHECK (kind IN ('email', 'address')),
            value text NOT NULL,
            failed_at timestamptz NOT NULL
          );
          CREATE INDEX login_failures_of ON login_failures (kind, value, failed_at DESC);
          CREATE INDEX login_failures_by_age ON login_failures (failed_at)`,
  },
  {
    id: "005-password-resets",
    sql: `CREATE TABLE password_resets (
            reset_id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
            token_hash bytea NOT NULL UNIQUE,
            requested_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            used_at timestamptz
          );
          CREATE INDEX password_resets_of ON password_resets (user_id, requested_at);
          CREATE INDEX password_resets_by_age ON password_resets (requested_at)`,
  },
  {
    // No operation changes roles, so an operator does it here. Tokens that say the old ones must not outlive it.
    id: "006-changed-roles-end-sessions",
    sql: `CREATE FUNCTION end_sessions_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            UPDATE sessions SET revoked_at = now() WHERE user_id = NEW.user_id AND revoked_at IS NULL;
            RETURN NULL;
          END $$;
          CREATE TRIGGER changed_roles_end_sessions AFTER UPDATE OF roles ON accounts
            FOR EACH ROW WHEN (OLD.roles IS DISTINCT FROM NEW.roles) EXECUTE FUNCTION end_sessions_of_account()`,
  },
];
