import { describe, expect, test } from "vitest";
import { isLongEnough, sameForAllCases } from "../../src/domain/account.ts";

describe("P3: Account Registration", () => {
  test.each([
    { given: "ada@example.com" },
    { given: "Ada@Example.com" },
    { given: "ADA@EXAMPLE.COM" },
  ])("$given is the account ada@example.com", ({ given }) => {
    expect(sameForAllCases(given)).toBe("ada@example.com");
  });

  test.each([
    { password: "correct hor", characters: 11, isEnough: false },
    { password: "correct hors", characters: 12, isEnough: true },
    { password: "🐎🐎🐎🐎🐎🐎", characters: 6, isEnough: false },
    { password: "🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎", characters: 12, isEnough: true },
  ])("a password of $characters characters is long enough: $isEnough", ({ password, isEnough }) => {
    expect(isLongEnough(password)).toBe(isEnough);
  });
});
