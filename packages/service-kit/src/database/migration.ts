import { createHash } from "node:crypto";
import type { ClientBase } from "pg";

/** A step of a database's schema. Once applied anywhere, its text stays as it is; what comes after is a new migration. */
export interface Migration {
  /** Unique in its service, and sorted as it is applied by the order of the list, e.g. `001-orders`. */
  readonly id: string;
  /** One or more statements; they run in one transaction. */
  readonly sql: string;
}

/** An applied migration has another text now: the schema would depend on when a database was made. */
export class MigrationChanged extends Error {
  override readonly name = "MigrationChanged";
}

// Two instances that start together must not migrate together. Any constant does, as long as all versions agree on it.
const migrationLock = 7_241_600_001;

/** Runs `work` while nobody else does so in this database. The lock is the session's: a call within `work` is let through. */
export async function underMigrationLock(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
  try {
    await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]);
  }
}

/** Applies what is missing, in order, each in its own transaction, one instance after the other. Throws `MigrationChanged`. */
export async function migrate(client: ClientBase, migrations: readonly Migration[]): Promise<void> {
  await underMigrationLock(client, async () => {
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migration (
      id text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const { rows } = await client.query<{ id: string; hash: string }>(
      "SELECT id, hash FROM schema_migration",
    );
    const applied = new Map(rows.map(({ id, hash }) => [id, hash]));
    for (const migration of migrations) await applyOnce(client, migration, applied);
  });
}

async function applyOnce(client: ClientBase, { id, sql }: Migration, applied: ReadonlyMap<string, string>) {
  const hash = createHash("sha256").update(sql).digest("hex");
  const before = applied.get(id);
  if (before === hash) return;
  if (before !== undefined) {
    throw new MigrationChanged(
      `The migration ${id} was applied with another text. Leave it as it was and add a new one.`,
    );
  }

  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query("INSERT INTO schema_migration (id, hash) VALUES ($1, $2)", [id, hash]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
