/** A product and how many pieces of it. */
export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** Pieces that were there for each known sku. */
export type Stock = ReadonlyMap<string, number>;

/** A line that could not be had. */
export interface Shortage {
  readonly sku: string;
  readonly requested: number;
  /** 0 for an unknown sku. */
  readonly available: number;
}

/** What an order asks for, each sku once, sorted by sku. */
export function linesOf(items: readonly Line[]): Line[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity })).sort(bySku);
}

/** The lines that the stock does not suffice for; empty when all can be had. */
export function shortagesOf(lines: readonly Line[], stock: Stock): Shortage[] {
  return lines
    .map(({ sku, quantity }) => ({ sku, requested: quantity, available: stock.get(sku) ?? 0 }))
    .filter(({ requested, available }) => available < requested);
}

/** Why an order gets nothing. A sku that nobody knows will not be there later either, so it is named first. */
export function reasonOf(shortages: readonly Shortage[], stock: Stock): "unknown-sku" | "insufficient-stock" {
  return shortages.every(({ sku }) => stock.has(sku)) ? "insufficient-stock" : "unknown-sku";
}

// Code units, as the database sorts: a locale would sort differently on another machine.
const bySku = (a: Line, b: Line) => (a.sku < b.sku ? -1 : 1);
