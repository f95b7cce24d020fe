import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { isAdministrator } from "../domain/access.ts";
import type { Reservation } from "../domain/reservation.ts";
import { findReservation } from "../store/read-reservations.ts";

interface Route {
  Params: { readonly reservationId: string };
}

export function getReservationHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    if (!isAdministrator(callerOf(request).roles)) throw problems.forbidden();
    const reservation = await findReservation(database.db, request.params.reservationId);
    if (!reservation) throw problems.notFound();
    return answer(request, showReservation(reservation));
  };
}

/** A reservation as the contract names its parts. */
export function showReservation({ lines, ...reservation }: Reservation) {
  return { ...reservation, items: lines };
}
