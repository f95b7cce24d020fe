import { ask, type Door } from "../traffic/ask.ts";
import type { Customer } from "../traffic/customer.ts";
import type { Ledger, Line } from "../traffic/ledger.ts";
import type { MailReader, SeenMail } from "./read-mails.ts";

export interface SeenOrder {
  readonly orderId: string;
  readonly status: "pending" | "confirmed" | "rejected" | "cancelled";
  readonly reason: string | null;
  readonly items: readonly Line[];
}

/** How things stand, as customers and readers of mails see it. */
export interface Outcome {
  readonly orders: readonly SeenOrder[];
  /** Pieces that can still be ordered, by sku. */
  readonly available: ReadonlyMap<string, number>;
  /** To customers of this run. */
  readonly mails: readonly SeenMail[];
  /** Of the tokens that should be void, how many still open the shop. */
  readonly tokensStillValid: number;
}

/** Asks the shop and the mail server about everything in a ledger. Throws `NoAnswer`. */
export async function readOutcome(door: Door, mailReader: MailReader, ledger: Ledger): Promise<Outcome> {
  const [orders, available, mails, statuses] = await Promise.all([
    Promise.all(ledger.customers.map(ordersOf)),
    Promise.all([...ledger.stock.keys()].map(async (sku) => [sku, await availableOf(door, sku)] as const)),
    mailReader.mailsTo([...ledger.customers.map(({ email }) => email), ...ledger.resets.keys()]),
    Promise.all(ledger.voidTokens.map((token) => statusOf(door, token))),
  ]);
  const tokensStillValid = statuses.filter((status) => status === 200).length;
  return { orders: orders.flat(), available: new Map(available), mails, tokensStillValid };
}

async function statusOf(door: Door, token: string): Promise<number> {
  return (await ask(door, { method: "POST", path: "/api/v1/auth/validate", body: { token } })).status;
}

async function ordersOf(customer: Customer): Promise<SeenOrder[]> {
  const orders: SeenOrder[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { data: SeenOrder[]; nextCursor: string | null } = await customer.ask<SeenOrder[]>({
      method: "GET",
      path: `/api/v1/orders?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    });
    orders.push(...page.data);
    cursor = page.nextCursor;
  }
  return orders;
}

async function availableOf(door: Door, sku: string): Promise<number> {
  const { data } = await ask<{ available: number }>(door, { method: "GET", path: `/api/v1/products/${sku}` });
  return data.available;
}
