import type { ChangeRule } from "../change.ts";

export const parameterAdded: ChangeRule = {
  id: "parameter-added",
  title: "Parameters that are added",
  level: () => "compatible",
  message: ({ name }) => `New parameter '${name}'`,
  why: "Calls without it work as before.",
  fix: "Nothing to do",
};
