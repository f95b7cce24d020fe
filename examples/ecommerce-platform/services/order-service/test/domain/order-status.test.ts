import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Happening, type OrderStatus, type Step, stepsAfter } from "../../src/domain/order-status.ts";

const reservationId = "c5d6e7f8-0a1b-4c2d-9e3f-405162738495";
const happenings = {
  reserved: { kind: "stock-reserved", reservationId, expiresAt: "2026-11-23T10:25:00Z" },
  short: { kind: "stock-rejected", reason: "insufficient-stock" },
  unknown: { kind: "stock-rejected", reason: "unknown-sku" },
  sold: { kind: "stock-rejected", reason: "reservation-expired" },
  released: { kind: "stock-released" },
  cancel: { kind: "customer-cancels" },
} satisfies Record<string, Happening>;

type Name = keyof typeof happenings;

function stepFrom(from: OrderStatus, happening: Happening): Step | undefined {
  return stepsAfter(happening).find((step) => step.from === from);
}

describe("what follows what", () => {
  test.each<{ scenario: string; from: OrderStatus; when: Name; to: OrderStatus; reason: string | null }>([
    { scenario: "P3: Order Confirmation", from: "pending", when: "reserved", to: "confirmed", reason: null },
    {
      scenario: "P4: Order Rejection",
      from: "pending",
      when: "short",
      to: "rejected",
      reason: "insufficient-stock",
    },
    {
      scenario: "P4: Order Rejection",
      from: "pending",
      when: "unknown",
      to: "rejected",
      reason: "unknown-sku",
    },
    {
      scenario: "P4: Order Rejection",
      from: "pending",
      when: "sold",
      to: "rejected",
      reason: "reservation-expired",
    },
    {
      scenario: "P4: Order Rejection",
      from: "pending",
      when: "released",
      to: "rejected",
      reason: "reservation-expired",
    },
    {
      scenario: "P5: Order Cancellation",
      from: "pending",
      when: "cancel",
      to: "cancelled",
      reason: "cancelled-by-customer",
    },
    {
      scenario: "P9: Lost Reservation",
      from: "confirmed",
      when: "sold",
      to: "cancelled",
      reason: "stock-lost",
    },
  ])("$scenario: $from and $when make $to for $reason", ({ from, when, to, reason }) => {
    expect(stepFrom(from, happenings[when])).toMatchObject({ from, to, reason });
  });

  test("P3: Order Confirmation: a reservation confirms before it expires, and is kept", () => {
    expect(stepFrom("pending", happenings.reserved)).toMatchObject({
      before: happenings.reserved.expiresAt,
      reservationId,
    });
  });

  test.each<{ from: OrderStatus; when: Name }>([
    ...(["reserved", "short", "unknown", "released", "cancel"] as const).map(
      (when) => ({ from: "confirmed", when }) as const,
    ),
    ...(["rejected", "cancelled"] as const).flatMap((from) =>
      (Object.keys(happenings) as Name[]).map((when) => ({ from, when })),
    ),
  ])("P5: Order Cancellation and all others: $from stays when $when comes", ({ from, when }) => {
    expect(stepFrom(from, happenings[when])).toBeUndefined();
  });
});

describe("any order of happenings, some of them twice", () => {
  const anyStory = fc.array(fc.constantFrom(...Object.values(happenings)), { maxLength: 12 });

  /** The statuses an order goes through, the first being pending. */
  function live(story: readonly Happening[]): OrderStatus[] {
    const path: OrderStatus[] = ["pending"];
    for (const happening of story) {
      const step = stepFrom(path.at(-1) ?? "pending", happening);
      if (step) path.push(step.to);
    }
    return path;
  }

  test("Failure mode: Events out of order: no story leads out of rejected or cancelled, or past three statuses", () => {
    const allowed = ["pending", "pending>confirmed", "pending>rejected", "pending>cancelled"];
    fc.assert(
      fc.property(anyStory, (story) => {
        expect([...allowed, "pending>confirmed>cancelled"]).toContain(live(story).join(">"));
      }),
    );
  });

  test("every story with an answer of inventory-service or of the customer ends in one settled status", () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        fc.pre(story.length > 0);
        expect(live(story).at(-1)).not.toBe("pending");
      }),
    );
  });

  test("Failure mode: Event delivered twice: doubles anywhere later change nothing", () => {
    const storyWithDoubles = anyStory.chain((story) =>
      fc.record({
        story: fc.constant(story),
        doubles: fc.array(fc.record({ of: fc.nat(11), after: fc.nat(12) }), { maxLength: 12 }),
      }),
    );
    fc.assert(
      fc.property(storyWithDoubles, ({ story, doubles }) => {
        const doubled = story.flatMap((happening, index) => [
          happening,
          ...doubles
            .filter(({ of, after }) => after === index && of <= index)
            .map(({ of }) => story[of] ?? happening),
        ]);
        expect(live(doubled)).toEqual(live(story));
      }),
    );
  });
});
