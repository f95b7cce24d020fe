import type { Database, Metrics } from "@speckit/service-kit";
import { sql } from "kysely";
import type { OrderStatus } from "./domain/order-status.ts";
import type { OrderTables } from "./store/migrations.ts";

/** Counts an order that reached a status. */
export type CountOrder = (status: OrderStatus) => void;

/**
 * Measures orders: `orders_total` by the status they reached since this process started, `orders_pending`, and
 * `orders_pending_oldest_seconds`, on which the alert "Pending orders" of the constitution rests. The last two are asked
 * of the database when somebody reads them, so each instance tells the same; NaN when it does not answer.
 */
export function countOrders(database: Pick<Database<OrderTables>, "db">, metrics: Metrics): CountOrder {
  const total = metrics.counter({
    name: "orders_total",
    help: "Orders that reached a status.",
    labelNames: ["status"],
  });
  const asked = (name: string, help: string, read: (pending: Pending) => number) =>
    metrics.gauge({
      name,
      help,
      async collect() {
        this.set(await readPending(database).then(read, () => Number.NaN));
      },
    });
  asked("orders_pending", "Orders that are pending.", ({ count }) => count);
  asked(
    "orders_pending_oldest_seconds",
    "Age of the oldest pending order, 0 when none is pending.",
    ({ oldestSeconds }) => oldestSeconds,
  );
  return (status) => total.inc({ status });
}

interface Pending {
  readonly count: number;
  readonly oldestSeconds: number;
}

async function readPending({ db }: Pick<Database<OrderTables>, "db">): Promise<Pending> {
  const { rows } = await sql<Pending>`
    SELECT count(*) AS count,
           coalesce(extract(epoch FROM clock_timestamp() - min(order_date)), 0)::float8 AS "oldestSeconds"
    FROM orders WHERE status = 'pending'`.execute(db);
  return rows[0] ?? { count: 0, oldestSeconds: 0 };
}
