import { answerPage, callerOf, decodeTimedPlace, encodeTimedPlace, type Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { type ListPlace, listOrdersOf } from "../store/read-orders.ts";

interface Route {
  Querystring: { readonly cursor?: string; readonly limit: number };
}

export function listOrdersHandler({ database, showOrders }: Dependencies): Handler<Route> {
  return async (request) => {
    const caller = callerOf(request);
    const { cursor, limit } = request.query;
    const after = cursor === undefined ? undefined : placeOf(cursor);

    // One more than asked for tells whether there is a next page.
    const found = await listOrdersOf(database.db, caller.userId, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next = last && found.length > limit ? cursorOf(last) : null;
    return answerPage(request, await showOrders(page, caller), next);
  };
}

function cursorOf({ orderDate, orderId }: ListPlace): string {
  return encodeTimedPlace({ at: orderDate, id: orderId });
}

function placeOf(cursor: string): ListPlace {
  const { at, id } = decodeTimedPlace(cursor);
  return { orderDate: at, orderId: id };
}
