import { expect, test } from "vitest";
import { decodeCursor, decodeTimedPlace, encodeCursor, encodeTimedPlace, Problem } from "../../src/index.ts";

const parts = ["2026-11-23T10:10:00.123Z", "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f"];

test("a cursor comes back as it was written, and fits into a URL", () => {
  const cursor = encodeCursor(parts);
  expect(decodeCursor(cursor, 2)).toEqual(parts);
  expect(encodeURIComponent(cursor)).toBe(cursor);
});

const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test.each([
  { given: "of another list", cursor: encodeCursor(["TEA-100"]) },
  { given: "with a part too many", cursor: encodeCursor([...parts, "3"]) },
  { given: "that is no base64", cursor: "***" },
  { given: "that is no JSON", cursor: Buffer.from("tea").toString("base64url") },
  { given: "that is empty", cursor: "" },
  { given: "with a number", cursor: written([1, 2]) },
  { given: "that is an object", cursor: written({ length: 2 }) },
  { given: "with U+0000, which PostgreSQL refuses", cursor: written(["\0", "b"]) },
])("a cursor $given is the caller's mistake", ({ cursor }) => {
  expect(() => decodeCursor(cursor, 2)).toThrow(Problem);
  expect(() => decodeCursor(cursor, 2)).toThrow("The cursor is none of this list.");
});

const place = { at: new Date("2026-11-23T10:10:00.123Z"), id: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f" };

test("a place in a list by time comes back as it was written", () => {
  expect(decodeTimedPlace(encodeTimedPlace(place))).toEqual(place);
});

test.each([
  { given: "without a date", cursor: encodeCursor(["tea", place.id]) },
  { given: "with a month too many", cursor: encodeCursor(["2026-13-23T10:10:00.123Z", place.id]) },
  {
    given: "with a year that PostgreSQL does not know",
    cursor: encodeTimedPlace({ ...place, at: new Date(-8.64e15) }),
  },
  { given: "with a date in other words", cursor: encodeCursor(["23 Nov 2026", place.id]) },
  { given: "without an id", cursor: encodeCursor(["2026-11-23T10:10:00.123Z", "TEA-100"]) },
])("a place in a list by time $given is the caller's mistake", ({ cursor }) => {
  expect(() => decodeTimedPlace(cursor)).toThrow("The cursor is none of this list.");
});
