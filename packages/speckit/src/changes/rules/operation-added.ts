import type { ChangeRule } from "../change.ts";

export const operationAdded: ChangeRule = {
  id: "operation-added",
  title: "Operations that are added",
  level: () => "compatible",
  message: ({ name }) => `New endpoint ${name}`,
  why: "Nobody called it before.",
  fix: "Nothing to do",
};
