import { describe, expect, test } from "vitest";
import { isUsable, mayHaveAnother, resetExpiry } from "../../src/domain/password-reset.ts";

const at = (time: string) => new Date(`2026-11-23T${time}Z`);

describe("P7: Password Reset", () => {
  const expiresAt = resetExpiry(at("10:00:00"));
  test.each([
    {
      token: "a token that was just mailed",
      reset: { expiresAt, usedAt: null },
      now: "10:00:00",
      works: true,
    },
    {
      token: "a token after nearly 30 minutes",
      reset: { expiresAt, usedAt: null },
      now: "10:29:59",
      works: true,
    },
    { token: "a token after 30 minutes", reset: { expiresAt, usedAt: null }, now: "10:30:00", works: false },
    { token: "a used token", reset: { expiresAt, usedAt: at("10:01:00") }, now: "10:02:00", works: false },
    { token: "an unknown token", reset: undefined, now: "10:00:00", works: false },
  ])("$token works: $works", ({ reset, now, works }) => {
    expect(isUsable(reset, at(now))).toBe(works);
  });

  test.each([
    { earlier: 0, allowed: true },
    { earlier: 2, allowed: true },
    { earlier: 3, allowed: false },
  ])("after $earlier requests within the hour another mail is sent: $allowed", ({ earlier, allowed }) => {
    expect(mayHaveAnother(earlier)).toBe(allowed);
  });
});
