import { setTimeout as pause } from "node:timers/promises";
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { correlation } from "../telemetry/correlation.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { kitMigrations } from "./kit-migrations.ts";
import { type Migration, migrate } from "./migration.ts";
import { watchPool } from "./pool-metrics.ts";
import { QuickClient } from "./quick-client.ts";
import { isDatabaseUnavailable } from "./unavailable.ts";

export interface Database<Tables> {
  readonly db: Kysely<Tables>;
  readonly pool: pg.Pool;
  /** Commits when `work` resolves, rolls back and throws on when it throws, or when whoever asked has been answered for want of time. */
  transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Calls `listener` after each commit of `transaction`, with what `work` was given; returns how to end that. */
  onCommit(listener: (trx: object) => void): () => void;
  /** Throws unless the server answers a query. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Shown to the server as the name of the application, and in metrics. */
  readonly service: string;
  readonly migrations: readonly Migration[];
  /** Connections, 10 unless said otherwise. */
  readonly poolSize?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
}

const startingMs = 30_000;

/**
 * Opens a service's database and brings its tables up to date: first the kit's own (outbox, inbox), then `migrations`, in order. Waits up to
 * 30 s for a server that is starting. `bigint` columns are read as numbers, exact up to 2^53. Throws what `pg` says when the server stays
 * away or refuses, and `MigrationChanged`.
 */
export async function openDatabase<Tables>(options: DatabaseOptions): Promise<Database<Tables>> {
  const { log, metrics } = options;
  const pool = openPool(options);
  // An idle connection that breaks is replaced when the next query needs one. `pg` hangs the whole client on the error.
  pool.on(
    "error",
    ({ message }) => !pool.ending && log.warn({ reason: message }, "a connection to the database broke"),
  );
  // One that breaks in a transaction, between two statements, fails the next of them; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrateWhenReady(pool, [...kitMigrations, ...options.migrations], log);
  } catch (error) {
    await pool.end();
    throw error;
  }

  watchPool(pool, metrics);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listeners = new Set<(trx: object) => void>();
  return {
    db,
    pool,
    async transaction(work) {
      let used: object = db;
      const result = await db.transaction().execute(async (trx) => {
        used = trx;
        const done = await work(trx);
        correlation.current().signal?.throwIfAborted();
        return done;
      });
      for (const listener of listeners) listener(used);
      return result;
    },
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async check() {
      await pool.query("SELECT 1");
    },
    close: () => db.destroy(),
  };
}

function openPool({ url, service, poolSize = 10 }: DatabaseOptions): pg.Pool {
  return new pg.Pool({
    Client: QuickClient,
    connectionString: url,
    application_name: service,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A process that hangs between two statements must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser: typeParser },
  });
}

/** Amounts and counts fit a number: contracts limit them to 10^15. */
function typeParser(oid: number, format?: "text" | "binary") {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as "text");
}

async function migrateWhenReady(pool: pg.Pool, migrations: readonly Migration[], log: Logger): Promise<void> {
  const deadline = Date.now() + startingMs;
  for (;;) {
    try {
      return await onOneConnection(pool, (client) => migrate(client, migrations));
    } catch (error) {
      if (!isDatabaseUnavailable(error) || Date.now() > deadline) throw error;
      log.info("waiting for the database");
      await pause(250);
    }
  }
}

async function onOneConnection(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await work(client);
    client.release();
  } catch (error) {
    // The session may still hold the lock or an open transaction.
    client.release(true);
    throw error;
  }
}
