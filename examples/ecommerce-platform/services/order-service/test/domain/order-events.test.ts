import { expect, test } from "vitest";
import { eventOfPlacement, eventOfStep } from "../../src/domain/order-events.ts";
import { placeOrder } from "../../src/domain/place-order.ts";

const owner = {
  orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
  userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60",
  customerEmail: "ada@example.com",
};
const reservationId = "c5d6e7f8-0a1b-4c2d-9e3f-405162738495";
const when = "2026-11-23T10:10:00.000Z";
const at = new Date(when);
const prices = new Map([["TEA-100", { unitPrice: 450, currency: "EUR" }]]);

test("P1: Order Placement: a pending order is told of with its prices and its total", () => {
  const placement = placeOrder([{ sku: "TEA-100", quantity: 2 }], prices);

  expect(eventOfPlacement(owner, placement, at)).toEqual({
    type: "order.created",
    data: {
      ...owner,
      items: [{ sku: "TEA-100", quantity: 2, unitPrice: 450 }],
      totalAmount: 900,
      orderDate: when,
      currency: "EUR",
    },
  });
});

test("P7: Unknown Product: an order rejected at once is told of by its rejection alone", () => {
  const placement = placeOrder([{ sku: "TEA-999", quantity: 2 }], prices);

  expect(eventOfPlacement(owner, placement, at)).toEqual({
    type: "order.rejected",
    data: { ...owner, reason: "unknown-sku", rejectedAt: when },
  });
});

test.each([
  {
    scenario: "P3: Order Confirmation",
    step: { from: "pending", to: "confirmed", reason: null, reservationId, before: when },
    type: "order.confirmed",
    says: { reservationId, confirmedAt: when },
  },
  {
    scenario: "P4: Order Rejection",
    step: { from: "pending", to: "rejected", reason: "insufficient-stock" },
    type: "order.rejected",
    says: { reason: "insufficient-stock", rejectedAt: when },
  },
  {
    scenario: "P5: Order Cancellation",
    step: { from: "pending", to: "cancelled", reason: "cancelled-by-customer" },
    type: "order.cancelled",
    says: { reason: "cancelled-by-customer", cancelledAt: when },
  },
  {
    scenario: "P9: Lost Reservation",
    step: { from: "confirmed", to: "cancelled", reason: "stock-lost" },
    type: "order.cancelled",
    says: { reason: "stock-lost", cancelledAt: when },
  },
] as const)("$scenario: a step to $step.to is told of as $type", ({ step, type, says }) => {
  expect(eventOfStep(owner, step, at)).toEqual({ type, data: { ...owner, ...says } });
});
