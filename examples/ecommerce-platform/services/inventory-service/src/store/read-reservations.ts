import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Reservation, ReservationStatus } from "../domain/reservation.ts";
import type { InventoryTables } from "./migrations.ts";
import { reservationColumns } from "./reservations.ts";

/** Where a page begins: after this reservation, which itself was on the page before. */
export type ReservationPlace = Pick<Reservation, "createdAt" | "reservationId">;

export interface ReservationQuery {
  readonly orderId: string | undefined;
  readonly status: ReservationStatus | undefined;
  readonly after: ReservationPlace | undefined;
  readonly limit: number;
}

/** The reservations that match, newest first. */
export function listReservations(
  db: Kysely<InventoryTables>,
  { orderId, status, after, limit }: ReservationQuery,
): Promise<Reservation[]> {
  const conditions = [
    sql`true`,
    ...(orderId === undefined ? [] : [sql`order_id = ${orderId}`]),
    ...(status === undefined ? [] : [sql`status = ${status}`]),
    ...(after
      ? [sql`(created_at, reservation_id) < (${after.createdAt}::timestamptz, ${after.reservationId}::uuid)`]
      : []),
  ];
  return read(
    db,
    sql`WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, reservation_id DESC LIMIT ${limit}`,
  );
}

export async function findReservation(
  db: Kysely<InventoryTables>,
  reservationId: string,
): Promise<Reservation | undefined> {
  const [reservation] = await read(db, sql`WHERE reservation_id = ${reservationId}`);
  return reservation;
}

async function read(db: Kysely<InventoryTables>, which: RawBuilder<unknown>): Promise<Reservation[]> {
  const { rows } = await sql<Reservation>`SELECT ${reservationColumns} FROM reservations ${which}`.execute(
    db,
  );
  return rows;
}
