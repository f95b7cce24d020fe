import { type Kysely, sql } from "kysely";
import type { InventoryTables } from "./migrations.ts";

/** A product as the contract shows it: price in minor units, and the pieces that can still be ordered. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly currency: string;
  readonly available: number;
}

export interface ProductQuery {
  /** Only these; undefined for all. */
  readonly skus?: readonly string[] | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** The products after `after`, sorted by sku, at most `limit` of them. */
export function listProducts(
  db: Kysely<InventoryTables>,
  { skus, after, limit }: ProductQuery,
): Promise<Product[]> {
  let products = select(db).orderBy("sku").limit(limit);
  if (skus) products = products.where(sql<boolean>`sku = ANY(${skus})`);
  if (after !== undefined) products = products.where("sku", ">", after);
  return products.execute();
}

export function findProduct(db: Kysely<InventoryTables>, sku: string): Promise<Product | undefined> {
  return select(db).where("sku", "=", sku).executeTakeFirst();
}

/** Creates or replaces a product. Live reservations were taken off before and stay as they are. */
export async function saveProduct(
  db: Kysely<InventoryTables>,
  { sku, name, unitPrice, currency, available }: Product,
): Promise<"created" | "replaced"> {
  const stated = { name, unit_price: unitPrice, currency, available };
  const { created } = await db
    .insertInto("products")
    .values({ sku, ...stated })
    .onConflict((conflict) => conflict.column("sku").doUpdateSet(stated))
    // A row that was inserted has been deleted or updated by no transaction (PostgreSQL, System Columns).
    .returning(sql<boolean>`xmax = 0`.as("created"))
    .executeTakeFirstOrThrow();
  return created ? "created" : "replaced";
}

/** Creates the products that do not exist, and leaves the others as they are. */
export async function addMissingProducts(
  db: Kysely<InventoryTables>,
  products: readonly Product[],
): Promise<void> {
  await db
    .insertInto("products")
    .values(products.map(({ unitPrice, ...product }) => ({ ...product, unit_price: unitPrice })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

// What is given back may lift a stock above what anybody states; the contract promises its readers no more than this.
const mostShown = 1_000_000_000;

function select(db: Kysely<InventoryTables>) {
  const available = sql<number>`least(available, ${mostShown}::bigint)`.as("available");
  return db.selectFrom("products").select(["sku", "name", "unit_price as unitPrice", "currency", available]);
}
