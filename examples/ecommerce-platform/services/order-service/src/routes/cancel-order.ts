import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayAccess } from "../domain/order-access.ts";
import { findOrder, type StoredOrder } from "../store/read-orders.ts";

interface Route {
  Params: { readonly orderId: string };
}

export function cancelOrderHandler({ database, orders, showOrders }: Dependencies): Handler<Route> {
  return async (request) => {
    const caller = callerOf(request);
    const { orderId } = request.params;
    const order = await findOrder(database.db, orderId);
    if (!order || !mayAccess(caller, order)) throw problems.notFound();

    await database.transaction((trx) => orders.change(trx, orderId, { kind: "customer-cancels" }));
    // Whoever changed the order, this request or another one before it: what counts is how it stands now.
    const now = (await findOrder(database.db, orderId)) ?? order;
    if (now.status !== "cancelled") throw settled(now);

    const [shown] = await showOrders([now], caller);
    return answer(request, shown);
  };
}

function settled({ status }: StoredOrder) {
  return problems.conflict({
    type: "/problems/order-settled",
    title: "Order settled",
    detail: `The order is ${status} and can no longer be cancelled.`,
  });
}
