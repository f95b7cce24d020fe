import { expect, test } from "vitest";
import { databaseUrlOf, prefixOf } from "../src/servers.ts";

test.each([
  { given: {}, prefix: "" },
  { given: { PLATFORM_PREFIX: "" }, prefix: "" },
  { given: { PLATFORM_PREFIX: "two_Shops-2_" }, prefix: "two_Shops-2_" },
])("the names on a server begin with $prefix for $given", ({ given, prefix }) => {
  expect(prefixOf(given)).toBe(prefix);
});

test.each(["two shops;", 'x"; DROP', "a/b", "a".repeat(41)])("no name begins with %j", (prefix) => {
  expect(() => prefixOf({ PLATFORM_PREFIX: prefix })).toThrow("PLATFORM_PREFIX may have 40 letters");
});

test.each([
  { given: {}, url: undefined },
  {
    given: { DATABASE_URL: "postgres://ada@db.example.com/shop" },
    url: "postgres://ada@db.example.com/shop",
  },
  { given: { DATABASE_URL: "postgresql://db.example.com" }, url: "postgresql://db.example.com" },
])("$given leads to $url", ({ given, url }) => {
  expect(databaseUrlOf(given)).toBe(url);
});

test.each(["db.example.com", "mysql://db.example.com", "postgres"])("%s leads to no PostgreSQL", (url) => {
  expect(() => databaseUrlOf({ DATABASE_URL: url })).toThrow(
    "DATABASE_URL is no address that begins with postgres:// or postgresql://.",
  );
});
