import {
  answerPage,
  callerOf,
  decodeTimedPlace,
  encodeTimedPlace,
  type Handler,
  problems,
} from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { isAdministrator } from "../domain/access.ts";
import { cutPage } from "../domain/page.ts";
import type { ReservationStatus } from "../domain/reservation.ts";
import { listReservations, type ReservationPlace } from "../store/read-reservations.ts";
import { showReservation } from "./get-reservation.ts";

interface Route {
  Querystring: {
    readonly cursor?: string;
    readonly limit: number;
    readonly orderId?: string;
    readonly status?: ReservationStatus;
  };
}

export function listReservationsHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    if (!isAdministrator(callerOf(request).roles)) throw problems.forbidden();
    const { cursor, limit, orderId, status } = request.query;
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const found = await listReservations(database.db, { orderId, status, after, limit: limit + 1 });
    const { entries, last } = cutPage(found, limit);
    return answerPage(request, entries.map(showReservation), last && cursorOf(last));
  };
}

function cursorOf({ createdAt, reservationId }: ReservationPlace): string {
  return encodeTimedPlace({ at: createdAt, id: reservationId });
}

function placeOf(cursor: string): ReservationPlace {
  const { at, id } = decodeTimedPlace(cursor);
  return { createdAt: at, reservationId: id };
}
