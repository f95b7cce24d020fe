import { randomUUID } from "node:crypto";
import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { onCancellation, stockReleased } from "../domain/reservation.ts";
import type { InventoryTables } from "../store/migrations.ts";
import { changeStatus, lockReservation, rememberCancellation } from "../store/reservations.ts";
import { giveBack } from "../store/stock.ts";
import { takeTurn } from "../store/take-turn.ts";

interface OrderCancelled {
  readonly orderId: string;
}

/** An order is cancelled: what it holds can be ordered again. Before the order itself it is remembered. */
export function orderCancelled({
  outbox,
  clock,
}: Dependencies): EventConsumer<InventoryTables, OrderCancelled> {
  return {
    eventType: "order.cancelled",
    prepare: (_, trx) => takeTurn(trx),
    async handle({ data: { orderId } }, trx) {
      const now = clock();
      if (await rememberCancellation(trx, { reservationId: randomUUID(), orderId, now })) return;
      const reservation = await lockReservation(trx, orderId);
      if (!reservation || onCancellation(reservation) === "leave") return;

      await changeStatus(trx, reservation.reservationId, "released", now);
      await outbox.add(trx, [stockReleased(reservation, "cancelled", now)]);
      // Last, since it locks products that other orders wait for.
      await giveBack(trx, reservation.lines);
    },
  };
}
