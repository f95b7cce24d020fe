import { type FakeService, fakeService } from "@speckit/service-kit/testing";
import { prices } from "./shop.ts";

export interface FakeInventory extends FakeService {
  /** What it says of products, by sku. */
  readonly products: Map<string, unknown>;
}

/** Stands for inventory-service and lists the products that it is asked for, those of `prices` unless a test says otherwise. */
export async function fakeInventory(): Promise<FakeInventory> {
  const products = new Map<string, unknown>([...prices].map(([sku, price]) => [sku, { sku, ...price }]));
  const service = await fakeService(({ pathname, searchParams }) =>
    pathname === "/api/v1/products"
      ? searchParams.getAll("sku").flatMap((sku) => (products.has(sku) ? [products.get(sku)] : []))
      : undefined,
  );
  return { ...service, products };
}
