import { expect, test } from "vitest";
import { mayRead } from "../../src/domain/access.ts";

test.each([
  { reader: "its recipient", userId: "ada", roles: ["customer"], may: true },
  { reader: "somebody else", userId: "eve", roles: ["customer"], may: false },
  { reader: "an administrator", userId: "root", roles: ["administrator"], may: true },
  { reader: "somebody whose role is gone", userId: "root", roles: [], may: false },
])("P8: Mail Log: $reader may read an entry: $may", ({ userId, roles, may }) => {
  expect(mayRead({ userId, roles }, { userId: "ada" })).toBe(may);
});
