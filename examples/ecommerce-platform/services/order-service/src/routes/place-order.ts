import { randomUUID } from "node:crypto";
import { answer, callerOf, DependencyUnavailable, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { addUpLines, placeOrder, type RequestedLine } from "../domain/place-order.ts";
import { findKeyHolder, hashBody, type KeyHolder, type KeyUse } from "../store/idempotency-keys.ts";

interface Route {
  Headers: { "idempotency-key": string };
  Body: { readonly items: readonly RequestedLine[] };
}

export function placeOrderHandler({ database, orders, askPrices, clock }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    const { userId, email: customerEmail } = callerOf(request);
    const use = { userId, key: request.headers["idempotency-key"], bodyHash: hashBody(request.body) };
    const lines = addUpLines(request.body.items);

    async function place(): Promise<KeyHolder> {
      const prices = await askPrices(lines.map(({ sku }) => sku));
      const placement = placeOrder(lines, prices);
      return orders.place(
        { orderId: randomUUID(), userId, customerEmail, placement, orderDate: clock() },
        use,
      );
    }

    // A key that is used again is rare and shows when the order is stored. Only when there are no prices, and so
    // nothing to store, it has to be looked up: a repetition is answered without inventory-service.
    const holder = await place().catch(async (error: unknown) => {
      const earlier = error instanceof DependencyUnavailable && (await findKeyHolder(database.db, use));
      if (earlier) return earlier;
      throw error;
    });

    if (!isSameBody(holder, use)) throw keyReused();
    return reply.code(202).send(answer(request, { orderId: holder.orderId, status: "pending" }));
  };
}

function isSameBody(holder: KeyHolder, use: KeyUse): boolean {
  return holder.bodyHash.equals(use.bodyHash);
}

function keyReused() {
  return problems.unprocessable({
    type: "/problems/idempotency-key-reused",
    title: "Idempotency key reused",
    detail: "This Idempotency-Key was used with another body.",
  });
}
