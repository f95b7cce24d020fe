import type { Step } from "./order-status.ts";
import type { Placement } from "./place-order.ts";

/** What every event says about its order. `customerEmail` is the address of the account that placed it. */
export interface OrderOwner {
  readonly orderId: string;
  readonly userId: string;
  readonly customerEmail: string;
}

/** An event of contracts/events/order-events.json, without its envelope. */
export interface OrderEvent {
  readonly type: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled";
  readonly data: object;
}

/**
 * Tells of a new order. One that is rejected at once has no total and nothing is to be reserved for it, so it is
 * told of by its rejection alone.
 */
export function eventOfPlacement(owner: OrderOwner, placement: Placement, at: Date): OrderEvent {
  const { orderId, userId, customerEmail } = owner;
  if (placement.status === "rejected") {
    return eventOfStep(owner, { from: "pending", to: "rejected", reason: placement.reason }, at);
  }
  const { lines: items, totalAmount, currency } = placement;
  return {
    type: "order.created",
    data: { orderId, userId, items, totalAmount, orderDate: at.toISOString(), currency, customerEmail },
  };
}

/** Tells of a step that was taken. */
export function eventOfStep(
  { orderId, userId, customerEmail }: OrderOwner,
  step: Step,
  at: Date,
): OrderEvent {
  const owner = { orderId, userId, customerEmail };
  const when = at.toISOString();
  switch (step.to) {
    case "confirmed":
      return {
        type: "order.confirmed",
        data: { ...owner, reservationId: step.reservationId, confirmedAt: when },
      };
    case "rejected":
      return { type: "order.rejected", data: { ...owner, reason: step.reason, rejectedAt: when } };
    case "cancelled":
      return { type: "order.cancelled", data: { ...owner, reason: step.reason, cancelledAt: when } };
  }
}
