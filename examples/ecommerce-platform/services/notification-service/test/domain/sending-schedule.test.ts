import { expect, test } from "vitest";
import { afterFailure, giveUpAt, hasExpired, pauseAfter } from "../../src/domain/sending-schedule.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

test.each([
  { attempts: 1, pauseMs: 1_000 },
  { attempts: 2, pauseMs: 2_000 },
  { attempts: 5, pauseMs: 16_000 },
  { attempts: 9, pauseMs: 256_000 },
  { attempts: 10, pauseMs: 5 * minute },
  { attempts: 10_000, pauseMs: 5 * minute },
])("P7: Mail Server Outage: after try $attempts the next one is $pauseMs ms away", ({
  attempts,
  pauseMs,
}) => {
  expect(pauseAfter(attempts)).toBe(pauseMs);
});

test("P7: Mail Server Outage: pauses never shrink", () => {
  const pauses = Array.from({ length: 400 }, (_, n) => pauseAfter(n + 1));
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
});

test.each([
  {
    given: "a first try",
    attempts: 1,
    forGood: false,
    leftMs: day,
    verdict: { kind: "again", pauseMs: 1_000 },
  },
  {
    given: "a try of hours",
    attempts: 99,
    forGood: false,
    leftMs: 6 * minute,
    verdict: { kind: "again", pauseMs: 5 * minute },
  },
  {
    given: "the last try of the day",
    attempts: 299,
    forGood: false,
    leftMs: 5 * minute,
    verdict: { kind: "given-up" },
  },
  { given: "a refusal for good", attempts: 1, forGood: true, leftMs: day, verdict: { kind: "given-up" } },
])("P7: Mail Server Outage: $given leads to $verdict.kind", ({ verdict, ...failed }) => {
  expect(afterFailure(failed)).toEqual(verdict);
});

const now = new Date("2026-11-23T10:10:00Z");
const reset = (expiresAt: string) =>
  ({ template: "password-reset", resetId: "r", resetToken: "t", expiresAt }) as const;

test.each([
  {
    given: "a welcome",
    content: { template: "welcome", firstName: "Ada" } as const,
    at: "2026-11-24T10:10:00.000Z",
  },
  { given: "a reset", content: reset("2026-11-23T10:40:00Z"), at: "2026-11-23T10:40:00.000Z" },
  {
    given: "a reset that holds for days",
    content: reset("2026-11-30T10:40:00Z"),
    at: "2026-11-24T10:10:00.000Z",
  },
])("$given is given up at $at", ({ content, at }) => {
  expect(giveUpAt(content, now).toISOString()).toBe(at);
});

test.each([
  { expiresAt: "2026-11-23T10:10:01Z", expired: false },
  { expiresAt: "2026-11-23T10:10:00Z", expired: true },
  { expiresAt: "2026-11-23T12:10:00+02:00", expired: true },
  { expiresAt: "2026-11-23T10:09:60Z", expired: true },
])("P5: Password Reset Mail: a token until $expiresAt has expired: $expired", ({ expiresAt, expired }) => {
  expect(hasExpired(expiresAt, now)).toBe(expired);
});
