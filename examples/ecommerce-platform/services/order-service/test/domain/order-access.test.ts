import { expect, test } from "vitest";
import { mayAccess } from "../../src/domain/order-access.ts";

const order = { userId: "ada" };

test.each([
  { who: "the customer", caller: { userId: "ada", roles: ["customer"] }, may: true },
  { who: "another customer", caller: { userId: "grace", roles: ["customer"] }, may: false },
  { who: "an administrator", caller: { userId: "grace", roles: ["customer", "administrator"] }, may: true },
  { who: "somebody without a role", caller: { userId: "grace", roles: [] }, may: false },
])("P6: Order Reading: $who may access an order: $may", ({ caller, may }) => {
  expect(mayAccess(caller, order)).toBe(may);
});
