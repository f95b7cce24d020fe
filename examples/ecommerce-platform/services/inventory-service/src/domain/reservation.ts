import type { Line, Shortage } from "./stock.ts";

export type ReservationStatus = "live" | "sold" | "released" | "rejected";

/** Stock held for an order, all lines or none. */
export interface Reservation {
  readonly reservationId: string;
  readonly orderId: string;
  readonly status: ReservationStatus;
  /** Sorted by sku; empty where nothing was ever reserved. */
  readonly lines: readonly Line[];
  /** Null where nothing was ever reserved. */
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type Held = Pick<Reservation, "status" | "lines">;

/** What a confirmation asks of a reservation: a late one finds it released and needs the stock again. */
export function onConfirmation({ status, lines }: Held): "sell" | "take-again" | "leave" {
  if (status === "live") return "sell";
  return status === "released" && lines.length > 0 ? "take-again" : "leave";
}

/** What a cancellation asks of a reservation; a sale is nobody's to take back. */
export function onCancellation({ status }: Held): "release" | "leave" {
  return status === "live" ? "release" : "leave";
}

/** `inventory.stock.reserved` */
export function stockReserved(
  orderId: string,
  reservationId: string,
  items: readonly Line[],
  expiresAt: Date,
) {
  return {
    type: "inventory.stock.reserved",
    data: { orderId, reservationId, items, expiresAt: expiresAt.toISOString() },
  };
}

/** `inventory.stock.rejected` */
export function stockRejected(
  orderId: string,
  reason: "unknown-sku" | "insufficient-stock" | "reservation-expired",
  unavailableItems: readonly Shortage[],
) {
  return { type: "inventory.stock.rejected", data: { orderId, reason, unavailableItems } };
}

/** `inventory.stock.released` */
export function stockReleased(
  { orderId, reservationId, lines }: Pick<Reservation, "orderId" | "reservationId" | "lines">,
  reason: "expired" | "cancelled",
  releasedAt: Date,
) {
  return {
    type: "inventory.stock.released",
    data: { orderId, reservationId, items: lines, reason, releasedAt: releasedAt.toISOString() },
  };
}
