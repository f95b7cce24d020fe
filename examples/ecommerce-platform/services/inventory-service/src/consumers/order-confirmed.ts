import type { EventConsumer } from "@speckit/service-kit";
import type { Transaction } from "kysely";
import type { Dependencies } from "../app.ts";
import { onConfirmation, type Reservation, stockRejected } from "../domain/reservation.ts";
import { shortagesOf } from "../domain/stock.ts";
import type { InventoryTables } from "../store/migrations.ts";
import { changeStatus, lockReservation, sellLive } from "../store/reservations.ts";
import { takeStock } from "../store/stock.ts";
import { takeTurn } from "../store/take-turn.ts";

interface OrderConfirmed {
  readonly orderId: string;
}

/** An order is confirmed: its reservation becomes a sale, if need be by taking again what was released meanwhile. */
export function orderConfirmed(
  dependencies: Dependencies,
): EventConsumer<InventoryTables, OrderConfirmed, ReadonlySet<string>> {
  return {
    eventType: "order.confirmed",
    async prepare(events, trx) {
      await takeTurn(trx);
      const orderIds = events.map(({ data }) => data.orderId);
      return sellLive(trx, orderIds, dependencies.clock());
    },
    async handle({ data: { orderId } }, trx, sold) {
      if (sold.has(orderId)) return;
      const reservation = await lockReservation(trx, orderId);
      // order-service confirms only what was reserved here. Somebody has to look at this, so it must not pass in silence.
      if (!reservation) throw new Error(`Order ${orderId} is confirmed and has no reservation.`);

      const next = onConfirmation(reservation);
      if (next === "sell") await changeStatus(trx, reservation.reservationId, "sold", dependencies.clock());
      if (next === "take-again") await takeAgain(trx, reservation, dependencies);
    },
  };
}

async function takeAgain(
  trx: Transaction<InventoryTables>,
  { reservationId, orderId, lines }: Reservation,
  { outbox, clock }: Dependencies,
): Promise<void> {
  const shortages = shortagesOf(lines, await takeStock(trx, lines));
  if (shortages.length === 0) {
    await changeStatus(trx, reservationId, "sold", clock());
  } else {
    await changeStatus(trx, reservationId, "rejected", clock());
    await outbox.add(trx, [stockRejected(orderId, "reservation-expired", shortages)]);
  }
}
