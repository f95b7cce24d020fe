import type { Migration } from "@speckit/service-kit";
import type { ReservationStatus } from "../domain/reservation.ts";

/** The tables of inventory_db; those of service-kit (outbox, inbox) stand beside them. Prices are in minor units. */
export interface InventoryTables {
  products: { sku: string; name: string; unit_price: number; currency: string; available: number };
  reservations: {
    reservation_id: string;
    order_id: string;
    status: ReservationStatus;
    expires_at: Date | null;
    created_at: Date;
    updated_at: Date;
  };
  reservation_lines: { reservation_id: string; sku: string; quantity: number };
}

export const migrations: readonly Migration[] = [
  {
    id: "001-products",
    // Collation "C" sorts by code unit, on every machine alike: pages and locks depend on the order. Room in each page keeps a new version
    // of a row beside the old one, so that taking stock touches no index.
    sql: `CREATE TABLE products (
            sku text COLLATE "C" PRIMARY KEY,
            name text NOT NULL,
            unit_price bigint NOT NULL CHECK (unit_price >= 0),
            currency text NOT NULL,
            available bigint NOT NULL CHECK (available >= 0)
          ) WITH (fillfactor = 50)`,
  },
  {
    id: "002-reservations",
    // Lines do not reference products: the check would lock the row of a product for each order of it, and products are never deleted.
    sql: `CREATE TABLE reservations (
            reservation_id uuid PRIMARY KEY,
            order_id uuid NOT NULL UNIQUE,
            status text NOT NULL CHECK (status IN ('live', 'sold', 'released', 'rejected')),
            expires_at timestamptz,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            CHECK (status <> 'live' OR expires_at IS NOT NULL)
          );
          CREATE INDEX reservations_to_expire ON reservations (expires_at) WHERE status = 'live';
          CREATE INDEX reservations_by_age ON reservations (created_at DESC, reservation_id DESC);
          CREATE TABLE reservation_lines (
            reservation_id uuid NOT NULL REFERENCES reservations,
            sku text COLLATE "C" NOT NULL,
            quantity bigint NOT NULL CHECK (quantity > 0),
            PRIMARY KEY (reservation_id, sku)
          )`,
  },
];
