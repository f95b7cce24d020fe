import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type KeyTimes, nextKeySignsFrom, publishedKeys, signingKey } from "../../src/domain/key-rotation.ts";

const on = (time: string) => new Date(`2026-${time}:00Z`);
const october: KeyTimes = { kid: "october", signsFrom: on("10-01T00:00") };
const november: KeyTimes = { kid: "november", signsFrom: on("10-31T00:00") };
const names = (keys: readonly KeyTimes[]) => keys.map(({ kid }) => kid);

describe("P8: Signing Key Rotation", () => {
  test.each([
    { case: "no key", keys: [], now: "10-01T00:00", signsFrom: "10-01T00:00" },
    { case: "a young key", keys: [october], now: "10-15T00:00", signsFrom: undefined },
    {
      case: "a key that will be 30 days old in 24 hours and a minute",
      keys: [october],
      now: "10-29T23:59",
      signsFrom: undefined,
    },
    {
      case: "a key that will be 30 days old in 24 hours",
      keys: [october],
      now: "10-30T00:00",
      signsFrom: "10-31T00:00",
    },
    { case: "a next key that waits", keys: [october, november], now: "10-30T12:00", signsFrom: undefined },
    {
      case: "a service that slept for months",
      keys: [october],
      now: "12-24T08:00",
      signsFrom: "12-25T08:00",
    },
  ])("with $case the next key signs from $signsFrom", ({ keys, now, signsFrom }) => {
    expect(nextKeySignsFrom(keys, on(now))).toEqual(signsFrom && on(signsFrom));
  });

  test.each([
    { moment: "before the change", now: "10-30T23:59", signs: "october", published: ["october", "november"] },
    { moment: "at the change", now: "10-31T00:00", signs: "november", published: ["october", "november"] },
    {
      moment: "nearly 24 hours later",
      now: "10-31T23:59",
      signs: "november",
      published: ["october", "november"],
    },
    { moment: "24 hours later", now: "11-01T00:00", signs: "november", published: ["november"] },
  ])("$moment $signs signs and $published are published", ({ now, signs, published }) => {
    const keys = [november, october];
    expect(signingKey(keys, on(now))?.kid).toBe(signs);
    expect(names(publishedKeys(keys, on(now)))).toEqual(published);
  });

  test("no token is ever signed with a key that was not published for 24 hours, or that goes before the token does", () => {
    const hours = fc.integer({ min: 1, max: 24 * 50 });
    fc.assert(
      fc.property(fc.array(hours, { minLength: 1, maxLength: 40 }), (pauses) => {
        const keys: (KeyTimes & { publishedAt: Date })[] = [];
        let now = on("10-01T00:00");
        for (const pause of pauses) {
          const signsFrom = nextKeySignsFrom(keys, now);
          if (signsFrom) keys.push({ kid: `key ${keys.length}`, signsFrom, publishedAt: now });

          const signing = signingKey(keys, now);
          const isFirst = signing === keys[0];
          const knownForMs = now.getTime() - (signing?.publishedAt.getTime() ?? Number.NaN);
          expect(isFirst || knownForMs >= 24 * 3_600_000).toBe(true);
          const lastExpiry = new Date(now.getTime() + 900_000);
          expect(publishedKeys(keys, lastExpiry)).toContain(signing);
          now = new Date(now.getTime() + pause * 3_600_000);
        }
      }),
    );
  });
});
