import { expect, test } from "vitest";
import { isAdministrator } from "../../src/domain/access.ts";

test.each([
  { roles: ["administrator"], may: true },
  { roles: ["customer", "administrator"], may: true },
  { roles: ["customer"], may: false },
  { roles: ["Administrator"], may: false },
  { roles: [], may: false },
])("P2: Product Maintenance: with the roles $roles somebody may save: $may", ({ roles, may }) => {
  expect(isAdministrator(roles)).toBe(may);
});
