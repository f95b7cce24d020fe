import { describe, expect, test } from "vitest";
import {
  onCancellation,
  onConfirmation,
  stockRejected,
  stockReleased,
  stockReserved,
} from "../../src/domain/reservation.ts";

const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
const reservationId = "c5d6e7f8-0a1b-4c2d-9e3f-405162738495";
const lines = [{ sku: "TEA-100", quantity: 2 }];
const moment = new Date("2026-11-23T10:25:00Z");

describe("what a message asks of a reservation", () => {
  test.each([
    { scenario: "P5: Reservation To Sale", status: "live", lines, confirmed: "sell", cancelled: "release" },
    {
      scenario: "P9: Late Confirmation",
      status: "released",
      lines,
      confirmed: "take-again",
      cancelled: "leave",
    },
    {
      scenario: "P6: Cancelled Order, before the order",
      status: "released",
      lines: [],
      confirmed: "leave",
      cancelled: "leave",
    },
    { scenario: "a sale", status: "sold", lines, confirmed: "leave", cancelled: "leave" },
    { scenario: "a refusal", status: "rejected", lines: [], confirmed: "leave", cancelled: "leave" },
    { scenario: "a refusal after expiry", status: "rejected", lines, confirmed: "leave", cancelled: "leave" },
  ] as const)("$scenario: $status is to $confirmed when confirmed, to $cancelled when cancelled", (row) => {
    expect(onConfirmation(row)).toBe(row.confirmed);
    expect(onCancellation(row)).toBe(row.cancelled);
  });
});

describe("what others are told", () => {
  test.each([
    {
      scenario: "P3: Stock Reservation",
      event: stockReserved(orderId, reservationId, lines, moment),
      type: "inventory.stock.reserved",
      data: { orderId, reservationId, items: lines, expiresAt: "2026-11-23T10:25:00.000Z" },
    },
    {
      scenario: "P4: Insufficient Stock",
      event: stockRejected(orderId, "insufficient-stock", [{ sku: "MUG-001", requested: 6, available: 5 }]),
      type: "inventory.stock.rejected",
      data: {
        orderId,
        reason: "insufficient-stock",
        unavailableItems: [{ sku: "MUG-001", requested: 6, available: 5 }],
      },
    },
    {
      scenario: "P7: Reservation Expiry",
      event: stockReleased({ orderId, reservationId, lines }, "expired", moment),
      type: "inventory.stock.released",
      data: {
        orderId,
        reservationId,
        items: lines,
        reason: "expired",
        releasedAt: "2026-11-23T10:25:00.000Z",
      },
    },
  ])("$scenario: $type", ({ event, type, data }) => {
    expect(event).toEqual({ type, data });
  });
});
