import type { Bus } from "@speckit/service-kit";
import { Pool } from "pg";

/** A product whose pieces do not add up at some moment. */
export interface Miscount {
  readonly sku: string;
  readonly stock: number;
  readonly available: number;
  /** Sold, or reserved at that moment. */
  readonly held: number;
}

/** Things of one kind that are still on their way or came to nothing. */
export interface Unfinished {
  /** `order-service: pending orders` */
  readonly what: string;
  readonly number: number;
}

/** What no operation of the shop tells. */
export interface Inside {
  /** What there is of it; throws while something does not answer. */
  unfinished(): Promise<Unfinished[]>;
  /** Products of which there is a negative number, or not as many as there were less those sold or reserved: at one moment. */
  miscounts(stock: ReadonlyMap<string, number>): Promise<Miscount[]>;
  /** Deadlocks that PostgreSQL has ended, in the databases of all services, since it started. */
  deadlocks(): Promise<number>;
  close(): Promise<void>;
}

const publishers = ["auth-service", "user-service", "inventory-service", "order-service"];

export function lookInside({ bus, databaseUrl }: { bus: Bus; databaseUrl(service: string): string }): Inside {
  const pools = new Map(
    [...publishers, "notification-service"].map((name) => [name, openPool(databaseUrl(name))]),
  );
  const rowsOf = async <Row>(service: string, sql: string, values: unknown[] = []): Promise<Row[]> => {
    const pool = pools.get(service);
    return pool ? (await pool.query(sql, values)).rows : [];
  };
  const count = async (service: string, from: string): Promise<number> => {
    const [row] = await rowsOf<{ count: number }>(service, `SELECT count(*)::int AS count FROM ${from}`);
    return row?.count ?? 0;
  };
  const counted = async (service: string, what: string, from: string) => ({
    what: `${service}: ${what}`,
    number: await count(service, from),
  });

  return {
    async unfinished() {
      const counts = await Promise.all([
        counted("order-service", "pending orders", "orders WHERE status = 'pending'"),
        counted("inventory-service", "live reservations", "reservations WHERE status = 'live'"),
        counted("notification-service", "mails to send", "email_log WHERE status = 'queued'"),
        counted("notification-service", "mails given up", "email_log WHERE status = 'failed'"),
        ...publishers.map((name) => counted(name, "events in the outbox", "outbox")),
      ]);
      const queues = (await bus.depths()).flatMap(({ consumer, waiting, dead }) => [
        { what: `${consumer}: messages in its queue`, number: waiting },
        { what: `${consumer}: dead letters`, number: dead },
      ]);
      return [...counts, ...queues].filter(({ number }) => number > 0);
    },
    async miscounts(stock) {
      const rows = await rowsOf<Omit<Miscount, "stock">>("inventory-service", piecesOf, [[...stock.keys()]]);
      return rows
        .map((row) => ({ ...row, stock: stock.get(row.sku) ?? 0 }))
        .filter(({ stock, available, held }) => available < 0 || available + held !== stock);
    },
    async deadlocks() {
      const sql = "SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()";
      const all = await Promise.all(
        [...pools.keys()].map((service) => rowsOf<{ deadlocks: number }>(service, sql)),
      );
      return all.flat().reduce((sum, { deadlocks }) => sum + deadlocks, 0);
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

const piecesOf = `
  SELECT sku, available::int, coalesce((
    SELECT sum(quantity) FROM reservation_lines JOIN reservations USING (reservation_id)
    WHERE reservation_lines.sku = products.sku AND status IN ('live', 'sold')), 0)::int AS held
  FROM products WHERE sku = ANY($1)`;

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: 2000 });
  // The server is killed now and then; the next query opens another connection.
  pool.on("error", () => {});
  return pool;
}
