import { describe, expect, test } from "vitest";
import { failureLimits, lockedUntil } from "../../src/domain/lock-out.ts";

const at = (time: string) => new Date(`2026-11-23T${time}Z`);

describe("P6: Repeated Wrong Passwords", () => {
  test("an email locks with the 10th wrong password, a network address with the 300th", () => {
    expect(failureLimits).toEqual({ email: 10, address: 300 });
  });

  test.each([
    { case: "fewer wrong passwords than the limit", failures: undefined, now: "10:10:00", until: undefined },
    {
      case: "the limit was reached just now",
      failures: ["10:00:00", "10:09:00"],
      now: "10:09:00",
      until: "10:24:00",
    },
    {
      case: "all came at the same moment",
      failures: ["10:00:00", "10:00:00"],
      now: "10:00:01",
      until: "10:15:00",
    },
    {
      case: "the lock has a second left",
      failures: ["10:00:00", "10:09:00"],
      now: "10:23:59",
      until: "10:24:00",
    },
    { case: "the lock is over", failures: ["10:00:00", "10:09:00"], now: "10:24:00", until: undefined },
    {
      case: "15 minutes from the first to the last",
      failures: ["10:00:00", "10:15:00"],
      now: "10:16:00",
      until: "10:30:00",
    },
    {
      case: "more than 15 minutes between them",
      failures: ["10:00:00", "10:15:01"],
      now: "10:16:00",
      until: undefined,
    },
  ])("$case: locked until $until", ({ failures, now, until }) => {
    const [limitBefore = "", last = ""] = failures ?? [];
    const counted = failures && { limitBefore: at(limitBefore), last: at(last) };
    expect(lockedUntil(counted, at(now))).toEqual(until && at(until));
  });
});
