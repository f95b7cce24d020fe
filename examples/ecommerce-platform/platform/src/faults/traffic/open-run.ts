import type { Door } from "./ask.ts";
import { becomeCustomer, type Customer, expectStatus, register } from "./customer.ts";
import { type Ledger, openLedger } from "./ledger.ts";

/** Puts products on sale and brings customers, all of one run alone: what one run leaves behind is not found in another. */
export async function openRun(
  door: Door,
  administrator: Customer,
  { name, stock }: { readonly name: string; readonly stock: ReadonlyMap<string, number> },
): Promise<Ledger> {
  for (const [sku, available] of stock) {
    const body = { name: sku, unitPrice: 450, currency: "EUR", available };
    const answer = await administrator.ask({ method: "PUT", path: `/api/v1/products/${sku}`, body });
    expectStatus(answer, [200, 201], "a product");
  }
  const arrive = async (who: string) => {
    const email = `${who}.${name}@example.com`;
    await register(door, email);
    return becomeCustomer(door, { email });
  };
  return openLedger([await arrive("ada"), await arrive("grace")], stock);
}
