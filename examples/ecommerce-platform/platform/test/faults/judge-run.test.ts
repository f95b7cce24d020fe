import { describe, expect, test } from "vitest";
import type { Customer } from "../../src/faults/traffic/customer.ts";
import { openLedger } from "../../src/faults/traffic/ledger.ts";
import { type Evidence, judgeRun } from "../../src/faults/verdict/judge-run.ts";
import type { SeenOrder } from "../../src/faults/verdict/read-outcome.ts";

const ada = { email: "ada@example.com", userId: "u1" } as Customer;
const charles = "charles@example.com";

const orderOf = (orderId: string, status: SeenOrder["status"], reason: string | null = null): SeenOrder => ({
  orderId,
  status,
  reason,
  items: [
    { sku: "TEA-100", quantity: 2 },
    { sku: "MUG-001", quantity: 1 },
  ],
});
const mailOf = (subject: string, to = ada.email) => ({ to, subject });

/** Ada ordered three times, made a profile, and ended a session; Charles asked for a password reset. All is well. */
function evidence() {
  const ledger = openLedger([ada], new Map(Object.entries({ "TEA-100": 100, "MUG-001": 5 })));
  const ordered = (orderId: string, cancelled = false) => ({
    customer: ada,
    lines: [],
    orderIds: new Set([orderId]),
    cancelled,
  });
  ledger.orders.set("k1", ordered("o1"));
  ledger.orders.set("k2", ordered("o2"));
  ledger.orders.set("k3", ordered("o3", true));
  ledger.welcomed.add(ada.email);
  ledger.resets.set(charles, { asked: 2, accepted: 1 });
  const outcome = {
    orders: [
      orderOf("o1", "confirmed"),
      orderOf("o2", "rejected", "insufficient-stock"),
      orderOf("o3", "cancelled", "cancelled-by-customer"),
    ],
    available: new Map(Object.entries({ "TEA-100": 98, "MUG-001": 4 })),
    mails: [
      mailOf("Order o1 confirmed"),
      mailOf("Order o2 rejected"),
      mailOf("Order o3 cancelled"),
      mailOf("Welcome Ada"),
      mailOf("Reset your password", charles),
    ],
    tokensStillValid: 0,
  };
  return {
    ledger,
    outcome,
    unfinished: [] as Evidence["unfinished"][number][],
    miscounts: [] as Evidence["miscounts"][number][],
  };
}

type Case = ReturnType<typeof evidence>;
const without = <Item>(items: Item[], drop: (item: Item) => boolean) => items.filter((item) => !drop(item));

test("a run in which all is well has no findings", () => {
  expect(judgeRun(evidence())).toEqual([]);
});

