import type { Migration } from "./migration.ts";

/** The tables that every service with events has, before its own. */
export const kitMigrations: readonly Migration[] = [
  {
    id: "kit-001-outbox",
    // Rows live for milliseconds: vacuum by count, not by a share of a table that is nearly empty.
    sql: `CREATE TABLE outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            event_id uuid NOT NULL,
            topic text NOT NULL,
            body text NOT NULL,
            headers text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now()
          ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  },
  {
    id: "kit-002-inbox",
    // Rows are only ever removed by age, in bulk: a block range index finds them and costs an insert nothing.
    sql: `CREATE TABLE inbox (
            event_id uuid PRIMARY KEY,
            received_at timestamptz NOT NULL DEFAULT now()
          );
          CREATE INDEX inbox_by_age ON inbox USING brin (received_at)`,
  },
];
