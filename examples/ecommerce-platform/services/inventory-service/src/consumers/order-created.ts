import { randomUUID } from "node:crypto";
import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { stockRejected, stockReserved } from "../domain/reservation.ts";
import { type Line, linesOf, reasonOf, shortagesOf } from "../domain/stock.ts";
import type { InventoryTables } from "../store/migrations.ts";
import { rejectEmpty, reserve } from "../store/reservations.ts";
import { takeTurn } from "../store/take-turn.ts";

interface OrderCreated {
  readonly orderId: string;
  readonly items: readonly Line[];
}

/** An order was placed: all its lines are reserved or none, once, and order-service hears which. */
export function orderCreated({
  outbox,
  clock,
  reservationMs,
}: Dependencies): EventConsumer<InventoryTables, OrderCreated> {
  return {
    eventType: "order.created",
    prepare: (_, trx) => takeTurn(trx),
    async handle({ data: { orderId, items } }, trx) {
      const reservationId = randomUUID();
      const lines = linesOf(items);
      const now = clock();
      const expiresAt = new Date(now.getTime() + reservationMs);

      const stock = await reserve(trx, { reservationId, orderId, lines, now, expiresAt });
      if (!stock) return;
      const shortages = shortagesOf(lines, stock);
      if (shortages.length === 0) {
        await outbox.add(trx, [stockReserved(orderId, reservationId, lines, expiresAt)]);
      } else {
        await rejectEmpty(trx, reservationId);
        await outbox.add(trx, [stockRejected(orderId, reasonOf(shortages, stock), shortages)]);
      }
    },
  };
}
