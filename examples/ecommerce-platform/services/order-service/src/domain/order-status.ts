export type OrderStatus = "pending" | "confirmed" | "rejected" | "cancelled";

export type RejectionReason =
  | "unknown-sku"
  | "mixed-currencies"
  | "insufficient-stock"
  | "reservation-expired";
export type CancellationReason = "cancelled-by-customer" | "stock-lost";

/** What can happen to an order after its placement. `expiresAt` is a time in ISO 8601. */
export type Happening =
  | { readonly kind: "stock-reserved"; readonly reservationId: string; readonly expiresAt: string }
  | {
      readonly kind: "stock-rejected";
      readonly reason: "unknown-sku" | "insufficient-stock" | "reservation-expired";
    }
  | { readonly kind: "stock-released" }
  | { readonly kind: "customer-cancels" };

/** A change of status. It holds only for an order that is still `from`. */
export type Step =
  | {
      readonly from: "pending";
      readonly to: "confirmed";
      readonly reason: null;
      readonly reservationId: string;
      /** The step holds before this moment (ISO 8601), by the clock of whoever stores it. */
      readonly before: string;
    }
  | { readonly from: "pending"; readonly to: "rejected"; readonly reason: RejectionReason }
  | { readonly from: "pending" | "confirmed"; readonly to: "cancelled"; readonly reason: CancellationReason };

/**
 * The steps that a happening allows, at most one from each status. An order in another status stays as it is, which
 * makes late, doubled and reordered messages harmless. The order of the steps is the one in which statuses follow
 * each other, so that trying them one after the other misses no change made meanwhile.
 */
export function stepsAfter(happening: Happening): readonly Step[] {
  switch (happening.kind) {
    case "stock-reserved": {
      const { reservationId, expiresAt } = happening;
      return [{ from: "pending", to: "confirmed", reason: null, reservationId, before: expiresAt }];
    }
    case "stock-rejected":
      return [
        { from: "pending", to: "rejected", reason: happening.reason },
        // The confirmation came too late and the stock is sold: the only way out of confirmed.
        ...(happening.reason === "reservation-expired"
          ? [{ from: "confirmed", to: "cancelled", reason: "stock-lost" } as const]
          : []),
      ];
    case "stock-released":
      return [{ from: "pending", to: "rejected", reason: "reservation-expired" }];
    case "customer-cancels":
      return [{ from: "pending", to: "cancelled", reason: "cancelled-by-customer" }];
  }
}
