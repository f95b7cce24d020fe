import { sql, type Transaction } from "kysely";
import type { Reservation, ReservationStatus } from "../domain/reservation.ts";
import type { Line, Stock } from "../domain/stock.ts";
import type { InventoryTables } from "./migrations.ts";
import { type HeldRow, stockOf, taking } from "./stock.ts";

type Trx = Transaction<InventoryTables>;

export interface NewReservation {
  readonly reservationId: string;
  readonly orderId: string;
  /** Each sku once. */
  readonly lines: readonly Line[];
  readonly now: Date;
  readonly expiresAt: Date;
}

/**
 * Makes a live reservation of an order and takes its lines off the stock, all or none, in one statement: the rows of popular products stay
 * locked from here to the commit. Says what stock there was; where that does not suffice, nothing was taken and the reservation is still to
 * be rejected. Undefined when the order has a reservation.
 */
export async function reserve(
  trx: Trx,
  { reservationId, orderId, lines, now, expiresAt }: NewReservation,
): Promise<Stock | undefined> {
  const { rows } = await sql<HeldRow | { readonly sku: null }>`
    WITH claimed AS (
      INSERT INTO reservations (reservation_id, order_id, status, expires_at, created_at, updated_at)
      VALUES (${reservationId}, ${orderId}, 'live', ${expiresAt}, ${now}, ${now})
      ON CONFLICT (order_id) DO NOTHING
      RETURNING reservation_id
    ),
    ${taking(lines, sql`EXISTS (SELECT FROM claimed)`)},
    kept AS (
      INSERT INTO reservation_lines SELECT reservation_id, sku, quantity FROM claimed, taken
    )
    SELECT sku, available FROM claimed LEFT JOIN held ON true`.execute(trx);
  return rows.length === 0 ? undefined : stockOf(rows.filter((row) => row.sku !== null));
}

/** Ends a reservation that was made without any stock. */
export async function rejectEmpty(trx: Trx, reservationId: string): Promise<void> {
  await trx
    .updateTable("reservations")
    .set({ status: "rejected", expires_at: null })
    .where("reservation_id", "=", reservationId)
    .execute();
}

/** Stores a released reservation without lines, so that nothing is ever reserved for the order; false when the order has a reservation. */
export async function rememberCancellation(
  trx: Trx,
  { reservationId, orderId, now }: Pick<NewReservation, "reservationId" | "orderId" | "now">,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("reservations")
    .values({
      reservation_id: reservationId,
      order_id: orderId,
      status: "released",
      expires_at: null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column("order_id").doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** The reservation of an order, which nobody else changes until the transaction ends. */
export async function lockReservation(trx: Trx, orderId: string): Promise<Reservation | undefined> {
  const { rows } = await sql<Reservation>`
    SELECT ${reservationColumns} FROM reservations WHERE order_id = ${orderId} FOR UPDATE`.execute(trx);
  return rows[0];
}

/** Makes sales of the live reservations of orders, and tells of which orders. */
export async function sellLive(
  trx: Trx,
  orderIds: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly orderId: string }>`
    UPDATE reservations SET status = 'sold', updated_at = ${now}
    WHERE order_id = ANY(${orderIds}::uuid[]) AND status = 'live'
    RETURNING order_id AS "orderId"`.execute(trx);
  return new Set(rows.map(({ orderId }) => orderId));
}

/** Changes the status of a reservation that was locked before. */
export async function changeStatus(trx: Trx, reservationId: string, status: ReservationStatus, now: Date) {
  await trx
    .updateTable("reservations")
    .set({ status, updated_at: now })
    .where("reservation_id", "=", reservationId)
    .execute();
}

/**
 * Releases live reservations that expired before `now`, the oldest `limit` of them, and tells which. Those that somebody else works on are left out:
 * another instance releases them, or a confirmation sells them.
 */
export async function releaseExpiredBefore(trx: Trx, now: Date, limit: number): Promise<Reservation[]> {
  const { rows } = await sql<Reservation>`
    WITH expired AS (
      SELECT reservation_id FROM reservations WHERE status = 'live' AND expires_at < ${now}
      ORDER BY expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE reservations SET status = 'released', updated_at = ${now}
    FROM expired WHERE reservations.reservation_id = expired.reservation_id
    RETURNING ${reservationColumns}`.execute(trx);
  return rows;
}

/** A row of `reservations` with its lines, as `Reservation` has them. */
export const reservationColumns = sql`
  reservations.reservation_id AS "reservationId", order_id AS "orderId", status,
  coalesce((
    SELECT json_agg(json_build_object('sku', sku, 'quantity', quantity) ORDER BY sku)
    FROM reservation_lines WHERE reservation_lines.reservation_id = reservations.reservation_id
  ), '[]') AS lines,
  expires_at AS "expiresAt", created_at AS "createdAt", updated_at AS "updatedAt"`;
