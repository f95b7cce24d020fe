import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayAccess } from "../domain/order-access.ts";
import { findOrder } from "../store/read-orders.ts";

interface Route {
  Params: { readonly orderId: string };
}

export function getOrderHandler({ database, showOrders }: Dependencies): Handler<Route> {
  return async (request) => {
    const caller = callerOf(request);
    const order = await findOrder(database.db, request.params.orderId);
    if (!order || !mayAccess(caller, order)) throw problems.notFound();

    const [shown] = await showOrders([order], caller);
    return answer(request, shown);
  };
}
