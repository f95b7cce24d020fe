/** A line as the customer asks for it; `quantity` in pieces, at least 1. */
export interface RequestedLine {
  readonly sku: string;
  readonly quantity: number;
}

/** What inventory-service asks for one piece; `unitPrice` in minor units of `currency`. */
export interface Price {
  readonly unitPrice: number;
  readonly currency: string;
}

/** A line of an order; `unitPrice` in minor units at placement, null where the product is unknown. */
export interface OrderLine extends RequestedLine {
  readonly unitPrice: number | null;
}

/** What a placement comes to. A rejected one has no total: a price is missing or there is no one currency. */
export type Placement =
  | {
      readonly status: "pending";
      readonly reason: null;
      readonly lines: readonly OrderLine[];
      readonly totalAmount: number;
      readonly currency: string;
    }
  | {
      readonly status: "rejected";
      readonly reason: "unknown-sku" | "mixed-currencies";
      readonly lines: readonly OrderLine[];
      readonly totalAmount: null;
      readonly currency: null;
    };

/** Adds up lines of the same sku; each sku stands where it was named first. */
export function addUpLines(items: readonly RequestedLine[]): RequestedLine[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/**
 * Decides about added-up lines with the prices of inventory-service; a sku without a price is unknown.
 * Throws RangeError when the total is beyond what a number holds exactly, which prices and quantities within the
 * contracts cannot reach (10^7 × 10^8).
 */
export function placeOrder(
  requested: readonly RequestedLine[],
  prices: ReadonlyMap<string, Price>,
): Placement {
  const lines = requested.map((line) => ({ ...line, unitPrice: prices.get(line.sku)?.unitPrice ?? null }));
  const rejected = { status: "rejected", lines, totalAmount: null, currency: null } as const;

  if (lines.some(({ unitPrice }) => unitPrice === null)) return { ...rejected, reason: "unknown-sku" };

  const [currency, ...others] = new Set(requested.map(({ sku }) => prices.get(sku)?.currency));
  if (currency === undefined || others.length > 0) return { ...rejected, reason: "mixed-currencies" };

  return { status: "pending", reason: null, lines, totalAmount: totalOf(lines), currency };
}

function totalOf(lines: readonly OrderLine[]): number {
  const total = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * (unitPrice ?? 0), 0);
  // Every partial sum is at most the total, so an exact total was reached by exact steps.
  if (!Number.isSafeInteger(total)) throw new RangeError("The total is beyond what can be counted exactly.");
  return total;
}
