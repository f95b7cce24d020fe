import type { Database } from "@speckit/service-kit";
import type { InventoryTables } from "./store/migrations.ts";
import { addMissingProducts, type Product } from "./store/products.ts";

/** What a newcomer can order; the mug is scarce, so that a rejection is easily seen. */
const demoProducts: readonly Product[] = [
  { sku: "MUG-001", name: "Mug", unitPrice: 1290, currency: "EUR", available: 5 },
  { sku: "TEA-100", name: "Tea, 100 g", unitPrice: 450, currency: "EUR", available: 1000 },
];

/** Creates the demo products that are missing. Those that exist keep their price and stock. */
export function seedProducts({ db }: Pick<Database<InventoryTables>, "db">): Promise<void> {
  return addMissingProducts(db, demoProducts);
}
