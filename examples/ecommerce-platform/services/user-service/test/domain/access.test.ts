import { describe, expect, test } from "vitest";
import { mayTouch } from "../../src/domain/access.ts";
import { ada, grace } from "../support/users.ts";

describe("P6: Foreign Profile", () => {
  test.each([
    { who: "Ada, Ada's", caller: { ...ada, roles: ["customer"] }, owner: ada.userId, may: true },
    {
      who: "Ada, Ada's in capitals",
      caller: { ...ada, roles: ["customer"] },
      owner: ada.userId.toUpperCase(),
      may: true,
    },
    { who: "Grace, Ada's", caller: { ...grace, roles: ["customer"] }, owner: ada.userId, may: false },
    {
      who: "an administrator, Ada's",
      caller: { ...grace, roles: ["administrator"] },
      owner: ada.userId,
      may: true,
    },
    { who: "somebody without a role, Ada's", caller: { ...grace, roles: [] }, owner: ada.userId, may: false },
  ])("$who: $may", ({ caller, owner, may }) => {
    expect(mayTouch(caller, owner)).toBe(may);
  });
});
