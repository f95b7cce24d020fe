import type { Ledger, OrderedOnce } from "../traffic/ledger.ts";
import type { Miscount, Unfinished } from "./look-inside.ts";
import type { SeenMail } from "./read-mails.ts";
import type { Outcome, SeenOrder } from "./read-outcome.ts";

/** Something that must not be. */
export interface Finding {
  readonly kind: "lost" | "doubled" | "stuck";
  readonly text: string;
}

export interface Evidence {
  readonly ledger: Ledger;
  readonly outcome: Outcome;
  readonly unfinished: readonly Unfinished[];
  /** Products that did not add up at some moment of the run. */
  readonly miscounts: readonly Miscount[];
}

/**
 * Says what is lost, doubled or stuck: of orders, by what their customers were told; of stock, by what confirmed orders took; of mails, by
 * what orders became.
 */
export function judgeRun({ ledger, outcome, unfinished, miscounts }: Evidence): Finding[] {
  return [
    // First what explains the rest.
    ...[...ledger.unanswered, ...unfinished.map(({ what, number }) => `${what}: ${number}`)].map(stuck),
    ...ledger.refusals.map(lost),
    ...judgeOrders(ledger, outcome.orders),
    ...judgeStock(ledger, outcome),
    ...miscounts.map(judgeMiscount),
    ...judgeOrderMails(outcome),
    ...judgeOtherMails(ledger, outcome.mails),
    ...judgeTokens(outcome),
  ];
}

const lost = (text: string): Finding => ({ kind: "lost", text });
const doubled = (text: string): Finding => ({ kind: "doubled", text });
const stuck = (text: string): Finding => ({ kind: "stuck", text });

function judgeOrders({ orders }: Ledger, seen: readonly SeenOrder[]): Finding[] {
  const byId = new Map(seen.map((order) => [order.orderId, order]));
  const known = new Set([...orders.values()].flatMap(({ orderIds }) => [...orderIds]));
  const unknown = seen.filter(({ orderId }) => !known.has(orderId));
  return [
    ...[...orders].flatMap(([key, ordered]) => judgeOrder(key, ordered, byId)),
    // Each order belongs to a key, and the customer knows the order of each key.
    ...unknown.map(({ orderId, status }) => doubled(`order ${orderId} (${status}) is nobody's`)),
  ];
}

function judgeOrder(
  key: string,
  { orderIds, cancelled, customer }: OrderedOnce,
  seen: ReadonlyMap<string, SeenOrder>,
): Finding[] {
  const findings: Finding[] = [];
  if (orderIds.size > 1)
    findings.push(
      doubled(`key ${key} has ${orderIds.size} orders, ${[...orderIds].slice(0, 2).join(" and ")}`),
    );
  for (const orderId of orderIds) {
    const order = seen.get(orderId);
    if (!order) findings.push(lost(`order ${orderId} of ${customer.email} was accepted and is not there`));
    else if (order.status === "pending") findings.push(stuck(`order ${orderId} is pending`));
    else if (cancelled && order.status !== "cancelled")
      findings.push(lost(`the cancellation of order ${orderId}, which is ${order.status}`));
  }
  return findings;
}

function judgeStock({ stock }: Ledger, { orders, available }: Outcome): Finding[] {
  const sold = new Map<string, number>();
  for (const { items } of orders.filter(({ status }) => status === "confirmed")) {
    for (const { sku, quantity } of items) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
  }
  return [...stock].flatMap(([sku, initial]) => {
    const expected = initial - (sold.get(sku) ?? 0);
    const left = available.get(sku) ?? 0;
    const text = `${sku}: ${left} left of ${initial}, where ${sold.get(sku) ?? 0} are sold`;
    return left === expected ? [] : [left < expected ? lost(text) : doubled(text)];
  });
}

export function judgeMiscount({ sku, stock, available, held }: Miscount): Finding {
  const text = `${sku}: ${available} left and ${held} sold or reserved of ${stock} at one moment`;
  return available >= 0 && available + held < stock ? lost(text) : doubled(text);
}

/** One mail for each step that an order took. */
function judgeOrderMails({ orders, mails }: Outcome): Finding[] {
  const counts = new Map<string, number>();
  for (const { subject } of mails) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return orders.flatMap(({ orderId, status, reason }) => {
    // The only way that leads over two steps.
    const steps = reason === "stock-lost" ? ["confirmed", "cancelled"] : [status];
    return ["confirmed", "rejected", "cancelled"].flatMap((step) => {
      const subject = `Order ${orderId} ${step}`;
      const wanted = (steps as string[]).includes(step) ? 1 : 0;
      return judgeCount(`mails "${subject}"`, counts.get(subject) ?? 0, wanted);
    });
  });
}

function judgeOtherMails({ welcomed, resets }: Ledger, mails: readonly SeenMail[]): Finding[] {
  const count = (address: string, subject: RegExp) =>
    mails.filter((mail) => mail.to === address && subject.test(mail.subject)).length;
  return [
    ...[...welcomed].flatMap((address) =>
      judgeCount(`welcome mails to ${address}`, count(address, /^Welcome/), 1),
    ),
    ...[...resets].flatMap(([address, { accepted, asked }]) =>
      // Whether the shop heard a request that it did not answer, nobody knows.
      judgeCount(`password resets to ${address}`, count(address, /password/), accepted, asked),
    ),
  ];
}

function judgeTokens({ tokensStillValid: count }: Outcome): Finding[] {
  return count === 0 ? [] : [lost(`the end of ${count} sessions, whose tokens are still valid`)];
}

function judgeCount(what: string, count: number, fewest: number, most = fewest): Finding[] {
  if (count < fewest) return [lost(`${what}: ${count} instead of ${fewest}`)];
  if (count > most) return [doubled(`${what}: ${count} instead of ${most}`)];
  return [];
}
