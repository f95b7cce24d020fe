import { type Client, DependencyUnavailable } from "@speckit/service-kit";
import type { Price } from "./domain/place-order.ts";
import { shareCalls } from "./share-calls.ts";

/**
 * Asks inventory-service for prices; orders that are placed at the same time share a call. A sku that it does not know is not in the answer.
 * Throws DependencyUnavailable when prices cannot be had.
 */
export type AskPrices = (skus: readonly string[]) => Promise<ReadonlyMap<string, Price>>;

/** The contract of `listProducts` takes no more, which is what the largest order has. */
const mostSkus = 100;

export function createAskPrices(inventory: Client): AskPrices {
  return shareCalls((skus) => askMany(inventory, skus), mostSkus);
}

async function askMany(inventory: Client, skus: readonly string[]): Promise<ReadonlyMap<string, Price>> {
  const query = new URLSearchParams(skus.map((sku): [string, string] => ["sku", sku]));
  query.set("limit", String(mostSkus));
  const { status, body } = await inventory.get(`/api/v1/products?${query}`);
  const products = status === 200 ? (body as { data?: unknown } | undefined)?.data : undefined;
  if (!Array.isArray(products) || !products.every(isProduct))
    throw new DependencyUnavailable("inventory-service", `answered ${status} without prices`);
  return new Map(products.map(({ sku, unitPrice, currency }) => [sku, { unitPrice, currency }]));
}

interface Product extends Price {
  readonly sku: string;
}

/** What the contract of inventory-service promises; a total made of anything else could not be trusted. */
function isProduct(data: unknown): data is Product {
  const { sku, unitPrice, currency } = (data ?? {}) as Partial<Record<keyof Product, unknown>>;
  return (
    typeof sku === "string" &&
    typeof unitPrice === "number" &&
    Number.isInteger(unitPrice) &&
    unitPrice >= 0 &&
    unitPrice <= 10_000_000 &&
    typeof currency === "string" &&
    /^[A-Z]{3}$/.test(currency)
  );
}
