import { describe, expect, test } from "vitest";
import { judgeRefresh } from "../../src/domain/refresh-rotation.ts";

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const fresh = { expiresAt: at("10:00:00"), usedAt: null, sessionRevokedAt: null };
const used = { ...fresh, usedAt: at("09:00:00") };

describe("P4: Token Refresh", () => {
  test.each([
    { token: "an unused token", stored: fresh, now: "09:59:59", verdict: "replace" },
    { token: "an unused token at its expiry", stored: fresh, now: "10:00:00", verdict: "refuse" },
    { token: "a token used at the same moment", stored: used, now: "09:00:00", verdict: "repeat" },
    { token: "a token used 10 seconds ago", stored: used, now: "09:00:10", verdict: "repeat" },
    { token: "a token used longer ago", stored: used, now: "09:00:10.001", verdict: "stolen" },
    { token: "a used token after its expiry", stored: used, now: "10:00:01", verdict: "stolen" },
    { token: "an unknown token", stored: undefined, now: "09:00:00", verdict: "refuse" },
    {
      token: "a token of an ended session",
      stored: { ...fresh, sessionRevokedAt: at("08:00:00") },
      now: "09:00:00",
      verdict: "refuse",
    },
    {
      token: "a token used just now, of an ended session",
      stored: { ...used, sessionRevokedAt: at("09:00:01") },
      now: "09:00:02",
      verdict: "refuse",
    },
  ])("$token: $verdict", ({ stored, now, verdict }) => {
    expect(judgeRefresh(stored, at(now))).toBe(verdict);
  });
});
