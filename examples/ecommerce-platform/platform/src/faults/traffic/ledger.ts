import type { Customer } from "./customer.ts";

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** An order as its customer knows it. */
export interface OrderedOnce {
  readonly customer: Pick<Customer, "email">;
  readonly lines: readonly Line[];
  /** All ids that the shop has answered for the one key: one, if all is well. */
  readonly orderIds: Set<string>;
  /** The shop has said that it is cancelled. */
  cancelled: boolean;
}

/** Something that makes the shop write to an address: how often it was asked for it, and how often it has said yes. */
export interface AskedForMail {
  asked: number;
  accepted: number;
}

/** What the customers of one run asked for, and what the shop answered. */
export interface Ledger {
  readonly customers: readonly [Customer, ...Customer[]];
  /** Pieces of each product at the beginning, by sku. */
  readonly stock: ReadonlyMap<string, number>;
  /** By Idempotency-Key. */
  readonly orders: Map<string, OrderedOnce>;
  /** Addresses of customers who have made a profile. */
  readonly welcomed: Set<string>;
  /** By address. */
  readonly resets: Map<string, AskedForMail>;
  /** Access tokens of sessions that their owners have ended. */
  readonly voidTokens: string[];
  /** What the shop did not do although it is open, in words. */
  readonly refusals: string[];
  /** What got no answer in the end, in words. */
  readonly unanswered: string[];
}

export function openLedger(customers: Ledger["customers"], stock: ReadonlyMap<string, number>): Ledger {
  return {
    customers,
    stock,
    orders: new Map(),
    welcomed: new Set(),
    resets: new Map(),
    voidTokens: [],
    refusals: [],
    unanswered: [],
  };
}