describe("a run has a finding", () => {
  test.each<{ when: string; given(wrong: Case): void; finds: string[] }>([
    {
      when: "an accepted order is not there",
      given({ ledger }) {
        ledger.orders.set("k4", { customer: ada, lines: [], orderIds: new Set(["o4"]), cancelled: false });
      },
      finds: ["lost: order o4 of ada@example.com was accepted and is not there"],
    },
    {
      when: "one key has two orders",
      given({ ledger, outcome }) {
        ledger.orders.get("k2")?.orderIds.add("o9");
        outcome.orders.push(orderOf("o9", "rejected", "insufficient-stock"));
        outcome.mails.push(mailOf("Order o9 rejected"));
      },
      finds: ["doubled: key k2 has 2 orders, o2 and o9"],
    },
    {
      when: "there is an order that no customer knows",
      given({ outcome }) {
        outcome.orders.push(orderOf("o9", "rejected", "insufficient-stock"));
        outcome.mails.push(mailOf("Order o9 rejected"));
      },
      finds: ["doubled: order o9 (rejected) is nobody's"],
    },
    {
      when: "an order stays pending",
      given({ outcome }) {
        outcome.orders[1] = orderOf("o2", "pending");
        outcome.mails = without(outcome.mails, ({ subject }) => subject.includes("o2"));
      },
      finds: ["stuck: order o2 is pending"],
    },
    {
      when: "a cancellation that was accepted does not hold",
      given({ outcome }) {
        outcome.orders[2] = orderOf("o3", "rejected", "insufficient-stock");
        outcome.mails[2] = mailOf("Order o3 rejected");
      },
      finds: ["lost: the cancellation of order o3, which is rejected"],
    },
    {
      when: "pieces are gone that nobody bought",
      given: ({ outcome }) => void outcome.available.set("TEA-100", 96),
      finds: ["lost: TEA-100: 96 left of 100, where 2 are sold"],
    },
    {
      when: "pieces are sold and still there",
      given: ({ outcome }) => void outcome.available.set("MUG-001", 5),
      finds: ["doubled: MUG-001: 5 left of 5, where 1 are sold"],
    },
    {
      when: "stock was negative for a moment",
      given: ({ miscounts }) => void miscounts.push({ sku: "MUG-001", stock: 5, available: -1, held: 6 }),
      finds: ["doubled: MUG-001: -1 left and 6 sold or reserved of 5 at one moment"],
    },
    {
      when: "pieces were nowhere for a moment",
      given: ({ miscounts }) => void miscounts.push({ sku: "MUG-001", stock: 5, available: 1, held: 3 }),
      finds: ["lost: MUG-001: 1 left and 3 sold or reserved of 5 at one moment"],
    },
    {
      when: "a mail is missing",
      given: ({ outcome }) => void outcome.mails.shift(),
      finds: ['lost: mails "Order o1 confirmed": 0 instead of 1'],
    },
    {
      when: "a mail came twice",
      given: ({ outcome }) => void outcome.mails.push(mailOf("Order o1 confirmed")),
      finds: ['doubled: mails "Order o1 confirmed": 2 instead of 1'],
    },
    {
      when: "a mail says what is not so",
      given: ({ outcome }) => void outcome.mails.push(mailOf("Order o1 rejected")),
      finds: ['doubled: mails "Order o1 rejected": 1 instead of 0'],
    },
    {
      when: "a confirmed order lost its stock and only one mail tells of it",
      given: ({ outcome }) => {
        outcome.orders[0] = orderOf("o1", "cancelled", "stock-lost");
        outcome.available = new Map(Object.entries({ "TEA-100": 100, "MUG-001": 5 }));
      },
      finds: ['lost: mails "Order o1 cancelled": 0 instead of 1'],
    },
    {
      when: "somebody is welcomed twice",
      given: ({ outcome }) => void outcome.mails.push(mailOf("Welcome Ada")),
      finds: ["doubled: welcome mails to ada@example.com: 2 instead of 1"],
    },
    {
      when: "a password reset was promised and not sent",
      given: ({ outcome }) => void outcome.mails.pop(),
      finds: ["lost: password resets to charles@example.com: 0 instead of 1"],
    },
    {
      when: "a token outlives its session",
      given: ({ outcome }) => {
        outcome.tokensStillValid = 1;
      },
      finds: ["lost: the end of 1 sessions, whose tokens are still valid"],
    },
    {
      when: "the shop refused an order while it should be open",
      given: ({ ledger }) => void ledger.refusals.push("an order was refused: 503"),
      finds: ["lost: an order was refused: 503"],
    },
    {
      when: "something got no answer or is on its way for ever",
      given: ({ ledger, unfinished }) => {
        ledger.unanswered.push("POST /api/v1/orders got no answer");
        unfinished.push({ what: "order-service: events in the outbox", number: 3 });
      },
      finds: ["stuck: POST /api/v1/orders got no answer", "stuck: order-service: events in the outbox: 3"],
    },
  ])("when $when", ({ given, finds }) => {
    const wrong = evidence();
    given(wrong);
    expect(judgeRun(wrong).map(({ kind, text }) => `${kind}: ${text}`)).toEqual(finds);
  });
});

test.each([
  { given: "two attempts, of which one was answered, and one mail", mails: 1 },
  { given: "two attempts, of which one was answered, and two mails", mails: 2 },
])("$given is fine, since nobody knows what became of the other", ({ mails }) => {
  const well = evidence();
  const reset = mailOf("Reset your password", charles);
  well.outcome.mails = [
    ...without(well.outcome.mails, ({ to }) => to === charles),
    ...Array.from({ length: mails }, () => reset),
  ];
  expect(judgeRun(well)).toEqual([]);
});
