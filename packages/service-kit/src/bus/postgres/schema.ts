import type { ClientBase } from "pg";
import pg from "pg";
import { type Migration, migrate, underMigrationLock } from "../../database/migration.ts";
import type { Binding } from "../bus.ts";

// Rows come and go by the thousand: vacuum by count, not by a share of a table that is nearly empty.
const busy = "WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)";

const migrations: readonly Migration[] = [
  {
    id: "bus-001-tables",
    // A message is stored once for each consumer. `held_by` names the lease of who works on it (see lease.ts); `losses` counts how often
    // a holder disappeared.
    sql: `
      CREATE TABLE binding (topic text, consumer text, PRIMARY KEY (topic, consumer));
      CREATE TABLE message (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        consumer text NOT NULL,
        message_id text NOT NULL,
        topic text NOT NULL,
        body text NOT NULL,
        headers text NOT NULL,
        attempt integer NOT NULL DEFAULT 1,
        losses integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        held_by integer
      ) ${busy};
      CREATE INDEX message_due ON message (consumer, due_at, id) WHERE held_by IS NULL;
      CREATE INDEX message_held ON message (held_by) WHERE held_by IS NOT NULL;
      CREATE TABLE dead_letter (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        consumer text NOT NULL,
        message_id text NOT NULL,
        topic text NOT NULL,
        body text NOT NULL,
        headers text NOT NULL,
        attempts integer NOT NULL,
        reason text NOT NULL,
        failed_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX dead_letter_of_consumer ON dead_letter (consumer, id);
      CREATE SEQUENCE holder AS integer CYCLE`,
  },
];

/** The schema that keeps one platform's bus apart from another's in the same database. */
export function schemaOf(prefix = ""): string {
  return `${prefix}bus`;
}

/** Makes the tables, and notes who receives what. Bindings are only ever added: an older version of a service may still run. */
export async function declareBus(
  client: ClientBase,
  schema: string,
  topology: readonly Binding[],
): Promise<void> {
  await underMigrationLock(client, async () => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
    await migrate(client, migrations);
  });
  const bindings = topology.flatMap(({ consumer, topics }) => topics.map((topic) => ({ consumer, topic })));
  await client.query(
    "INSERT INTO binding (topic, consumer) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING",
    [bindings.map(({ topic }) => topic), bindings.map(({ consumer }) => consumer)],
  );
}
