import type { Migration } from "@speckit/service-kit";
import type { ColumnType, Generated } from "kysely";
import type { OrderStatus } from "../domain/order-status.ts";

/** The tables of order_db; those of service-kit (outbox, inbox) stand beside them. Amounts are in minor units. */
export interface OrderTables {
  orders: {
    order_id: string;
    user_id: string;
    customer_email: string;
    status: OrderStatus;
    reason: string | null;
    total_amount: number | null;
    currency: string | null;
    reservation_id: string | null;
    order_date: ColumnType<Date, Date, never>;
    updated_at: Date;
  };
  order_lines: {
    order_id: string;
    position: number;
    sku: string;
    quantity: number;
    unit_price: number | null;
  };
  idempotency_keys: {
    user_id: string;
    key: string;
    body_hash: Buffer;
    order_id: string;
    created_at: Generated<Date>;
  };
  user_cache: {
    user_id: string;
    first_name: string | null;
    last_name: string | null;
    profile_version: number;
  };
}

export const migrations: readonly Migration[] = [
  {
    id: "001-orders",
    sql: `CREATE TABLE orders (
            order_id uuid PRIMARY KEY,
            user_id uuid NOT NULL,
            customer_email text NOT NULL,
            status text NOT NULL CHECK (status IN ('pending', 'confirmed', 'rejected', 'cancelled')),
            reason text,
            total_amount bigint CHECK (total_amount >= 0),
            currency text,
            reservation_id uuid,
            order_date timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            CHECK ((reason IS NULL) = (status IN ('pending', 'confirmed'))),
            CHECK (status <> 'confirmed' OR reservation_id IS NOT NULL),
            CHECK ((total_amount IS NULL) = (currency IS NULL))
          );
          CREATE INDEX orders_of_user ON orders (user_id, order_date DESC, order_id DESC);
          -- Small whatever the history: the alert on pending orders asks it all the time.
          CREATE INDEX orders_pending ON orders (order_date) WHERE status = 'pending';
          CREATE TABLE order_lines (
            order_id uuid NOT NULL REFERENCES orders,
            position smallint NOT NULL,
            sku text NOT NULL,
            quantity integer NOT NULL CHECK (quantity > 0),
            unit_price bigint CHECK (unit_price >= 0),
            PRIMARY KEY (order_id, position)
          )`,
  },
  {
    id: "002-idempotency-keys",
    // Rows are only ever removed by age, in bulk: a block range index finds them and costs an insert nothing.
    sql: `CREATE TABLE idempotency_keys (
            user_id uuid NOT NULL,
            key text NOT NULL,
            body_hash bytea NOT NULL,
            order_id uuid NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (user_id, key)
          );
          CREATE INDEX idempotency_keys_by_age ON idempotency_keys USING brin (created_at)`,
  },
  {
    id: "003-user-cache",
    // A deleted profile keeps its row without names, so that older news cannot bring them back.
    sql: `CREATE TABLE user_cache (
            user_id uuid PRIMARY KEY,
            first_name text,
            last_name text,
            profile_version bigint NOT NULL,
            CHECK ((first_name IS NULL) = (last_name IS NULL))
          )`,
  },
];
